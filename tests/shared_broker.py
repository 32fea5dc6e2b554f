"""One broker for all processes of a run: the one that started them holds it, and its workers ask where it is."""

import os
import re
import tempfile
from contextlib import ExitStack, suppress
from multiprocessing.connection import Client, Listener
from threading import Thread

from notify_contracts.broker import LocalNode, obtain

_DECLARED = "rabbit_amqqueue:list_names() ++ rabbit_exchange:list_names()."
_ONE_DECLARED = re.compile(r'(queue|exchange),\s*<<"(?!amq\.|">>)([^"]*)">>')


class Holder:
    """Obtains a broker when the first worker asks for one, tells every worker its URL, and ends it with the run.

    It stands in the process whose end is the run's, so it loses no broker when a worker dies. `address` is where it
    listens: a socket that only this user can reach.
    """

    def __init__(self, preference: str) -> None:
        self._preference = preference
        self._node: LocalNode | None = None
        self._closing = ExitStack()
        folder = self._closing.enter_context(tempfile.TemporaryDirectory(prefix="notify-contracts-"))
        self.address = os.path.join(folder, "broker")  # noqa: PTH118 - it goes to the workers as a text
        self._listener = self._closing.enter_context(Listener(self.address, "AF_UNIX"))
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def left(self) -> list[str]:
        """Return what tests have left on the broker, if that is a private node: elsewhere it would be in the way."""
        declared = self._node.rabbitmqctl("eval", _DECLARED) if self._node and self._node.pid else ""
        return [f"{kind} {name}" for kind, name in _ONE_DECLARED.findall(declared)]

    def close(self) -> None:
        """End the broker, if there is one; no worker may ask any more."""
        _ask(self.address, "end")
        self._thread.join()
        self._closing.close()

    def _serve(self) -> None:
        answer = None
        question = None
        while question != "end":
            # A worker that dies meanwhile is none of the others' business.
            with self._listener.accept() as connection, suppress(EOFError, OSError):
                question = connection.recv()
                if question == "url":
                    answer = answer or self._obtained()
                connection.send(answer)

    def _obtained(self) -> str | Exception:
        """Return the URL of a broker, or why there is none: it is the worker that skips or fails."""
        try:
            broker = self._closing.enter_context(obtain(self._preference))
        except Exception as error:  # noqa: BLE001 - raised in every worker that asks
            return error
        if isinstance(node := getattr(broker.on_close, "__self__", None), LocalNode):
            self._node = node
        return broker.url


def url_from(address: str) -> str:
    """Return the URL of the broker that the run's holder has; raise what it could not obtain one for."""
    answer = _ask(address, "url")
    if isinstance(answer, Exception):
        raise answer
    return answer


def _ask(address: str, question: str) -> object:
    with Client(address, "AF_UNIX") as connection:
        connection.send(question)
        return connection.recv()
