"""What holds in one contract, beyond what holds in all with payloads of the same shape."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.differing import Path
from notify_contracts._drafting.inference.evidence import FEW, FEW_EXCEPTIONS, bound, said
from notify_contracts._drafting.inference.kin import Kin
from notify_contracts._drafting.inference.kinds import as_type, types_of
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.names import is_attached, is_of_people
from notify_contracts._drafting.inference.rules import CHANCE, Rules
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.words import is_word

_OFTEN = 50  # times that a field of a contract was once more what it was before
_TWICE = 2
_MOST_WORDS = 12


def steady_fields(learned: Learned) -> frozenset[Path]:
    """Return the paths to properties that never vary within a contract, but do from contract to contract."""
    states: defaultdict[Path, set[str]] = defaultdict(set)
    again: Counter[Path] = Counter()  # how often a value came once more
    varying: set[Path] = set()
    for of_contract in learned.contracts.values():
        for path, seen in _within(of_contract.payload, ()):
            states[path].update(seen.kinds)
            again[path] += seen.count - 1
            if len(seen.kinds) > 1:
                varying.add(path)
    return frozenset(path for path, kinds in states.items() if len(kinds) > 1 and again[path] >= _OFTEN) - varying


def _within(seen: Seen, path: Path) -> Iterator[tuple[Path, Seen]]:
    for name, inner in (seen.objects.properties if seen.objects else {}).items():
        yield (*path, name), inner
        yield from _within(inner, (*path, name))


@dataclass(frozen=True)
class Refining:
    """Finds what holds in one contract of a group of contracts.

    `steady` are the properties that never vary within a contract, `differing` those whose form depends on it.
    """

    rules: Rules
    steady: frozenset[Path]
    differing: frozenset[Path]

    def refinements(self, own: Seen, group: Seen, stated: Schema, path: Path = ()) -> dict[str, Schema]:
        """Return by property what its values in one contract have in common and those of the group do not.

        `stated` is the schema of the group, whose names of properties are no data.
        """
        found: dict[str, Schema] = {}
        if own.objects is None or group.objects is None:
            return found
        for name, declared in stated.get("properties", {}).items():
            seen, others, place = own.objects.properties.get(name), group.objects.properties.get(name), (*path, name)
            if seen is None or others is None or others.count == seen.count:
                continue
            if path and is_attached(path[-1]) and others.count < group.objects.count:
                continue  # what people attach is no matter of the event
            is_steady = place in self.steady and seen.count >= _TWICE
            narrower = (
                schema
                for schema, share in _narrower(seen, others, name, self.rules.kin)
                if (is_steady and not _is_of_words(schema)) or _holds(schema, share, seen)
            )
            schema = next(narrower, None) or self._form(seen, place)
            if schema:
                found[name] = {**schema, "title": f"{name} of this event", "$comment": said(seen.count, seen.count)}
            elif inner := self.refinements(seen, others, declared, place):
                found[name] = {"properties": inner}
        return found

    def _form(self, seen: Seen, path: Path) -> Schema:
        """Return the form of texts where that depends on the contract, and there are enough of them."""
        if path not in self.differing or seen.count < FEW or set(seen.kinds) != {"string"} or seen.texts is None:
            return {}
        return self.rules.of_form(seen.texts, path[-1])


def _holds(schema: Schema, share: float, seen: Seen) -> bool:
    """Whether it can hardly be by chance that what was seen keeps to a schema to which only a share of all does."""
    if len(schema.get("enum", ())) > 1 and bound(seen.count) > FEW_EXCEPTIONS:
        return False  # where several came the event does not say which, and further ones are likely
    return share**seen.count <= CHANCE and (seen.count >= FEW or _is_of_words(schema))


def _is_of_words(schema: Schema) -> bool:
    return "enum" in schema or isinstance(schema.get("const"), str)


def _narrower(own: Seen, group: Seen, name: str, kin: Kin) -> Iterator[tuple[Schema, float]]:
    """Yield what is narrower in a contract than in its group, and which share of the group's values keeps to that.

    Of texts that are too many to tell it is the share of all under that name.
    """
    if set(own.kinds) == {"string"} and own.texts is not None and group.texts is not None:
        words, counts = own.texts.distinct.counts, group.texts.distinct.counts
        if words and (counts is None or words.keys() < counts.keys()) and _are_enumerated(words, name):
            listed = sorted(words)
            schema = {"const": listed[0]} if len(listed) == 1 else {"enum": listed}
            share = (
                kin.share(name, words) if counts is None else sum(counts[word] for word in words) / group.texts.count
            )
            yield schema, 1.0 if share is None else share
    if own.kinds.keys() < group.kinds.keys():
        if set(own.kinds) in ({"null"}, {"true"}, {"false"}):
            share = sum(group.kinds[kind] for kind in own.kinds) / group.count
            yield {"type": "null"} if "null" in own.kinds else {"const": "true" in own.kinds}, share
        elif (types := _types(own.kinds)) < _types(group.kinds):
            share = sum(count for kind, count in group.kinds.items() if _types([kind]) <= types) / group.count
            yield {"type": as_type(types_of(types))}, share


def _types(kinds: Iterable[str]) -> set[str]:
    """Return the types of values; that numbers are whole, where they are, is stated of all contracts."""
    return {"number" if kind == "integer" else kind for kind in types_of(kinds)}


def _are_enumerated(words: Mapping[str, int], name: str) -> bool:
    few = len(words) <= _MOST_WORDS and not is_of_people(name)
    return few and min(words.values()) > 1 and all(map(is_word, words))
