"""What breaks in many contracts by one change is one finding."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import place_name
from notify_contracts._comparison.advice import advice
from notify_contracts._comparison.findings import Direction, Finding, Kind, Undecided, Witness
from notify_contracts._comparison.identity import digest, rules_of
from notify_contracts._comparison.pairs import Break, Pair
from notify_contracts._comparison.renames import renamed_fields
from notify_contracts._comparison.statements import NO_FIELD, UNDECLARED, Stated, sentence
from notify_contracts._schema import pointer_parts, pointer_text
from notify_contracts.catalog import EVENTS, Contract

ANYTHING, FURTHER, NO_FURTHER = "anything", "any further field", "no further field"


@dataclass(frozen=True)
class _Change:
    """What is the same wherever a change shows: `stands` is where schemas differ, or the place where none is shared."""

    direction: Direction
    kind: Kind
    keyword: str
    was: str
    now: str
    stands: frozenset[str]


@dataclass
class _Group:
    at: dict[tuple[str, str], list[tuple[Stated, Stated]]] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)
    witness: Witness | None = None

    @property
    def place(self) -> str:
        """The first of its places, the least deep one."""
        return min((place for _, place in self.at), key=lambda place: (place.count("/"), len(place), place))

    def finding(self, change: _Change, contracts: int) -> Finding:
        """Return it as a finding; `contracts` counts those that both catalogs have."""
        ids = tuple(dict.fromkeys(contract for contract, _ in self.at))
        place = self.place
        direction, kind = change.direction, change.kind
        told = advice(direction, kind, change.keyword)
        return Finding(
            direction, kind, place, change.keyword, change.was, change.now, ids, *told, self.witness,
            tuple(self.files), everywhere=len(ids) == contracts, at=tuple(self.at), rules=self.rules,
        )  # fmt: skip

    def rules(self) -> dict[tuple[str, str], str]:
        """Return by contract and place what tells this change from others that read the same."""
        return {at: digest(sorted({digest(rules_of(each)) for each in several})) for at, several in self.at.items()}


def of_rules(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Yield what changed in the rules of contracts, each change once in a direction, in the order of its places."""
    groups: dict[_Change, _Group] = {}
    for pair in pairs:
        for change, place, files, one in _changes(pair):
            group = groups.setdefault(change, _Group())
            sides = pair.stated(pair.old, one.pointer), pair.stated(pair.new, one.pointer)
            group.at.setdefault((pair.new.id, place), []).append(sides)
            group.files.update(dict.fromkeys(files))
            group.witness = group.witness or one.witness
    found = [group.finding(change, len(pairs)) for change, group in _together(groups)]
    yield from sorted(found, key=lambda one: (one.place.startswith("/payload"), one.place, one.direction, one.keyword))


def _together(groups: Mapping[_Change, _Group]) -> Iterator[tuple[_Change, _Group]]:
    """Yield groups, as one those that say the same of the same place, though it stands in several files."""
    same: dict[tuple[_Change, str], _Group] = {}
    for change, group in groups.items():
        known = same.setdefault((replace(change, stands=frozenset()), group.place), _Group())
        for at, several in group.at.items():
            known.at.setdefault(at, []).extend(several)
        known.files.update(group.files)
        known.witness = known.witness or group.witness
    return ((change, group) for (change, _), group in same.items())


def of_doubts(pairs: Iterable[Pair]) -> Iterator[Undecided]:
    """Yield what is not decided, each place and reason once in a direction."""
    groups: dict[tuple[Direction, str, str], tuple[int, list[str]]] = {}
    for pair in pairs:
        for direction, doubt in pair.open:
            key = direction, place_name(doubt.pointer, "", pair.numbered), doubt.reason
            tried, contracts = groups.get(key, (0, []))
            groups[key] = tried + doubt.tried, [*contracts, pair.new.id]
    for (direction, place, reason), (tried, contracts) in groups.items():
        yield Undecided(direction, place, reason, tried, tuple(dict.fromkeys(contracts)))


