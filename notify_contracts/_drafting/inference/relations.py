"""Which states of two fields always come together: ``is_public`` is true exactly when ``visibility`` is public."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import said
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.rules import is_word
from notify_contracts._schema import listed

_MOST_STATES = 12  # texts of a field that may each be a state of it
_TOGETHER = 100  # notifications that have both fields
_RARER = 8  # of them that have the rarer of the two states


class State(NamedTuple):
    """What a field may be: null, true, or a text."""

    field: str
    value: str | bool | None

    @property
    def schema(self) -> Schema:
        """Return the schema of a field in this state."""
        return {"type": "null"} if self.value is None else {"const": self.value}

    def is_allowed(self, schema: Schema) -> bool:
        """Whether the schema of the field, where it lists values, has this one among them."""
        values = listed(schema)
        return not values or self.value in values

    def schema_of_others(self) -> Schema:
        """Return the schema of a field that is not in this state."""
        if self.value is None:
            return {"title": f"not null because of {self.field}", "not": {"type": "null"}}
        if self.value is True:
            return {"const": False}
        return {"title": f'not "{self.value}"', "not": {"const": self.value}}


@dataclass(frozen=True)
class Relation:
    """Two states that came together in all of `count` notifications, or never did and never both failed to."""

    first: State
    second: State
    is_opposite: bool
    count: int

    def schema(self) -> Schema:
        """Return the schema of an object with both fields."""
        name = f"{self.second.field} that agrees with {self.first.field}"
        then, otherwise = dict(self.second.schema), dict(self.second.schema_of_others())
        if self.is_opposite:
            then, otherwise = otherwise, then
        then.setdefault("title", name)
        otherwise.setdefault("title", name)
        return {
            "title": name,
            "$comment": said(self.count, self.count),
            "if": {"properties": {self.first.field: self.first.schema}, "required": [self.first.field]},
            "then": {"properties": {self.second.field: then}},
            "else": {"properties": {self.second.field: otherwise}},
        }


def relations(payloads: Iterable[Any]) -> list[Relation]:
    """Return which states of fields go together in all payloads that have both fields."""
    rows = [payload for payload in payloads if isinstance(payload, dict)]
    present, states = _states(rows)
    found: list[Relation] = []
    linked: set[State] = set()  # to one that comes before; what is linked to that need not be said again
    for first, second in combinations(sorted(states, key=_order), 2):
        if first.field == second.field or second in linked:
            continue
        both = present[first.field] & present[second.field]
        one, other = states[first] & both, states[second] & both
        count, with_first = both.bit_count(), one.bit_count()
        if count < _TOGETHER or min(with_first, count - with_first) < _RARER:
            continue
        if one == other or one == both & ~other:
            found.append(Relation(first, second, one != other, count))
            linked.add(second)
    return found


def _order(state: State) -> tuple[int, str, str]:
    """Texts come first, for of several that go together the first says when."""
    return (0 if isinstance(state.value, str) else 1, state.field, str(state.value))


def _states(rows: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, int], dict[State, int]]:
    """Return which rows have a field, and which have a state, as sets of bits."""
    present: defaultdict[str, int] = defaultdict(int)
    states: defaultdict[State, int] = defaultdict(int)
    too_many: set[str] = set()
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows):
        bit = 1 << number
        for field, value in row.items():
            present[field] |= bit
            if value is None or value is True:
                states[State(field, value)] |= bit
            elif isinstance(value, str) and field not in too_many:
                texts[field].add(value)
                if len(texts[field]) > _MOST_STATES or is_of_people(field) or (value and not is_word(value)):
                    too_many.add(field)
                else:
                    states[State(field, value)] |= bit
    return present, {
        state: bits for state, bits in states.items() if not (isinstance(state.value, str) and state.field in too_many)
    }
