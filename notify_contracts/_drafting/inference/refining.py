"""What holds in one contract, beyond what holds in all with payloads of the same shape."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import FEW, said
from notify_contracts._drafting.inference.kinds import types_of
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.rules import CHANCE, is_word
from notify_contracts._drafting.inference.seen import Seen

_OFTEN = 50  # times that a field of a contract was once more what it was before
_TWICE = 2
_MOST_WORDS = 12


def steady_fields(learned: Learned) -> frozenset[str]:
    """Return the properties that never vary within a contract, but do from contract to contract."""
    states: defaultdict[str, set[str]] = defaultdict(set)
    again: Counter[str] = Counter()  # how often a value came once more
    varying: set[str] = set()
    for of_contract in learned.contracts.values():
        objects = of_contract.payload.objects
        for name, seen in (objects.properties if objects else {}).items():
            states[name].update(seen.kinds)
            again[name] += seen.count - 1
            if len(seen.kinds) > 1:
                varying.add(name)
    return frozenset(name for name, kinds in states.items() if len(kinds) > 1 and again[name] >= _OFTEN) - varying


def refinements(own: Seen, group: Seen, steady: frozenset[str]) -> dict[str, Schema]:
    """Return by property what its values in one contract have in common and those of the group do not."""
    found: dict[str, Schema] = {}
    if own.objects is None or group.objects is None:
        return found
    for name, seen in own.objects.properties.items():
        others = group.objects.properties.get(name)
        if others is None or others.count == seen.count:
            continue
        schema, share = _narrower(seen, others, name)
        is_enough = seen.count >= FEW or "enum" in schema or isinstance(schema.get("const"), str)
        if schema and ((share**seen.count <= CHANCE and is_enough) or (name in steady and seen.count >= _TWICE)):
            found[name] = {"title": f"{name} of this event", "$comment": said(seen.count, seen.count), **schema}
    return found


def _narrower(own: Seen, group: Seen, name: str) -> tuple[Schema, float]:
    """Return what is narrower in a contract than in its group, and which share of the group's values keeps to that."""
    if own.kinds.keys() < group.kinds.keys():
        share = sum(group.kinds[kind] for kind in own.kinds) / group.count
        if set(own.kinds) == {"null"}:
            return {"type": "null"}, share
        if set(own.kinds) <= {"true", "false"}:
            if len(own.kinds) == 1:
                return {"const": "true" in own.kinds}, share
        elif "null" in group.kinds and "null" not in own.kinds:
            return {"type": types_of(own.kinds)}, 1 - group.kinds["null"] / group.count
    if set(own.kinds) == {"string"} and own.texts is not None and group.texts is not None:
        words, counts = own.texts.distinct.counts, group.texts.distinct.counts
        if words and counts and words.keys() < counts.keys() and _are_enumerated(words, name):
            listed = sorted(words)
            schema = {"const": listed[0]} if len(listed) == 1 else {"enum": listed}
            return schema, sum(counts[word] for word in words) / group.count
    return {}, 1.0


def _are_enumerated(words: Mapping[str, int], name: str) -> bool:
    few = len(words) <= _MOST_WORDS and not is_of_people(name)
    return few and min(words.values()) > 1 and all(map(is_word, words))
