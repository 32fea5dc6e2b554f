"""Somebody else's JSON Schema, of draft 4 to 2020-12 or of OpenAPI's, said in the keywords that a catalog may use.

What cannot be said is left out, which allows more, and is told: nothing that was allowed is refused by what comes out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.importing.imported import LeftOut
from notify_contracts._drafting.importing.plainwords import PLAIN, names, pattern
from notify_contracts._drafting.importing.structured import bare
from notify_contracts._schema import matcher, quoted, speaking_of_others, type_names
from notify_contracts._untrusted import printable, shortened

BESIDE = "stands beside $ref, where nothing counts"
_DEEPEST = 64  # levels; what is below is left out
_OF_PLACE = frozenset(("$schema", "$id", "$anchor", "id", "$defs", "definitions"))
_NO_RULE = frozenset(
    (
        *("$vocabulary", "contentEncoding", "contentMediaType", "contentSchema", "default", "deprecated"),
        *("discriminator", "externalDocs", "readOnly", "readonly", "example", "xml"),
    )
)
_SAID = frozenset(("$comment", "$ref", "description", "examples", "summary", "title"))
WORDS = _OF_PLACE | _SAID  # of which nothing is lost where they are left out
_NAMED = ("anyOf", "format", "not", "oneOf", "pattern")
_FORM_TITLES: Mapping[str, str] = {
    "date": "date such as 2026-11-22",
    "date-time": "time such as 2026-11-22T09:32:55Z",
    "email": "e-mail address",
    "hostname": "host name",
    "ipv4": "IPv4 address",
    "ipv6": "IPv6 address",
    "uri": "URI",
    "uuid": "UUID",
}

Refer = Callable[[str], Schema | None]
"""From a reference, as it stands in the source, to what a catalog says in its place; None where that is nothing."""

IsSaid = Callable[[str], bool]
"""Whether a catalog says all of what a reference leads to, which matters where to say less is to refuse more."""


@dataclass
class Translation:
    """Translates schemas; `are_beside` says whether what stands beside ``$ref`` counts: draft 7 and earlier ignore it.

    `left_out` collects what could not be said, of which `lost` are rules, and `referred` the references on the way.
    """

    refer: Refer
    are_beside: bool = True
    is_said: IsSaid = lambda _: True
    left_out: list[LeftOut] = field(default_factory=list)
    lost: int = 0
    referred: list[str] = field(default_factory=list)

    def schema(self, source: Any, where: str, depth: int = 0) -> Schema:
        """Return what a catalog says in the place of a schema that stands at `where`."""
        source = bare(source)
        if source is True:
            return {}
        if source is False:
            return {"title": "nothing", "not": {}}
        if not isinstance(source, Mapping) or depth > _DEEPEST:
            self._leave(where, "is nested too deeply" if depth > _DEEPEST else "is no schema")
            return {}
        if "$ref" in source and not self.are_beside:
            return self._referred_alone(source, where)
        made: Schema = self._referred(source["$ref"], where) if "$ref" in source else {}
        here = _Here(source, made, where, depth)
        for keyword, value in source.items():
            self._translate(keyword, value, here)
        self._leave_idle(here)
        self._conditions(here)
        self._disentangle(here)
        if source.get("nullable") is True:  # OpenAPI
            allow_null(made)
        if any(keyword in made for keyword in _NAMED) and "title" not in made:
            made["title"] = _title(made)
        return made

    def _leave(self, where: str, why: str, *, is_rule: bool = True) -> None:
        self.left_out.append(LeftOut(where, why))
        self.lost += is_rule

    def _loses(self, lost: int, referred: int) -> bool:
        """Whether, beyond these counts, something could not be said, here or where a reference leads."""
        return self.lost > lost or not all(map(self.is_said, self.referred[referred:]))

    def _whole(self, source: Any, where: str, depth: int) -> Schema | None:
        """Return what a catalog says in the place of a schema, None where some of it would be left out."""
        before = self.lost, len(self.referred)
        made = self.schema(source, where, depth)
        return None if self._loses(*before) else made

    def _leave_idle(self, here: "_Here") -> None:
        """Leave out what speaks of no value of the types."""
        for keyword, spoken_of, _ in [*speaking_of_others(here.made)]:
            del here.made[keyword]
            self._leave(here.of(keyword), f"does nothing: it is for type {spoken_of}", is_rule=False)

    def _referred_alone(self, source: Mapping[str, Any], where: str) -> Schema:
        self.left_out += [LeftOut(f"{where}/{keyword}", BESIDE) for keyword in rules_in(source)]
        return self._referred(source["$ref"], where)

    def _referred(self, reference: Any, where: str) -> Schema:
        made = self.refer(reference) if isinstance(reference, str) else None
        if made is None:
            self._leave(f"{where}/$ref", f"{quoted(str(reference))} leads out of the document or nowhere")
            return {}
        self.referred.append(reference)
        return dict(made)

    def _translate(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add what a keyword means."""
        if keyword in PLAIN:
            translated, why = PLAIN[keyword](value)
            if translated is not None:
                here.made[keyword] = translated
            if why:
                self._leave(here.of(keyword), why)
        elif keyword in _STRUCTURED:
            _STRUCTURED[keyword](self, keyword, value, here)
        elif keyword in _NO_RULE or keyword.startswith("x-"):
            self._leave(here.of(keyword), f"{keyword} is no rule", is_rule=False)
        elif keyword not in _ELSEWHERE and keyword not in _OF_PLACE:
            self._leave(here.of(keyword), f"a catalog has no {quoted(keyword)}")

    def inner(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add a keyword that holds a schema."""
        is_flag = keyword == "additionalProperties" and isinstance(value, bool)
        here.made[keyword] = value if is_flag else self.schema(value, here.of(keyword), here.depth + 1)

    def contained(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add what some item is, unless none has to be there."""
        if here.source.get("minContains") != 0:
            self.inner(keyword, value, here)

    def constant(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add a constant, which may be null."""
        here.made[keyword] = value

    def refused(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add what is refused, if all of it can be said: what says less would refuse more."""
        refused = self._whole(value, here.of(keyword), here.depth + 1)
        if refused is None:
            self._leave(here.of(keyword), "what it refuses cannot be said")
        else:
            here.made[keyword] = refused

    def branches(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add schemas side by side; of branches that say less, several may hold where one did."""
        if not isinstance(value, list) or not value:
            self._leave(here.of(keyword), "is no list of schemas")
            return
        before = self.lost, len(self.referred)
        made = [self.schema(each, f"{here.of(keyword)}/{n}", here.depth + 1) for n, each in enumerate(value)]
        here.made["anyOf" if keyword == "oneOf" and self._loses(*before) else keyword] = made

    def limit(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add a limit; in draft 4 another keyword says whether it is exclusive."""
        if isinstance(value, bool) and keyword.startswith("exclusive"):
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._leave(here.of(keyword), "is no number")
            return
        exclusive = f"exclusive{keyword[0].upper()}{keyword[1:]}"
        here.made[exclusive if here.source.get(exclusive) is True else keyword] = value

    def by_name(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add schemas by name or pattern."""
        if not isinstance(value, Mapping):
            self._leave(here.of(keyword), "is no object")
            return
        made = {}
        for name, each in value.items():
            why = pattern(name)[1] if keyword == "patternProperties" else ""
            if why:
                self._leave(here.of(f"{keyword}/{name}"), why)
                here.is_open = True
            else:
                made[name] = self.schema(each, f"{here.of(keyword)}/{name}", here.depth + 1)
        here.made[keyword] = made

    def items(self, keyword: str, value: Any, here: "_Here") -> None:
        """Add what the items of an array are, which until draft 2019-09 may be a list of the first ones."""
        if not isinstance(value, list):
            if value is not True:
                here.made["items"] = self.schema(value, here.of(keyword), here.depth + 1)
            return
        if value:
            first = [self.schema(each, f"{here.of(keyword)}/{n}", here.depth + 1) for n, each in enumerate(value)]
            here.made["prefixItems"] = first
        rest = here.source.get("additionalItems", True) if keyword == "items" else True
        if rest is not True:
            here.made["items"] = self.schema(rest, here.of("additionalItems"), here.depth + 1)

    def _conditions(self, here: "_Here") -> None:
        """Add what holds under a condition."""
        source, made = here.source, here.made
        if "if" in source and ("then" in source or "else" in source):
            condition = self._whole(source["if"], here.of("if"), here.depth + 1)
            if condition is None:
                self._leave(here.of("if"), "the condition cannot be said")
            else:
                made["if"] = condition
                for keyword in ("then", "else"):
                    if keyword in source:
                        made[keyword] = self.schema(source[keyword], here.of(keyword), here.depth + 1)
        more: list[Schema] = []
        for keyword in _DEPENDENT:
            value = source.get(keyword)
            for name, needed in value.items() if isinstance(value, Mapping) else ():
                listed, _ = names(needed)
                if listed is not None:
                    more.append({"if": {"required": [name]}, "then": {"required": listed}})
                else:  # `required` alone would let through what is no object, of which this says nothing
                    then = self.schema(needed, f"{here.of(keyword)}/{name}", here.depth + 1)
                    more.append({"if": {"type": "object", "required": [name]}, "then": then})
        if more:
            made["allOf"] = [*made.get("allOf", ()), *more]

    def _disentangle(self, here: "_Here") -> None:
        """Leave out what names of properties mean by their pattern where one is declared as well."""
        made = here.made
        declared, patterns = made.get("properties", ()), made.get("patternProperties", {})
        for each in [each for each in patterns if any(map(matcher(each), declared))]:
            self._leave(here.of(f"patternProperties/{each}"), "a property that is declared fits the pattern as well")
            del patterns[each]
            here.is_open = True
        if here.is_open and not patterns:
            made.pop("patternProperties", None)
        if here.is_open and made.pop("additionalProperties", True) not in (True, {}):
            self._leave(here.of("additionalProperties"), "names of a pattern that is left out would fall under it")


@dataclass
class _Here:
    """A schema, what is made of it, and where it stands."""

    source: Mapping[str, Any]
    made: Schema
    where: str
    depth: int
    is_open: bool = False

    def of(self, keyword: str) -> str:
        """Return where a keyword of it stands."""
        return f"{self.where}/{keyword}"


_STRUCTURED: Mapping[str, Callable[[Translation, str, Any, _Here], None]] = {
    **dict.fromkeys(("additionalProperties", "propertyNames"), Translation.inner),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), Translation.branches),
    **dict.fromkeys(("properties", "patternProperties"), Translation.by_name),
    **dict.fromkeys(("items", "prefixItems"), Translation.items),
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum"), Translation.limit),
    "const": Translation.constant,
    "contains": Translation.contained,
    "not": Translation.refused,
}

_DEPENDENT = ("dependencies", "dependentRequired", "dependentSchemas")
_ELSEWHERE = frozenset(("$ref", "additionalItems", "else", "if", "nullable", "then", *_DEPENDENT))


def rules_in(source: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keywords of a schema, less ``$ref``, that are rules, or would be where they count."""
    return (name for name in source if name not in _NO_RULE and name not in WORDS and not name.startswith("x-"))


def allow_null(schema: Schema) -> None:
    """Make a schema allow null as well, whatever else it asks."""
    if schema.keys() & {"$ref", "allOf", "anyOf", "const", "if", "not", "oneOf"}:
        inner = dict(schema)
        schema.clear()
        schema |= {"title": f"{inner.get('title', 'value')} or null", "anyOf": [inner, {"type": "null"}]}
        return
    types = schema.get("type")
    if types is not None:
        listed = type_names(types)
        schema["type"] = [*listed, *(() if "null" in listed else ("null",))]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]


def _title(schema: Schema) -> str:
    """Return what a schema that needs a name is called: what its rule is."""
    if "format" in schema:
        return _FORM_TITLES[schema["format"]]
    if "pattern" in schema:
        return f"text of the form {shortened(printable(schema['pattern']), 60)}"
    if "not" in schema:
        return "something else"
    return "one of several alternatives"
