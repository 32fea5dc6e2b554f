"""The values everything else passes around: notifications, what was unreadable, violations, verdicts."""

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from enum import StrEnum
from typing import Any

from notify_contracts._base import WarnsWhenUsed, WasTuple, dataclass, refuse_truth

ENVELOPE_ATTRIBUTES = ("message_id", "publisher_id", "event_type", "priority", "timestamp", "payload")

_NOTHING: Mapping[str, Any] = {}  # not a mapping proxy: that could not travel to another process


def _setters(kind: type) -> list[Callable[[Any, Any], None]]:
    """Return what sets each field of a value while it is made, in their order."""
    return [vars(kind)[each.name].__set__ for each in fields(kind)]


class Priority(StrEnum, metaclass=WarnsWhenUsed):
    """Deprecated: priorities are plain text, and which there are is in a catalog: `Catalog.priorities`."""

    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True, init=False)
class Delivery(WasTuple):
    """How a broker carried a notification; `properties` are AMQP's basic properties by name.

    `redelivered` says that the broker had delivered it before, as far as it is known.
    """

    exchange: str
    routing_key: str
    properties: Mapping[str, Any] = field(hash=False)
    redelivered: bool = field(compare=False, repr=False)

    def __init__(
        self,
        exchange: str,
        routing_key: str,
        properties: Mapping[str, Any] = _NOTHING,
        redelivered: bool = False,  # noqa: FBT001, FBT002  # as a dataclass has it
    ) -> None:
        _set_exchange(self, exchange)
        _set_routing_key(self, routing_key)
        _set_properties(self, properties)
        _set_redelivered(self, redelivered)

    def _values(self) -> tuple[Any, ...]:
        return WasTuple._values(self)[:3]  # noqa: SLF001  # as many as when it was a tuple; super() finds no slots class


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Notification(WasTuple):
    """One notification as it was sent or found, right or wrong.

    `envelope` holds the top-level keys: six attributes if the contract is kept, anything if not.
    `context` holds what the transport put beside them (``_unique_id``, ``_context_*``).
    `format_version` is the oslo.messaging format of the body: ``"1.0"`` (bare) or ``"2.0"`` (wrapped).
    `delivery` is None where no broker was involved.
    A notification compares as its envelope does: with another one, with a dict, with a matcher.
    """

    envelope: Mapping[str, Any]
    context: Mapping[str, Any]
    format_version: str
    delivery: Delivery | None

    def __init__(
        self,
        envelope: Mapping[str, Any],
        context: Mapping[str, Any] = _NOTHING,
        format_version: str = "1.0",
        delivery: Delivery | None = None,
    ) -> None:
        _set_envelope(self, envelope)
        _set_context(self, context)
        _set_format_version(self, format_version)
        _set_delivery(self, delivery)

    def __eq__(self, other: object) -> bool:
        return bool(self.envelope == (other.envelope if isinstance(other, Notification) else other))

    def __hash__(self) -> int:
        message_id = self.message_id
        return hash(message_id) if isinstance(message_id, str) else 0

    @property
    def message_id(self) -> Any:
        """The envelope's ``message_id``, None where it is missing; a string if the contract is kept."""
        return self.envelope.get("message_id")

    @property
    def publisher_id(self) -> Any:
        """The envelope's ``publisher_id``, None where it is missing; a string if the contract is kept."""
        return self.envelope.get("publisher_id")

    @property
    def event_type(self) -> Any:
        """The envelope's ``event_type``, None where it is missing; a string if the contract is kept."""
        return self.envelope.get("event_type")

    @property
    def priority(self) -> Any:
        """The envelope's ``priority``, None where it is missing; a string if the contract is kept."""
        return self.envelope.get("priority")

    @property
    def timestamp(self) -> Any:
        """The envelope's ``timestamp``, None where it is missing; a string if the contract is kept."""
        return self.envelope.get("timestamp")

    @property
    def payload(self) -> Any:
        """The envelope's ``payload``, None where it is missing; an object or a string if the contract is kept."""
        return self.envelope.get("payload")


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Excerpt(Notification):
    """A notification of which a recording keeps only a part; `missing` names the attributes that are not in it.

    It is judged by what is there: by the contract of its event type that fits where the priority is missing.
    """

    missing: tuple[str, ...]

    def __init__(
        self,
        envelope: Mapping[str, Any],
        context: Mapping[str, Any] = _NOTHING,
        format_version: str = "1.0",
        delivery: Delivery | None = None,
        missing: tuple[str, ...] = (),
    ) -> None:
        Notification.__init__(self, envelope, context, format_version, delivery)
        _set_missing(self, missing)


@dataclass(frozen=True, slots=True)
class Unreadable(WasTuple):
    """Input that should have been a notification and could not be read; `reason` is one line.

    `keyword` is that of the violation that it is: ``unreadable``, or ``undelivered`` for what a log says was lost.
    """

    reason: str
    keyword: str = "unreadable"


