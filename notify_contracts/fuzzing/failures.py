"""The message of a failing trial: the failure, the notification, and the command that runs it again."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from shlex import quote
from traceback import extract_tb
from typing import Any, NamedTuple

from notify_contracts._untrusted import NotJsonError, dump, parse, printable, shortened
from notify_contracts.catalog import Catalog, builtin_names
from notify_contracts.errors import NotifyContractsError, UsageError
from notify_contracts.fuzzing.trials import Given

FOLDER = Path(".hypothesis") / "notify-contracts"
"""The folder for notifications that made a consumer fail: beside hypothesis' own database."""

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME = 80
_LONGEST_SHOWN = 4_000


class ConsumerFailedError(NotifyContractsError, AssertionError):
    """A consumer did not do with a notification what it must; `given` is what it was given, in its order.

    The first line says what was wrong, the further ones show the notification and how to have it again.
    """

    def __init__(self, message: str, given: tuple[Given, ...] = ()) -> None:
        super().__init__(message)
        self.given = given


class Failure(NamedTuple):
    """A failure of a consumer: its `kind`, with the subject and the details that make a sentence of it."""

    kind: str
    subject: str
    details: str = ""
    error: BaseException | None = None

    def __str__(self) -> str:
        return printable(f"{self.subject}: {self.kind}{f': {self.details}' if self.details else ''}")

    @property
    def key(self) -> str:
        """A key that all failures of one kind from one place share: of those, the smallest is kept."""
        frames = extract_tb(self.error.__traceback__)[-1:] if self.error else ()
        where = [f"{type(self.error).__name__} {frame.filename}:{frame.lineno}" for frame in frames]
        return sha256("\n".join([self.kind, *where]).encode()).hexdigest()[:8]


class Reporter(NamedTuple):
    """Describes failures of the test of this `name`, held against `catalog`, with files written to `folder`.

    `again` is asked for the command that runs the test once more, if there is one.
    """

    name: str
    catalog: Catalog
    folder: Path
    again: Callable[[], str | None]

    def message(self, failure: Failure, given: Sequence[Given]) -> str:
        """Return the message, having written what the consumer was `given` to a file that is named after the test.

        The last failure of one cause, which is the smallest, replaces the others.
        """
        name = _NOT_IN_A_NAME.sub("-", self.name)[-_LONGEST_NAME:].strip("-") or "consumer"
        file = _written(given, self.folder / f"{name}-{failure.key}.jsonl")
        lines = [str(failure), *(line for each in given for line in _shown(each))]
        root = self.catalog.root
        where = root.name if root.name in builtin_names() else str(root)
        lines.append(f"to look at it: notify-contracts check --catalog {quote(where)} {quote(str(file))}")
        if again := self.again():
            lines.append(f"to run it again: {again}")
        return "\n".join(lines)


def _written(given: Sequence[Given], file: Path) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(dump(_recorded(each)) + b"\n" for each in given))
    except OSError as error:
        raise UsageError(f"{printable(str(file))}: cannot be written: {error.strerror}; give another folder") from None
    return file


def _recorded(given: Given) -> Any:
    """Return a JSON value that ``notify-contracts check`` reads as the same thing."""
    if not isinstance(given, bytes):
        return given
    try:
        value = parse(given)
    except NotJsonError:
        value = None
    if isinstance(value, dict):
        return value
    # As a watch writes what it was given, so that nothing else is made of it.
    return {"exchange": "", "routing_key": "", "properties": {}, "body": given.decode(errors="replace")}


def _shown(given: Given) -> Iterator[str]:
    text = repr(given) if isinstance(given, bytes) else json.dumps(given, indent=2, ensure_ascii=False)
    yield from (f"  {printable(line)}" for line in shortened(text, _LONGEST_SHOWN).split("\n"))
