"""Publishes messages with confirms: a bounded window of them unconfirmed, none lost, the order kept."""

from collections import deque
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from pika.exceptions import ChannelClosedByBroker
from pika.spec import Basic

from notify_contracts._amqp.batch import Batch, Message
from notify_contracts._amqp.client import Client
from notify_contracts._amqp.errors import Problem, nacked, reply, unroutable
from notify_contracts._amqp.loop import Steps, run
from notify_contracts._amqp.patience import Patience
from notify_contracts._amqp.sending import Properties, Sending
from notify_contracts._amqp.topology import Declarer, Topology
from notify_contracts._amqp.window import Window
from notify_contracts.errors import BrokerError, UsageError
from notify_contracts.model import Notification

_BURST = 100
"""Messages published before the loop may read confirms again and write what pika has buffered."""

_RETURNS = 3
"""How often a message may come back as unroutable although its queue has just been declared and bound."""


class Publisher:
    """Publishes batches in order through a `Client`, whose listener it is; lives in the I/O thread.

    * A body is made by `encode` when it is due, while the broker works on those before.
    * A message is settled by the broker's confirm. After a lost connection, all that was unconfirmed goes out
      again before anything else: duplicates are possible (`resent` counts them), losses are not.
    * A message that comes back (no queue took it) goes out again, in its place, once its queue is redeclared.
    * While the broker blocks publishers, nothing is published.
    """

    def __init__(
        self, client: Client, topology: Topology, sending: Sending, encode: Callable[[Notification], bytes]
    ) -> None:
        self.resent = 0
        self._encode = encode
        self._client = client
        self._topology = topology
        self._properties = Properties(sending.priority)
        self._waiting: deque[Message] = deque()
        self._window = Window(sending.window)
        self._declared: set[str] = set()
        self._declaring = False
        self._pump_is_due = False
        seconds = sending.blocked_timeout
        self._patience = Patience(client.io, seconds, self._is_waited_for, self.given_up, self._pump)
        self._connection: Any = None
        self._channel: Any = None
        self._declarer = Declarer(topology, client.where, self._on_declared, self._on_refused)

    def submit(self, batch: Batch) -> None:
        """Queue the messages of a batch behind all others."""
        if not self._is_waited_for():
            self._patience.begin()
        self._waiting.extend(batch.messages)
        self._client.link.want()
        self._pump()

    def connected(self, connection: Any) -> None:
        """Open a channel in confirm mode and publish what waits."""
        self._connection = connection
        self._patience.watch(connection, self._client.where)
        run(self._open_channel())

    def lost(self) -> bool:
        """Put everything unconfirmed back, in its order, before all that waits."""
        self._connection = self._channel = None
        self._declared.clear()
        self._declarer.forget()
        self._declaring = False
        self._patience.end()
        self._requeue(self._window.take_all())
        return self._is_waited_for()

    def given_up(self, error: BrokerError) -> None:
        """Fail everything."""
        for message in (*self._window.messages(), *self._waiting):
            message.give_up(error)
        self._waiting.clear()

    def _is_waited_for(self) -> bool:
        return any(not message.settled for message in chain(self._waiting, self._window.messages()))

    def _open_channel(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_return_callback(self._on_return)
        yield lambda done: channel.confirm_delivery(self._on_confirm, callback=done)
        self._channel = channel
        self._client.link.answered()
        self._pump()

    def _pump(self) -> None:
        """Publish up to a burst of what waits, as far as the window allows."""
        if self._channel is None or not self._channel.is_open:
            return
        if self._patience.is_blocked or self._declaring or self._pump_is_due:
            return
        for _ in range(_BURST):
            if not self._waiting or not self._window.takes_more:
                return
            message = self._waiting[0]
            if message.settled:
                self._waiting.popleft()
            elif message.routing_key in self._declared:
                self._publish(self._waiting.popleft())
            else:
                self._declaring = True
                self._declarer.declare(self._connection, message.routing_key)
                return
        self._pump_is_due = True
        self._client.io.call(self._pump_again)

    def _pump_again(self) -> None:
        self._pump_is_due = False
        self._pump()

    def _publish(self, message: Message) -> None:
        if not message.body:
            try:
                message.body = self._encode(message.notification)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the fault of this notification alone
                message.give_up(UsageError(f"it cannot be written as JSON: {error}"))
                return
        self.resent += message.sent
        message.sent = True
        self._window.add(message)
        self._channel.basic_publish(
            self._topology.exchange, message.routing_key, message.body, self._properties, mandatory=True
        )

    def _requeue(self, messages: Iterable[Message]) -> None:
        self._waiting.extendleft(reversed([message for message in messages if not message.settled]))

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        for message in self._window.confirm(method.delivery_tag, multiple=method.multiple):
            if isinstance(method, Basic.Ack):
                message.confirm()
            else:
                message.give_up(nacked(self._client.where))
        self._client.link.progress()
        self._patience.begin()
        if self._window.awaits_only_returned:
            self._send_returned_again()
        self._pump()

    def _on_return(self, _channel: Any, method: Any, _properties: Any, body: bytes) -> None:
        self._window.come_back(method.routing_key, body)

    def _send_returned_again(self) -> None:
        returned = self._window.take_returned()
        for message in returned:
            message.sent = False
            message.returned += 1
            self._declared.discard(message.routing_key)
            if message.returned > _RETURNS:
                message.give_up(unroutable(message.routing_key, self._client.where))
        self._requeue(returned)

    def _on_declared(self, routing_key: str) -> None:
        self._declaring = False
        self._declared.add(routing_key)
        self._patience.begin()
        self._pump()

    def _on_refused(self, routing_key: str, problem: Problem) -> None:
        """Fail what needs a refused declaration, and only that; start afresh after any other trouble."""
        self._declaring = False
        if not problem.refused:
            self._client.link.restart(problem)
            return
        for message in self._waiting:
            if message.routing_key == routing_key:
                message.give_up(problem.error)
        self._pump()

    def _on_channel_closed(self, channel: Any, reason: BaseException) -> None:
        if channel is self._channel:
            self._channel = None
        if isinstance(reason, ChannelClosedByBroker):
            doing = f"to publish to exchange {self._topology.exchange!r}"
            self._client.link.restart(reply(reason.reply_code, reason.reply_text, doing, self._client.where))