@dataclass(frozen=True, slots=True, init=False)
class Location(WasTuple):
    """Where a notification was found: the `number`-th `unit` (from 1) of `source`."""

    source: str
    number: int
    unit: str

    def __init__(self, source: str, number: int, unit: str = "line") -> None:
        _set_source(self, source)
        _set_number(self, number)
        _set_unit(self, unit)

    @property
    def inside(self) -> str:
        """Where in the unit it stands: empty where it is all of it."""
        return ""

    def __lt__(self, other: "Location") -> bool:
        first, second = (self.source, self.number, self.unit), (other.source, other.number, other.unit)
        return (first, self.inside) < (second, other.inside)

    def __str__(self) -> str:
        return f"{self.source}, {self.unit} {self.number}{f' at {self.inside}' if self.inside else ''}"


Found = tuple[Notification | Unreadable, Location]
"""What was found, and where."""


@dataclass(frozen=True, slots=True, init=False)
class InnerLocation(Location):
    """Where a notification was found that stands inside of a unit, in a member of what was recorded.

    `pointer` is a JSON Pointer that goes through texts as through values: ``/log/message`` is in the JSON that is the
    text at ``/log``.
    """

    pointer: str

    def __init__(self, source: str, number: int, unit: str, pointer: str) -> None:
        Location.__init__(self, source, number, unit)
        _set_pointer(self, pointer)

    @property
    def inside(self) -> str:
        """Where in the unit it stands."""
        return self.pointer


@dataclass(frozen=True, slots=True, init=False)
class Violation(WasTuple):
    """One broken rule at one place.

    `pointer` is an RFC 6901 JSON Pointer into the notification; a missing or forbidden property is named itself.
    `keyword` is the JSON Schema keyword that failed, or one of `KINDS` for what no schema says, or of `OF_LIVES`.
    `message` is one line: what was expected and what was found, fit for a terminal.
    `contract` is the id of the contract (``image.create-INFO``), None where none applied.
    """

    pointer: str
    keyword: str
    message: str
    contract: str | None

    def __init__(self, pointer: str, keyword: str, message: str, contract: str | None = None) -> None:
        _set_pointer_of_violation(self, pointer)
        _set_keyword(self, keyword)
        _set_message(self, message)
        _set_violated(self, contract)

    @property
    def kind(self) -> str:
        """One of `KINDS` if the keyword is one, ``lifecycle``, or ``payload`` or ``envelope`` by the pointer."""
        if self.keyword in KINDS:
            return self.keyword
        place = "payload" if f"{self.pointer}/".startswith("/payload/") else "envelope"
        return LIFECYCLE if self.keyword in OF_LIVES else place


UNKNOWN_EVENT = "unknown-event"
NO_CONTRACT = "no-contract"
UNREADABLE = "unreadable"
ROUTING_KEY = "routing-key"
LOST = "lost"
EXCHANGE = "exchange"
TOPIC = "topic"
UNDELIVERED = "undelivered"
KINDS = (UNKNOWN_EVENT, NO_CONTRACT, UNREADABLE, ROUTING_KEY, LOST, EXCHANGE, TOPIC, UNDELIVERED)
"""The keywords of violations that no schema states: an event type the catalog does not know, a pair of event type
and priority without a contract, unreadable input, a routing key that contradicts the notification, a value that the
format on the wire cannot carry, so that nobody gets the notification, an exchange or a topic that is not the service's,
a notification of which a log says that it was lost."""

LEFT_UNREAD = "was not read"
"""How the reason ends for which something is unreadable, where nobody knows what would have followed it."""

LIFECYCLE = "lifecycle"
OUT_OF_ORDER = "out-of-order"
TWICE = "twice"
AFTER_END = "after-end"
MISSING_BEFORE = "missing-before"
CHANGED = "changed"
TIME_RUNS_BACK = "time-runs-back"
STILL_OPEN = "still-open"
OF_LIVES = (OUT_OF_ORDER, TWICE, AFTER_END, MISSING_BEFORE, CHANGED, TIME_RUNS_BACK, STILL_OPEN)
"""The keywords of violations of a lifecycle: what came where it cannot come, a second time, after the end of the life,
or before something that must come first; a field that stays the same in a life and did not; a time before that of what
came before; a life that is open for longer than was allowed."""


@dataclass(frozen=True, slots=True, init=False)
class Verdict(WasTuple):
    """A notification (or what could not be read) with everything it breaks; no violations means it conforms."""

    content: Notification | Unreadable
    contract: str | None
    violations: tuple[Violation, ...]
    location: Location | None
    __bool__ = refuse_truth

    def __init__(
        self,
        content: Notification | Unreadable,
        contract: str | None,
        violations: tuple[Violation, ...] = (),
        location: Location | None = None,
    ) -> None:
        _set_content(self, content)
        _set_contract(self, contract)
        _set_violations(self, violations)
        _set_location(self, location)

    @property
    def conforms(self) -> bool:
        """Whether no rule was broken."""
        return not self.violations


# A frozen dataclass makes its values three times as slowly; these are made for everything that is read.
_set_exchange, _set_routing_key, _set_properties, _set_redelivered = _setters(Delivery)
_set_envelope, _set_context, _set_format_version, _set_delivery = _setters(Notification)
_set_missing = vars(Excerpt)["missing"].__set__
_set_source, _set_number, _set_unit = _setters(Location)
_set_pointer = vars(InnerLocation)["pointer"].__set__
_set_pointer_of_violation, _set_keyword, _set_message, _set_violated = _setters(Violation)
_set_content, _set_contract, _set_violations, _set_location = _setters(Verdict)
