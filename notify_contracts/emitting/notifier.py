"""The reference emitter: builds a notification from its six attributes and hands it to drivers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, Self
from uuid import uuid4

from notify_contracts import drivers as registry
from notify_contracts._untrusted import NotJsonError, copied, expression, printable, shortened
from notify_contracts.drivers import Driver
from notify_contracts.emitting.emission import Emission, Undelivered
from notify_contracts.emitting.observers import tell
from notify_contracts.errors import ContractViolatedError, NotifierClosedError, UsageError
from notify_contracts.model import Notification, Verdict
from notify_contracts.wire import timestamp

Payload = Mapping[str, Any] | str
OnError = Literal["raise", "log"]


_PRIORITY = expression("[A-Z][A-Z0-9_-]*")
"""A word of a routing key, as every priority is."""


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return str(uuid4())


class Notifier:
    """Emits the notifications of one publisher (``service.host``) through one or more drivers.

    * `drivers`: names (see `notify_contracts.drivers.names`) or `Driver` objects; every one carries every
      notification, and the notifier closes them all when it is closed. Where it cannot be made, for one of the names is
      none, it closes those that it has made by name.
    * `disabled`: event types that are not sent; ``image.member`` also stands for all below it at a dot.
    * `check`: a function from a notification to a `Verdict` (such as a catalog's `check`); what does not
      conform is not sent but raises `ContractViolatedError`.
    * `clock` gives the time of the event (aware), `ids` the ``message_id``.
    * `on_error`: ``"raise"`` what a driver raises, once the other drivers had their turn, or ``"log"`` it,
      as oslo.messaging does.

    Safe to use from several threads; each thread's notifications keep their order. Used after `close`, it
    raises `NotifierClosedError`.
    """

    def __init__(  # noqa: PLR0913 - independent options, all but two of them by keyword
        self,
        publisher_id: str,
        drivers: Iterable[str | Driver] = ("noop",),
        *,
        disabled: Iterable[str] = (),
        check: Callable[[Notification], Verdict] | None = None,
        clock: Callable[[], datetime] = _now,
        ids: Callable[[], str] = _new_id,
        on_error: OnError = "raise",
    ) -> None:
        if isinstance(drivers, str) or isinstance(disabled, str):
            raise UsageError('drivers and disabled are lists of names: write ("log",), not "log"')
        if on_error not in ("raise", "log"):
            raise UsageError(f"on_error is {on_error!r}; choose from raise, log")
        self.publisher_id = publisher_id
        self._disabled = frozenset(disabled)
        self._check = check
        self._clock = clock
        self._ids = ids
        self._on_error = on_error
        self._closed = False
        self._open = self._drivers = _resolved(drivers)

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """The drivers, in the order in which they carry a notification."""
        return self._drivers

    def audit(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send an AUDIT notification; see `notify`."""
        return self.notify(event_type, "AUDIT", payload, unchecked=unchecked)

    def debug(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send a DEBUG notification; see `notify`."""
        return self.notify(event_type, "DEBUG", payload, unchecked=unchecked)

    def info(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send an INFO notification; see `notify`."""
        return self.notify(event_type, "INFO", payload, unchecked=unchecked)

    def warn(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send a WARN notification; see `notify`."""
        return self.notify(event_type, "WARN", payload, unchecked=unchecked)

    def error(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send an ERROR notification; see `notify`."""
        return self.notify(event_type, "ERROR", payload, unchecked=unchecked)

    def critical(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send a CRITICAL notification; see `notify`."""
        return self.notify(event_type, "CRITICAL", payload, unchecked=unchecked)

    def sample(self, event_type: str, payload: Payload, *, unchecked: bool = False) -> Notification | None:
        """Send a SAMPLE notification; see `notify`."""
        return self.notify(event_type, "SAMPLE", payload, unchecked=unchecked)

    def notify(
        self, event_type: str, priority: str, payload: Payload, *, unchecked: bool = False
    ) -> Notification | None:
        """Send one notification and return it once every driver has delivered it; None if it is disabled.

        `payload` is copied, neither kept nor changed. `unchecked` sends it even if it breaks its contract.
        Raise `ContractViolatedError` (nothing was sent), `DeliveryError` (a driver did not deliver it) or
        `UsageError` (a priority that is no word, or a payload that JSON cannot carry). Whether there is such a
        priority, `check` knows; oslo.messaging has the seven that are methods here.
        """
        self._require_open()
        if self._is_disabled(event_type):
            return None
        notification = self._build(event_type, priority, payload)
        if not unchecked:
            self._require_conforming(notification)
        self._in_turn((notification,), lambda driver: driver.send(notification))
        return notification

    def notify_many(self, events: Iterable[tuple[str, str, Payload]], *, unchecked: bool = False) -> list[Notification]:
        """Send many (event type, priority, payload), in order, and return those that are not disabled.

        All are built and checked before the first is sent; the errors are those of `notify`.
        """
        self._require_open()
        built = [self._build(*event) for event in events if not self._is_disabled(event[0])]
        if not unchecked:
            for notification in built:
                self._require_conforming(notification)
        if built:
            self._in_turn(built, lambda driver: driver.send_many(built))
        return built

    def close(self) -> None:
        """Close every driver, then raise what the first has raised that could not be closed, with the others' as notes.

        A second call closes those that could not be closed, and no other. Where a ``with`` statement ends with an
        exception, that is raised, and what could not be closed is a note of it.
        """
        errors = self._close_drivers()
        if errors:
            raise _first(errors)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        for failure in self._close_drivers():
            error.add_note(_unclosed(failure))

    def _close_drivers(self) -> list[Exception]:
        self._closed = True
        failed = _not_closed(self._open)
        self._open = tuple(driver for driver, _ in failed)
        return [error for _, error in failed]

    def _require_open(self) -> None:
        if self._closed:
            raise NotifierClosedError(f"the notifier of {self.publisher_id} is closed; make a new one to send more")

    def _is_disabled(self, event_type: str) -> bool:
        group = event_type if isinstance(event_type, str) else ""
        while group:
            if group in self._disabled:
                return True
            group = group.rpartition(".")[0]
        return False

    def _build(self, event_type: str, priority: str, payload: Payload) -> Notification:
        return Notification(
            {
                "message_id": _plain("message_id", self._ids()),
                "publisher_id": _plain("publisher_id", self.publisher_id),
                "event_type": _plain("event_type", event_type),
                "priority": _written(priority),
                "payload": _copied(f"payload of {event_type}", payload),
                "timestamp": timestamp(self._clock()),
            }
        )

    def _require_conforming(self, notification: Notification) -> None:
        verdict = self._check(notification) if self._check is not None else None
        if verdict is not None and not verdict.conforms:
            raise _violated(verdict)

    def _in_turn(self, built: Sequence[Notification], send: Callable[[Driver], None]) -> None:
        for notification in built:
            tell(Emission("notifier", notification))
        errors: list[Exception] = []
        for driver in self._drivers:
            try:
                send(driver)
            except Exception as error:
                if self._on_error == "log":
                    from logging import getLogger

                    getLogger(__name__).exception("Could not send notification with %s", type(driver).__name__)
                    tell(Emission("notifier", Undelivered(f"{type(driver).__name__}: {error}")))
                else:
                    errors.append(error)
        if errors:
            raise _first(errors)


def _resolved(drivers: Iterable[str | Driver]) -> tuple[Driver, ...]:
    resolved, made = [], []
    try:
        for driver in drivers:
            if isinstance(driver, str):
                made.append(registry.create(driver))
            resolved.append(made[-1] if isinstance(driver, str) else _able_to_send(driver))
    except BaseException as error:
        for _, failure in _not_closed(made):
            error.add_note(_unclosed(failure))
        raise
    return tuple(resolved)


def _able_to_send(driver: Driver) -> Driver:
    if isinstance(driver, type) or not callable(getattr(driver, "send", None)):
        raise UsageError(f"{shortened(printable(repr(driver)))} is no driver: name one, or make one")
    return driver


def _not_closed(drivers: Iterable[Driver]) -> list[tuple[Driver, Exception]]:
    """Close every driver, and return those that could not be closed, each with the reason."""
    failed = []
    for driver in drivers:
        try:
            driver.close()
        except Exception as error:  # noqa: BLE001 - the others are closed whatever it is; who asked for it raises it
            failed.append((driver, error))
    return failed


def _unclosed(failure: Exception) -> str:
    return f"and a driver could not be closed: {failure}"


def _first(errors: Sequence[Exception]) -> Exception:
    """Return the first error, with the others as its notes."""
    first, *others = errors
    for other in others:
        first.add_note(f"and another driver: {other}")
    return first


def _written(priority: str) -> str:
    name = priority.upper() if isinstance(priority, str) else ""
    if not _PRIORITY.fullmatch(name):
        raise UsageError(f"the priority is {shortened(printable(repr(priority)))}; it is a word, such as INFO")
    return name


def _plain(attribute: str, value: Any) -> Any:
    """Return what arrives of an attribute: of an enumeration's member, which formats otherwise, the text that it is."""
    return value if type(value) is str else _copied(attribute, value)


def _copied(what: str, value: Any) -> Any:
    try:
        return copied(value)
    except NotJsonError as error:
        raise UsageError(f"the {what} cannot be sent as JSON: {error}") from None


def _violated(verdict: Verdict) -> ContractViolatedError:
    first = verdict.violations[0]
    where = f" at {first.pointer}" if first.pointer else ""
    more = f" (and {len(verdict.violations) - 1} more)" if len(verdict.violations) > 1 else ""
    subject = verdict.contract or getattr(verdict.content, "event_type", None)
    return ContractViolatedError(
        f"{subject} was not sent, it breaks its contract{where}: {first.message}{more}; "
        "correct it, or pass unchecked=True to send it all the same",
        verdict.violations,
    )
