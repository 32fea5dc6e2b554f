"""One round: everything that contradicts a catalog, and is not rare, is allowed in the content of its files."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from notify_contracts._checking import GroupKey
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.inference.kin import Kin
from notify_contracts._drafting.inference.rules import Rules
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.updating.branches import take_out
from notify_contracts._drafting.updating.common import EACH, of_nobody
from notify_contracts._drafting.updating.contradictions import Contradictions
from notify_contracts._drafting.updating.gathering import REFERENCE, Evidence, Gathered, groups_of
from notify_contracts._drafting.updating.keeping import Keeping
from notify_contracts._drafting.updating.objects import allow_missing, allow_properties
from notify_contracts._drafting.updating.references import widen_reference
from notify_contracts._drafting.updating.structure import Structure
from notify_contracts._drafting.updating.totals import Totals
from notify_contracts._drafting.updating.trails import Place, Trail
from notify_contracts._drafting.updating.values_file import ValuesFile
from notify_contracts._drafting.updating.widening import Refusal, widen
from notify_contracts._schema import at
from notify_contracts.catalog import Catalog

_FIXED = "it stands within if, not or oneOf, where to allow more may be to forbid"
_OF_PEOPLE = "a name, a sentence, a host or an id is made no value of a rule unasked: add it by hand if it is one"
_UNNAMED = "no contract can be named after its event type and priority"
_UNTRACED = "no rule was found that could be changed for it"


class Change(NamedTuple):
    """What was made wider at a place, in words, and how often that was seen among how many."""

    place: Place
    what: str
    times: int
    total: int


class Round:
    """Changes `files`, the content of the files of `catalog` by their paths.

    `changes` says what was changed; `refused`, as which violations a summary counts it, why something was not. What is
    rare is left as it is unless `is_rare_allowed`.
    """

    def __init__(
        self, catalog: Catalog, files: dict[str, Any], learned: Learned, rules: Rules, *, is_rare_allowed: bool
    ) -> None:
        self.changes: list[Change] = []
        self.refused: dict[GroupKey, str] = {}
        self._catalog = catalog
        self._files = files
        self._totals = Totals(catalog, learned)
        self._rules = rules
        self._is_rare_allowed = is_rare_allowed
        self._structure = Structure(catalog, files)
        self._keeping = Keeping(catalog, self._structure)
        self._values = ValuesFile(catalog, files)

    def take(self, found: Contradictions) -> None:
        """Allow what was found."""
        self._refuse(found.untraced, _UNTRACED)
        self._refuse(found.unnamed, _UNNAMED)
        gathered = Gathered(found, self._totals, self._structure, is_rare_allowed=self._is_rare_allowed)
        for place in gathered.places & self._structure.fixed:
            self._give_up(place, found, gathered)
        schemas = {place: self._at(place) for place in gathered.places}  # before any moves
        for (place, keyword), evidence in sorted(gathered.values.items(), key=lambda item: item[0]):
            try:
                self._widen(place, keyword, evidence, schemas[place])
            except Refusal as refusal:
                self._refuse(groups_of(found, evidence.trails, evidence.keywords), refusal.reason)
        for place, names in sorted(gathered.missing.items()):
            for name, counts in sorted(names.items()):
                allow_missing(schemas[place], name, *counts)
                kept = self._keeping.require(self._files, place, name, gathered.lacking[place, name])
                others = f"; {kept:,} other contracts still require it" if kept else ""
                self._say(place, f"{name} may be missing{others}", *counts)
        for place, evidence in sorted(gathered.extra.items(), key=lambda item: item[0]):
            rules = replace(self._rules, is_strict=not self._is_rare_allowed)
            what = allow_properties(schemas[place], evidence.seen, evidence.total, rules, place.named)
            self._values.settle(schemas[place], place.file)
            self._say(place, what + self._shared(place, evidence), evidence.seen.count, evidence.total)
        for place, counts in sorted(gathered.branches.items()):
            take_out(self._files[place.file], place.parts)
            with suppress(LookupError):  # what it stood in is gone, too
                holder: Schema = at(self._files[place.file], place.parts[:-1])
                add_comment(holder, f'"{place.parts[-1]}" went, which did not hold', *counts)
            self._say(place, "this branch of a condition goes", *counts)

    def _at(self, place: Place) -> Schema:
        schema: Schema = at(self._files[place.file], place.parts)
        return schema

    def _say(self, place: Place, what: str, count: int, total: int) -> None:
        self.changes.append(Change(place, what, count, max(count, total)))

    def _refuse(self, groups: Iterable[GroupKey], reason: str) -> None:
        self.refused.update(dict.fromkeys(groups, reason))

    def _give_up(self, place: Place, found: Contradictions, gathered: Gathered) -> None:
        """Leave a schema as it is, and say why."""
        for key in [key for key in gathered.values if key[0] == place]:
            evidence = gathered.values.pop(key)
            self._refuse(groups_of(found, evidence.trails, evidence.keywords), _FIXED)
        gathered.missing.pop(place, None)
        gathered.extra.pop(place, None)
        trails = {trail for trail, _ in found.groups if trail.holder == place}
        self._refuse(groups_of(found, trails, {"required", "additionalProperties"}), _FIXED)

    def _widen(self, place: Place, keyword: str, evidence: Evidence, schema: Schema) -> None:
        trail = min(evidence.trails)
        names = [name for _, name in trail.below]
        rules = replace(self._rules, kin=Kin())

        def draft(seen: Seen) -> Schema:
            drafted = rules.schema(seen, next(filter(None, reversed(names)), ""))
            return {one: value for one, value in drafted.items() if one != "$comment"}  # it is said once, outside

        seen = evidence.seen
        targets = self._targets(trail, place) if keyword == REFERENCE else [schema]
        if self._catalog.secrets.on_way(names):
            seen = without_values(seen)
        elif ({keyword} if keyword != REFERENCE else evidence.keywords) & EACH:
            seen = of_nobody(seen, _stated(targets), next(filter(None, reversed(names)), ""))
            if not seen.count:
                raise Refusal(_OF_PEOPLE)
        if keyword == REFERENCE:
            what = widen_reference(schema, targets, evidence.keywords, seen, draft)
        else:
            what = widen(schema, keyword, seen, draft)
        if what:
            self._values.settle(schema, place.file)
            add_comment(schema, what, seen.count, evidence.total)
            self._say(place, what + self._shared(place, evidence), seen.count, evidence.total)

    def _shared(self, place: Place, evidence: Evidence) -> str:
        """Return in words how many contracts share the schema and were not seen to need that; nothing for none."""
        others = self._keeping.sharing(place, evidence.trails)
        return f"; {others:,} other {'contracts share' if others > 1 else 'contract shares'} the rule" if others else ""

    def _targets(self, trail: Trail, source: Place) -> list[Schema]:
        """Return the schemas to which a reference on a trail leads, one referring to the next."""
        begin = next(number for number, way in enumerate(trail.references) if way.source == source)
        return [self._at(way.target) for way in trail.references[begin:]]


def _stated(schemas: Iterable[Schema]) -> list[Any]:
    """Return the values that schemas name."""
    return [value for each in schemas for value in (each.get("const"), *each.get("enum", ()))]


def add_comment(schema: Schema, what: str, count: int, total: int) -> None:
    """Add to the comment of a schema what was made wider, and why."""
    said = f"{what}: seen in {count:,} of {max(count, total):,}"
    schema["$comment"] = f"{schema['$comment']}; {said}" if "$comment" in schema else said


def without_values(seen: Seen) -> Seen:
    """Return what was seen without the values themselves, which are secrets."""
    made = Seen(seen.depth)
    made.merge(seen)
    for part in (made.texts, made.numbers):
        if part is not None:
            part.forget()
    return made
