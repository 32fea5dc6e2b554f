"""Records what a consumer reads of notifications, and tries what it does without."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from notify_contracts.errors import UsageError
from notify_contracts.model import Notification
from notify_contracts.testing.needs.evidence import Evidence, Kind, Steps, Way
from notify_contracts.testing.needs.handed import Handed, handed
from notify_contracts.testing.needs.noted import Tell
from notify_contracts.testing.needs.trying import Rejections, Trying, types_of

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm

Given = TypeVar("Given", dict[str, Any], Notification)

_MOST_TRIED = 3


class Reads:
    """Records what a consumer, by its name, reads of the notifications that tests hand to it.

    Several consumers have one each. `needs` is the file of needs that says it. Of events with another envelope than
    notifications have, of which `taking` tells it, it says where in a notification that is what was read.
    """

    def __init__(self, consumer: str) -> None:
        self.consumer = consumer
        self._evidence = Evidence()
        self._tried: dict[Kind, int] = {}
        self._forms: dict[EnvelopeForm, None] = {}
        self._has_strange = False

    @property
    def evidence(self) -> list[list[Any]]:
        """What is known, as JSON values, which other processes can `add`."""
        return self._evidence.to_json()

    def add(self, evidence: list[list[Any]]) -> None:
        """Add what is known in another process."""
        self._evidence.merge(Evidence.from_json(evidence))

    def taking(self, envelopes: "Iterable[EnvelopeForm]") -> Self:
        """Take events with these envelopes (`Catalog.envelopes`) for what they tell, from now on; return itself."""
        self._forms.update(dict.fromkeys(envelopes))
        return self

    def noting(self, notification: Given) -> Given:
        """Return a copy of a notification, an envelope, an event or a `Notification`, that notes what of it is read.

        It behaves as a dict. Whoever iterates, compares or copies it as a whole is noted for that; what reads it in C,
        as ``orjson`` does, is not seen, but by `try_without`.
        """
        given = self._handed(notification)
        noting = given.noted(given.content, self._tell(given.kind))
        if not isinstance(notification, Notification):
            copy: dict[str, Any] = noting
            return copy
        return Notification(noting, notification.context, notification.format_version, notification.delivery)

    def try_without(
        self,
        handle: Callable[[Any], object],
        notification: Mapping[str, Any] | Notification,
        *,
        rejected_by: Rejections = (),
    ) -> None:
        """Hand a notification to `handle` again and again: without a place, with null there, or another type.

        In place of a list there are also fewer items, one more, and items of another type.
        It is handed over as it is given, as an envelope, an event or a `Notification`. Where `handle` raises, it needs
        the place. Where it raises one of `rejected_by`, it needs the place only if it has read it: whoever holds all
        against a contract rejects whatever that does not allow. Each time the ``message_id`` is another; if even the
        whole notification raises, nothing is tried. Of each kind the first 3 are tried.
        """
        given = self._handed(notification)
        if isinstance(notification, Notification):
            others = notification.context, notification.format_version, notification.delivery
            take = handle

            def handle(envelope: Any) -> object:
                return take(Notification(envelope, *others))

        trying = Trying(self._evidence, handle, given, rejected_by)
        if self._tried.get(given.kind, 0) == _MOST_TRIED or not trying.takes_whole():
            return
        self._tried[given.kind] = self._tried.get(given.kind, 0) + 1
        trying.each_place()

    def needs(self) -> bytes:
        """Return the content of the file of needs; raise UsageError if nothing was read."""
        from notify_contracts._comparison.needs import written_consumer
        from notify_contracts.testing.needs.writing import consumer_of

        consumer = consumer_of(self.consumer, self._evidence)
        if not consumer.needs and self._has_strange:
            raise UsageError(
                "nothing was read of any notification: what was handed over has no event_type, "
                "nor is it an event with an envelope that taking() was told of"
            )
        if not consumer.needs:
            raise UsageError("nothing was read of any notification: hand to the consumer what noting() returns")
        return written_consumer(consumer)

    def _handed(self, notification: Mapping[str, Any] | Notification) -> Handed:
        """Return what is handed to the consumer; a `Notification` is no event."""
        if isinstance(notification, Notification):
            return handed(notification.envelope, ())
        given = handed(notification, self._forms)
        self._has_strange = self._has_strange or not given.kind[0]
        return given

    def _tell(self, kind: Kind) -> Tell:
        def tell(steps: Steps, way: Way, value: Any) -> None:
            self._evidence.note(kind, steps, way, types_of(value))

        return tell
