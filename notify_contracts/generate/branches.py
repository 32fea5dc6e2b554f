"""Branches are the ways to keep a set of schemas at once; ways that contradict themselves are dropped early."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts.generate.facts import Facts
from notify_contracts.generate.negation import KNOWN_REFUSALS, Way, negated
from notify_contracts.generate.standalone import Definitions, Key, Schema, key_of

MOST = 128
"""The number of ways that are followed for one value; rules left undecided then are checked on the values made."""


class _Fork(NamedTuple):
    """A rule that leaves a choice, the ways to keep it, and what its condition is known by, if it is one with that."""

    rule: Mapping[str, Any]
    ways: list[Way]
    condition: Key | None


class Branches:
    """The ways of one value, which all its schemas together allow."""

    def __init__(self, definitions: Definitions, possible: Callable[[Facts], bool]) -> None:
        """Take the definitions that references lead to, and a predicate: whether facts can still become a value."""
        self._definition = definitions.definition
        self._possible = possible
        self._left = MOST

    def of(self, schemas: tuple[Schema, ...]) -> Iterator[Facts]:
        """Yield the facts of each way; together the ways allow every value that keeps all `schemas`."""
        yield from self._followed(Facts(), [], [Way(schemas)])

    def _followed(self, facts: Facts, forks: list[_Fork], ways: list[Way]) -> Iterator[Facts]:
        """Yield `facts` as each of `ways` extends them; the `forks` are decided after that."""
        for way in ways:
            self._left -= 1
            waiting = list(forks)
            known = self._with_schemas(facts.with_checks(way.checks), list(way.compose), waiting)
            if known is None or not self._possible(known):
                continue
            if not waiting:
                yield known
                continue
            # The fork with the fewest ways is decided first: it contradicts the soonest.
            waiting.sort(key=lambda fork: len(fork.ways))
            if self._left > 0:
                yield from self._followed(known, waiting[1:], waiting[0].ways)
            else:
                yield known.with_checks(tuple(fork.rule for fork in waiting))

    def _with_schemas(self, facts: Facts, schemas: list[Schema], forks: list[_Fork]) -> Facts | None:
        """Return `facts` with all that `schemas` say outright, and add to `forks` where they leave a choice."""
        while schemas:
            schema = schemas.pop()
            if isinstance(schema, bool):
                if schema:
                    continue
                return None
            facts = facts.with_keywords(schema)
            schemas += reversed(schema.get("allOf", ()))
            if "$ref" in schema:
                schemas.append(self._definition(schema["$ref"]))
            for keyword in (name for name in _TOGETHER if name in schema):
                if known := _refused_outright(facts, keyword, schema[keyword]):
                    facts = known
                    continue
                ways = self._choice(keyword, schema)
                if len(ways) == 1 and not ways[0].checks:
                    schemas += ways[0].compose
                else:
                    rule = {name: schema[name] for name in _TOGETHER[keyword] if name in schema}
                    _add(_Fork(rule, ways, key_of((rule["if"],)) if keyword == "if" else None), forks)
        return facts

    def _choice(self, keyword: str, schema: Mapping[str, Any]) -> list[Way]:
        value = schema[keyword]
        if keyword == "not":
            return negated(value, self._definition)
        if keyword == "anyOf":
            return [Way((one,)) for one in value]
        if keyword == "oneOf":
            return [
                Way((one, *({"not": other} for number, other in enumerate(value) if number != index)))
                for index, one in enumerate(value)
            ]
        then, otherwise = schema.get("then", True), schema.get("else", True)
        if then is True and otherwise is True:
            return [Way()]
        return [Way(({"not": value}, otherwise)), Way((value, then))]


def _add(fork: _Fork, forks: list[_Fork]) -> None:
    """Add a fork to others; where one of them has the same condition, both are one choice."""
    for number, other in enumerate(forks):
        if fork.condition is not None and fork.condition == other.condition:
            rules = [each.rule for each in (other, fork)]
            both = {name: {"allOf": [rule.get(name, True) for rule in rules]} for name in ("then", "else")}
            ways = [
                Way(one.compose + two.compose, one.checks + two.checks)
                for one, two in zip(other.ways, fork.ways, strict=True)
            ]
            forks[number] = _Fork({"if": fork.rule["if"], **both}, ways, fork.condition)
            return
    forks.append(fork)


def _refused_outright(facts: Facts, keyword: str, value: Any) -> Facts | None:
    """Return `facts` without what ``not`` refuses, if that needs no choice."""
    if keyword == "not" and isinstance(value, Mapping) and len(value) == 1:
        if "type" in value:
            return facts.refusing(value["type"])
        if KNOWN_REFUSALS.issuperset(value):
            return facts.with_checks(({"not": value},))
    return None


_TOGETHER = {"not": ("not",), "if": ("if", "then", "else"), "anyOf": ("anyOf",), "oneOf": ("oneOf",)}