def _changes(pair: Pair) -> Iterator[tuple[_Change, str, tuple[str, ...], Break]]:
    renamed = dict(_renames(pair))
    for one in sorted(pair.breaks, key=lambda one: one.keyword != "required"):
        old, new = (pair.stated(contract, one.pointer) for contract in (pair.old, pair.new))
        stands = _stands(pair, one.pointer, old, new)
        if one.pointer in renamed:
            before, after = (place_name(place, "required", pair.numbered) for place in renamed[one.pointer])
            was, now = (name.rpartition("/")[2] for name in (before, after))
            shared = _stands(pair, one.pointer.rpartition("/")[0])
            change = _Change(one.direction, Kind.RENAMED, "renamed", was, now, shared or frozenset((before,)))
            yield change, before, _files(pair, one.pointer), one
        else:
            place, was, now = _sentence(one, old, new, pair.numbered)
            change = _Change(one.direction, Kind.RULE, one.keyword, was, now, stands or frozenset((place,)))
            yield change, place, _files(pair, one.pointer), one


def _stands(pair: Pair, pointer: str, old: Stated | None = None, new: Stated | None = None) -> frozenset[str]:
    """Return where the schemas stand that differ in what they say of a place; else, with its name, of its parent."""
    old, new = old or pair.stated(pair.old, pointer), new or pair.stated(pair.new, pointer)
    base = pair.old.schemas.folder.base, pair.new.schemas.folder.base

    def relative(uri: str) -> str:
        return next((uri.removeprefix(one) for one in base if uri.startswith(one)), uri)

    found = old.differing(new, relative)
    parent, slash, name = pointer.rpartition("/")
    if not found and slash:
        sides = (pair.stated(contract, parent) for contract in (pair.old, pair.new))
        found = frozenset(f"{place}/{name}" for place in next(sides).differing(next(sides), relative))
    # What stands in a file of one event type alone is not shared.
    return frozenset() if any(place.startswith(f"{EVENTS}/") for place in found) else found


def _renames(pair: Pair) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each place at which something breaks only because a field has another name, with both places of it."""
    places = {one.pointer for one in pair.breaks if one.keyword in ("required", "additionalProperties")}
    for parent in sorted({place.rpartition("/")[0] for place in places}):
        for before, after in renamed_fields(pair.old, pair.new, parent, pair.stated).items():
            both = parent + pointer_text((before,)), parent + pointer_text((after,))
            yield from ((place, both) for place in both if place in places)


def _sentence(one: Break, old: Stated, new: Stated, declared: Container[str]) -> tuple[str, str, str]:
    """Return the place as a report names it, and what was and is stated there."""
    if {old.presence, new.presence} == {UNDECLARED, NO_FIELD}:
        # Nobody has declared the name, so it is any name.
        was, now = (FURTHER if side.presence == UNDECLARED else NO_FURTHER for side in (old, new))
        return f"{place_name(one.pointer.rpartition('/')[0], one.keyword, declared)}/*", was, now
    old, new = _in_branches(old, new, one.keyword)
    was, now = sentence(old, new, one.keyword, refused=lambda: one.witness.message)
    return place_name(one.pointer, one.keyword, declared), was or ANYTHING, now or ANYTHING


def _in_branches(old: Stated, new: Stated, keyword: str) -> tuple[Stated, Stated]:
    """Return what branches alone say, where it is there that a keyword differs, not in what always holds."""
    always, branch = ([_values(side, keyword, when) for side in (old, new)] for when in (True, False))
    if always[0] != always[1] or branch[0] == branch[1]:
        return old, new
    sides = (one._replace(layers=tuple(each for each in one.layers if not each.always)) for one in (old, new))
    was, now = (one._replace(phrases=()) for one in sides)
    return was, now


def _values(side: Stated, keyword: str, always: bool) -> list[Any]:  # noqa: FBT001
    """Return what the schemas that always hold, or the others, give a keyword."""
    schemas = (layer.schema for layer in side.layers if layer.always is always)
    return [schema[keyword] for schema in schemas if isinstance(schema, Mapping) and keyword in schema]


def _files(pair: Pair, pointer: str) -> tuple[str, ...]:
    """Return the files in which something is said of a place, or else of what it stands in."""
    parts = pointer_parts(pointer)
    for place in (pointer, pointer_text(parts[:-1])):
        sides = ((contract, pair.stated(contract, place)) for contract in (pair.old, pair.new))
        if found := [_file(contract, uri) for contract, side in sides for uri in side.files]:
            return tuple(dict.fromkeys(found))
    return ()


def _file(contract: Contract, uri: str) -> str:
    return contract.schemas.folder.relative(uri)
