"""Which states of two fields always come together: ``is_public`` is true exactly when ``visibility`` is public.

That it is there is a state, too, of a field that is not always there: ``radius`` comes exactly when ``kind`` is circle.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from itertools import combinations, compress
from math import comb
from typing import Any, Final, Literal, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import FEW, said
from notify_contracts._drafting.inference.lives import IDS
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.text_forms import forms
from notify_contracts._drafting.inference.words import is_word
from notify_contracts._schema import contradiction, listed
from notify_contracts._untrusted import dump

_MOST_STATES = 12  # texts of a field that may each be a state of it
_TOGETHER = 100  # notifications that have both fields
_RARER = 8  # of them that have the rarer of the two states; of objects in payloads, so many different ones
_WAYS = 1_000_000  # to choose the notifications that have a field, by chance the same as another: where they are fewer


class _Being(Enum):
    THERE = "there"


THERE: Final = _Being.THERE


class State(NamedTuple):
    """What a field may be: null, true, a text, or there at all."""

    field: str
    value: str | bool | Literal[_Being.THERE] | None

    @property
    def schema(self) -> Schema:
        """Return the schema of a field in this state."""
        if self.value is THERE:
            return {}
        return {"type": "null"} if self.value is None else {"const": self.value}

    @property
    def condition(self) -> Schema:
        """Return the schema of objects in which the field is in this state."""
        of_value = self.schema
        return {**({"properties": {self.field: of_value}} if of_value else {}), "required": [self.field]}

    def is_allowed(self, schema: Schema) -> bool:
        """Whether a field with this schema may be in this state, as lint asks of a condition."""
        if self.value is THERE:
            return True
        values = listed(schema)
        if self.value is None:
            return not values or None in values
        form = forms().get(str(schema.get("$ref", "")).rpartition("/")[2])
        if "$ref" in schema and form is None:  # to objects
            return False
        return not contradiction([self.schema, schema, *([] if form is None else [form.schema])])

    def schema_of_others(self, because: str) -> Schema:
        """Return the schema of a field that is not in this state, `because` another one is as it is."""
        if self.value is THERE:
            return {"title": f"no {self.field} because of {because}", "not": {}}
        if self.value is None:
            return {"title": f"not null because of {because}", "not": {"type": "null"}}
        if self.value is True:
            return {"const": False}
        return {"title": f'not "{self.value}" because of {because}', "not": {"const": self.value}}


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
        branches = self._of_being() if self.second.value is THERE else self._of_values(name)
        then, otherwise = reversed(branches) if self.is_opposite else branches
        comment = said(self.count, self.count)
        return {"title": name, "$comment": comment, "if": self.first.condition, "then": then, "else": otherwise}

    def _of_values(self, name: str) -> tuple[Schema, Schema]:
        """Return the schemas of objects with the second field in its state, and not in it."""
        states = self.second.schema, self.second.schema_of_others(self.first.field)
        is_so, is_not = ({"properties": {self.second.field: {"title": name} | state}} for state in states)
        return is_so, is_not

    def _of_being(self) -> tuple[Schema, Schema]:
        """Return the schemas of objects that have the second field, and that have it not."""
        field = self.second.field
        return {"required": [field]}, {"properties": {field: self.second.schema_of_others(self.first.field)}}


def relations(
    objects: Sequence[Mapping[str, Any]], optional: Collection[str] = (), *, are_mentioned: bool = False
) -> list[Relation]:
    """Return which states of fields go together in all objects that have both fields.

    Where the objects are of one kind, in which some fields are `optional`, return what says when these are there.
    Where they `are_mentioned`, each may be the same as others: only different ones are evidence.
    """
    if len(objects) < FEW:
        return []
    present, states = _states(objects)
    if optional:
        states = {state: bits for state, bits in states.items() if state.field not in optional}
        states |= {State(field, THERE): present.get(field, 0) for field in optional}
        present |= dict.fromkeys(optional, (1 << len(objects)) - 1)
    found: list[Relation] = []
    linked: set[State] = set()  # to one that comes before; what is linked to that need not be said again
    for first, second in combinations(sorted(states, key=_order), 2):
        if first.field == second.field or second in linked or (optional and second.value is not THERE):
            continue
        both = present[first.field] & present[second.field]
        one, other = states[first] & both, states[second] & both
        count, with_first = both.bit_count(), one.bit_count()
        if not _is_enough(count, min(with_first, count - with_first), is_of_one_kind=bool(optional)):
            continue
        if one in (other, both & ~other):
            if are_mentioned and not (_are_different(objects, one) and _are_different(objects, both & ~one)):
                continue
            found.append(Relation(first, second, one != other, count))
            linked.add(second)
    return found


def _is_enough(count: int, rarer: int, *, is_of_one_kind: bool) -> bool:
    """Whether what is said of `count` payloads is no chance, `rarer` of which have the rarer of two states."""
    if is_of_one_kind and FEW <= count < _TOGETHER:
        return comb(count, rarer) >= _WAYS
    return count >= _TOGETHER and rarer >= _RARER


def _are_different(objects: Sequence[Mapping[str, Any]], bits: int) -> bool:
    """Whether there are enough different ones among the objects with these bits, by what identifies them."""
    different: set[str | bytes] = set()
    for each in compress(objects, map(int, reversed(f"{bits:b}"))):
        different.add(next((str(each[name]) for name in IDS if name in each), None) or dump(dict(each)))
        if len(different) >= _RARER:
            return True
    return False


def _order(state: State) -> tuple[int, str, str]:
    """Texts come first, for of several that go together the first says when, and what is there comes last."""
    place = 0 if isinstance(state.value, str) else 2 if state.value is THERE else 1
    return (place, state.field, str(state.value))


def _states(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, int], dict[State, int]]:
    """Return which rows have a field, and which have a state, as sets of bits."""
    present: defaultdict[str, list[int]] = defaultdict(list)
    states: defaultdict[State, list[int]] = defaultdict(list)
    too_many: set[str] = set()
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows):
        for field, value in row.items():
            present[field].append(number)
            if value is None or value is True:
                states[State(field, value)].append(number)
            elif isinstance(value, str) and field not in too_many:
                known = texts[field]
                if value not in known:
                    known.add(value)
                    if len(known) > _MOST_STATES or is_of_people(field) or (value and not is_word(value)):
                        too_many.add(field)
                states[State(field, value)].append(number)
    return {field: _bits(numbers) for field, numbers in present.items()}, {
        state: _bits(numbers)
        for state, numbers in states.items()
        if not (isinstance(state.value, str) and state.field in too_many)
    }


def _bits(numbers: Sequence[int]) -> int:
    """Return numbers, of which the last is the greatest, as a set of bits."""
    bits = bytearray(numbers[-1] // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")
