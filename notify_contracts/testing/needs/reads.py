"""Records what a consumer reads of notifications, and tries what it does without."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count, islice
from typing import Any, TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

from notify_contracts._checking import require_done
from notify_contracts._schema import json_type
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification
from notify_contracts.testing.needs.evidence import Evidence, Kind, Steps, Way
from notify_contracts.testing.needs.items import outcomes
from notify_contracts.testing.needs.noted import ABSENT, noted, plain

Given = TypeVar("Given", dict[str, Any], Notification)
Rejections = type[Exception] | tuple[type[Exception], ...]

_ADDRESS = (("event_type",), ("priority",))
"""What says of which kind it is: of that kind none is without."""

_OTHERS: tuple[Any, ...] = ("another type", 7, [], {})
_MOST_PLACES = 300
_MOST_TRIED = 3


class Reads:
    """Records what a consumer, by its name, reads of the notifications that tests hand to it.

    Several consumers have one each. `needs` is the file of needs that says it.
    """

    def __init__(self, consumer: str) -> None:
        self.consumer = consumer
        self._evidence = Evidence()
        self._tried: dict[Kind, int] = {}

    @property
    def evidence(self) -> list[list[Any]]:
        """What is known, as JSON values, which other processes can `add`."""
        return self._evidence.to_json()

    def add(self, evidence: list[list[Any]]) -> None:
        """Add what is known in another process."""
        self._evidence.merge(Evidence.from_json(evidence))

    def noting(self, notification: Given) -> Given:
        """Return a copy of a notification, an envelope or a `Notification`, that notes which places of it are read.

        It behaves as a dict. Whoever iterates, compares or copies it as a whole is noted for that; what reads it in C,
        as ``orjson`` does, is not seen, but by `try_without`.
        """
        if not isinstance(notification, Notification):
            copy: dict[str, Any] = _noting(notification, self._tell(_kind(notification)))
            return copy
        envelope = _noting(notification.envelope, self._tell(_kind(notification.envelope)))
        return Notification(envelope, notification.context, notification.format_version, notification.delivery)

    def try_without(
        self,
        handle: Callable[[Any], object],
        notification: Mapping[str, Any] | Notification,
        *,
        rejected_by: Rejections = (),
    ) -> None:
        """Hand a notification to `handle` again and again: without a place, with null there, or another type.

        In place of a list there are also fewer items, one more, and items of another type.

        It is handed over as it is given, as an envelope or a `Notification`. Where `handle` raises, it needs the place.
        Where it raises one of `rejected_by`, it needs the place only if it has read it: whoever holds all against a
        contract rejects whatever that does not allow. Each time the ``message_id`` is another; if even the whole
        notification raises, nothing is tried. Of each kind the first 3 are tried.
        """
        if isinstance(notification, Notification):
            others = notification.context, notification.format_version, notification.delivery
            take, notification = handle, notification.envelope

            def handle(envelope: Any) -> object:
                return take(Notification(envelope, *others))

        kind, whole = _kind(notification), plain(notification)
        if self._tried.get(kind, 0) == _MOST_TRIED or not self._takes_whole(handle, kind, whole):
            return
        self._tried[kind] = self._tried.get(kind, 0) + 1
        self._evidence.note(kind, (), Way.TRIED)
        places = ((steps, value) for steps, value in _places(whole) if steps not in _ADDRESS)
        for number, (steps, value) in enumerate(islice(places, _MOST_PLACES)):
            for times, (changed, passed) in enumerate(_instead_of(value)):
                less = _changed(whole, steps, changed, f"{number} {times}")
                self._note_outcome(handle, less, (kind, steps, _types(value)), passed, rejected_by)
            for place, items in _lists(steps, value):
                self._note_items(handle, whole, (kind, place, items), rejected_by)

    def needs(self) -> bytes:
        """Return the content of the file of needs; raise UsageError if nothing was read."""
        from notify_contracts._comparison.needs import written_consumer
        from notify_contracts.testing.needs.writing import consumer_of

        consumer = consumer_of(self.consumer, self._evidence)
        if not consumer.needs:
            raise UsageError("nothing was read of any notification: hand to the consumer what noting() returns")
        return written_consumer(consumer)

    def _tell(self, kind: Kind) -> Callable[[Steps, Way, Any], None]:
        def tell(steps: Steps, way: Way, value: Any) -> None:
            self._evidence.note(kind, steps, way, _types(value))

        return tell

    def _takes_whole(self, handle: Callable[[Any], object], kind: Kind, whole: dict[str, Any]) -> bool:
        """Whether it takes the notification as it is, and with that does without what is absent or null there."""
        tell = self._tell(kind)
        lacking: dict[Steps, Way] = {}

        def noting(steps: Steps, way: Way, value: Any) -> None:
            tell(steps, way, value)
            if value is ABSENT or value is None:
                lacking[steps] = Way.DID_WITHOUT if value is ABSENT else Way.TOOK_NULL

        try:
            returned = handle(_noting(_changed(whole, (), ABSENT, "whole"), noting))
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises
            return False
        require_done(returned)
        for steps, way in lacking.items():
            self._evidence.note(kind, steps, way)
        return True

    def _note_outcome(
        self,
        handle: Callable[[Any], object],
        less: dict[str, Any],
        about: tuple[Kind, Steps, tuple[str, ...]],
        passed: Way,
        rejected_by: Rejections,
    ) -> None:
        kind, steps, types = about
        refused, raised = (Way.FAILED_OTHER,) * 2 if passed is Way.TOOK_OTHER else (Way.REFUSED, Way.RAISED)
        looked: set[Steps] = set()
        note = partial(self._evidence.note, kind, steps, types=types)
        try:
            handle(_noting(less, lambda place, *_: looked.add(place)))
        except rejected_by:
            if steps in self._evidence.places(kind):  # not looked at by a validator that says what is wrong
                note(refused)
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises
            note(raised)
        else:
            # who needs that something is there looks at it, seen or not
            if steps in looked or (passed is not Way.DID_WITHOUT and self._raised_without(kind, steps)):
                note(passed)

    def _note_items(
        self,
        handle: Callable[[Any], object],
        whole: dict[str, Any],
        about: tuple[Kind, Steps, list[Any]],
        rejected_by: Rejections,
    ) -> None:
        kind, steps, value = about
        numbers = count()

        def takes(items: list[Any]) -> bool:
            less = _changed(whole, steps, items, f"{steps} {next(numbers)}")
            try:
                handle(_noting(less, lambda *_: None))
            except rejected_by:
                return steps not in self._evidence.places(kind)  # not looked at by a validator that says what is wrong
            except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises
                return False
            return True

        found = list(outcomes(value, takes))
        failed = [of for of, is_taken in found if not is_taken]
        if failed:  # a place of which nothing is known was not looked at
            self._evidence.note_items(kind, steps, [of for of, is_taken in found if is_taken], failed)

    def _raised_without(self, kind: Kind, steps: Steps) -> bool:
        place = self._evidence.places(kind).get(steps)
        return place is not None and Way.RAISED in place.ways


def _noting(notification: Mapping[str, Any], tell: Callable[[Steps, Way, Any], None]) -> Any:
    return noted(plain(dict(notification)), (), tell)


def _kind(notification: Mapping[str, Any]) -> Kind:
    event_type, priority = (notification.get(name) for name in ("event_type", "priority"))
    return str(event_type or ""), str(priority or "")


def _types(value: Any) -> tuple[str, ...]:
    kind = None if value is ABSENT else json_type(value)
    return () if kind is None else (kind,)


def _instead_of(value: Any) -> Iterator[tuple[Any, Way]]:
    """Yield what to try at a place in which `value` is, and what it shows if the consumer takes it."""
    yield ABSENT, Way.DID_WITHOUT
    if value is not None:
        yield None, Way.TOOK_NULL
        yield from ((other, Way.TOOK_OTHER) for other in _OTHERS if json_type(other) != json_type(value))


def _places(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Yield the members within a value, however deep, of lists those of their items; and what is there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*steps, key), inner
            yield from _places(inner, (*steps, key))
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from _places(inner, (*steps, None))


def _lists(steps: Steps, value: Any) -> Iterator[tuple[Steps, list[Any]]]:
    """Yield the list at a place, and those that are its items, and so on, unless they are empty."""
    while isinstance(value, list) and value:
        yield steps, value
        steps, value = (*steps, None), value[0]


def _changed(whole: dict[str, Any], steps: Steps, value: Any, why: str) -> dict[str, Any]:
    """Return a copy with `value` at a place, or nothing there; its id is another, for some handle none twice."""
    copy: dict[str, Any] = plain(whole)
    if steps != ("message_id",) and _is_uuid(copy.get("message_id")):
        copy["message_id"] = str(uuid5(NAMESPACE_OID, f"{copy['message_id']} {why}"))
    if steps:
        _change(copy, steps, value)
    return copy


def _change(within: Any, steps: Steps, value: Any) -> None:
    step, *below = steps
    if step is None and not below:  # all items are one place
        within[:] = [value] * len(within)
    elif step is None:
        for inner in within:
            _change(inner, tuple(below), value)
    elif isinstance(within, dict) and step in within:
        if below:
            _change(within[step], tuple(below), value)
        elif value is ABSENT:
            del within[step]
        else:
            within[step] = value


def _is_uuid(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(UUID(text))
    except ValueError:
        return False
