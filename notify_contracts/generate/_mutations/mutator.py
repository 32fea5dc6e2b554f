"""The mutator finds, for a contract and a notification that keeps it, all ways to break one rule at one place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from notify_contracts._schema import Pointer, Validator, additional_names, pointer_text
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Contract
from notify_contracts.generate._mutations.breaking import BREAKS, breaks, canonical
from notify_contracts.generate._mutations.candidates import KINDS, STRANGE_NAMES, candidates
from notify_contracts.generate._mutations.conditions import ConditionChange, condition_changes
from notify_contracts.generate._mutations.mutation import Mutation, Replacing, dotted, replaced
from notify_contracts.generate._mutations.pruning import absolute, compiled, pruned
from notify_contracts.generate._mutations.sites import Path, Site, sites
from notify_contracts.model import Violation

_MOST_VALIDATORS = 256  # that are kept; a contract of ours has fewer than 100 sets of rules that break together

MOST_CHOICES = 8
"""How many variants one mutation offers at most."""

_CONTRACT_ATTRIBUTES = (("event_type",), ("priority",))
"""The attributes that choose the contract: where one is broken, only the envelope is checked."""

_PAYLOAD = ("payload",)
_EVENT_TYPE = ("event_type",)
_BREAKABLE_OF_EVENT_TYPE = ("type", "required")  # any other text is, first of all, an unknown event

_BRANCHES = frozenset(("then", "else"))

_Key = tuple[Pointer, str]

Choose = Callable[[Sequence[Any]], Any]
"""Picks one of several: ``random.choice``, or ``lambda options: draw(sampled_from(options))``."""


class Stated(NamedTuple):
    """A keyword that applies to a value, and what to cut from the contract to be rid of it.

    Where it applies only because of a `condition_change`, that change is the one way to break it here.
    """

    keyword: str
    site: Site
    cut: Path
    condition_change: ConditionChange | None = None

    @property
    def argument(self) -> Any:
        """The value of the keyword in the schema."""
        return self.site.schema[self.keyword]


IsAsked = Callable[[Pointer, Sequence[Stated]], bool]
"""Tells whether ways to break what is stated are asked for; the pointer is that of the violation."""


class Mutator:
    """Breaks notifications of one contract; what it has compiled for one notification serves the next.

    Raise CatalogError for a contract that engines are not given.
    """

    def __init__(self, contract: Contract) -> None:
        _ = contract.validator  # what it may be compiled with, each part of it may be, and it without a rule
        self._contract = contract
        self._payloads = tuple(_payloads_of_other_priorities(contract))
        self._validator_without = lru_cache(_MOST_VALIDATORS)(self._rest_without)
        self._subschemas: dict[tuple[str, int], Validator] = {}

    def mutations(
        self, envelope: Mapping[str, Any], is_asked: IsAsked = lambda _pointer, _rules: True
    ) -> tuple[Mutation[dict[str, Any]], ...]:
        """Return every way to break one rule of the contract in `envelope`, which keeps it, by place and keyword.

        `is_asked` leaves out, before they are worked out, the ways to break what it does not ask for. They announce the
        rule that is being broken, and do not ask a checker about the result. Nothing else is broken, for the contract
        less this rule accepts the result.
        """
        rules = self._rules(envelope)
        asked = [key for key, stated in rules.items() if is_asked(key[0], stated)]
        return tuple(way for key in asked for way in self._mutations_of(envelope, key, rules))

    def mutation(
        self, envelope: Mapping[str, Any], choose: Choose, ignores: frozenset[str] = frozenset()
    ) -> Mutation[dict[str, Any]] | None:
        """Return one of `mutations`, without working out the others: first a rule is chosen, then a way to break it.

        `ignores` names rules that are left alone, by the keyword or the kind of their violations. None where no rule
        is left that could be broken.
        """
        rules = self._rules(envelope)
        left = [key for key in rules if ignores.isdisjoint(_names(key))] if ignores else list(rules)
        while left:
            key = choose(tuple(left))
            if ways := tuple(self._mutations_of(envelope, key, rules)):
                chosen: Mutation[dict[str, Any]] = choose(ways)
                return chosen
            left.remove(key)
        return None

    def _rules(self, envelope: Mapping[str, Any]) -> dict[_Key, list[Stated]]:
        rules: dict[_Key, list[Stated]] = {}
        for site in sites(self._contract, envelope, self._holds):
            for key, rule in _rules(site):
                rules.setdefault(key, []).append(rule)
            for change in condition_changes(self._contract, site, self._holds):
                for site_of_branch in change.sites:
                    for key, rule in _rules(site_of_branch):
                        rules.setdefault(key, []).append(rule._replace(condition_change=change))
        return rules

    def _mutations_of(
        self, envelope: Mapping[str, Any], key: _Key, rules: Mapping[_Key, list[Stated]]
    ) -> Iterator[Mutation[dict[str, Any]]]:
        pointer, keyword = key
        if pointer == _EVENT_TYPE and keyword not in _BREAKABLE_OF_EVENT_TYPE:
            return
        if pointer in _CONTRACT_ATTRIBUTES and keyword == "const":
            return
        cuts = frozenset(rule.cut for other in _absorbed_with(key) for rule in rules.get(other, ()))
        conditions = (rule.condition_change.place for rule in rules[key] if rule.condition_change)
        rest = self._validator_without(cuts, frozenset((pointer, *conditions)))
        choices: dict[tuple[str, Pointer], dict[object, Any]] = {}
        for rule in rules[key]:
            for words, value in self._breaking_values(rule, pointer):
                place = rule.condition_change.place if rule.condition_change else rule.site.place
                way = choices.setdefault((words, place), {})
                if len(way) == MOST_CHOICES:
                    continue
                edited = replaced(envelope, place, value)
                if rest.is_valid(edited) and self._applies(rule.site, edited):
                    way.setdefault(canonical(value), value)
        for (words, place), values in choices.items():
            if values:
                said = printable(f"{dotted(pointer)} {words}")
                replacing, broken = Replacing(envelope, place), tuple(rule.cut for rule in rules[key])
                yield Mutation(said, pointer_text(pointer), keyword, tuple(values.values()), replacing, broken)

    def _breaking_values(self, rule: Stated, pointer: Pointer) -> Iterator[tuple[str, Any]]:
        """Yield values that break the rule when they stand at the rule's site, each with a description."""
        keeps = partial(self._holds, rule.site.base)
        if rule.condition_change:
            if rule.keyword in BREAKS and breaks(rule.keyword, rule.argument, keeps)(rule.site.value):
                yield f"contradicts {dotted(rule.condition_change.place)}", rule.condition_change.value
        elif rule.keyword == "required":
            yield "is missing", {name: value for name, value in rule.site.value.items() if name != pointer[-1]}
        elif rule.keyword == "additionalProperties":
            for examples in KINDS.values():
                yield "is there, though nothing declares it", {**rule.site.value, pointer[-1]: examples[-1]}
        else:
            made = candidates(rule.keyword, rule.site.schema, rule.site.value)
            is_broken_by = breaks(rule.keyword, rule.argument, keeps)
            for words, value in chain(self._payloads if rule.site.place == _PAYLOAD else (), made):
                is_notification = rule.site.place or isinstance(value, Mapping)
                if is_notification and is_broken_by(value):
                    yield words, value

    def _applies(self, site: Site, edited: Mapping[str, Any]) -> bool:
        """Return whether the schema of `site` still applies: a value may be what the condition above it asks for."""
        if not _BRANCHES.intersection(site.path):
            return True
        return any(
            (each.place, each.path) == (site.place, site.path) for each in sites(self._contract, edited, self._holds)
        )

    def _holds(self, base: str, schema: Mapping[str, Any], value: Any) -> bool:
        key = base, id(schema)
        if key not in self._subschemas:
            self._subschemas[key] = compiled(self._contract.documents, absolute(base, schema))
        return self._subschemas[key].is_valid(value)

    def _rest_without(self, cuts: frozenset[Path], changed: frozenset[Pointer]) -> Validator:
        contract = self._contract
        schema = pruned(contract.documents, contract.uri, contract.schema, cuts, changed)
        return compiled(contract.documents, schema)


def _rules(site: Site) -> Iterator[tuple[_Key, Stated]]:
    """Yield the rules that a schema object states for a value, each with the pointer and keyword it is reported by."""
    schema = site.schema
    for keyword in filter(BREAKS.__contains__, schema):
        yield (site.place, keyword), Stated(keyword, site, (*site.path, keyword))
    if not isinstance(site.value, Mapping):
        return
    for name in schema.get("required", ()):
        yield ((*site.place, name), "required"), Stated("required", site, (*site.path, "required", name))
    if schema.get("additionalProperties") is False:
        names = (*STRANGE_NAMES, *(name.swapcase() for name in list(site.value)[:1]))
        for name in additional_names(schema, dict.fromkeys(names)):
            key = (*site.place, name), "additionalProperties"
            yield key, Stated("additionalProperties", site, (*site.path, "additionalProperties"))


def _payloads_of_other_priorities(contract: Contract) -> Iterator[tuple[str, Any]]:
    """Yield, with words, the payloads of the event type's examples at the other priorities."""
    schemas = contract.documents(urldefrag(contract.uri)[0])["$defs"]
    for priority in (each for each in schemas if each != contract.priority):
        examples = schemas[priority].get("examples", ()) if isinstance(schemas[priority], Mapping) else ()
        yield from ((f"is that of {priority}", example["payload"]) for example in examples if "payload" in example)


def _names(key: _Key) -> tuple[str, str]:
    violation = Violation(pointer_text(key[0]), key[1], "")
    return violation.keyword, violation.kind


def _absorbed_with(key: _Key) -> tuple[_Key, ...]:
    """Return the rules at one place whose breaking is one mistake: a wrong type absorbs all, a constant its enum."""
    pointer, keyword = key
    absorbed: dict[str, tuple[str, ...]] = {"type": tuple(BREAKS), "const": ("enum",)}
    chosen_by = ("const",) if pointer in _CONTRACT_ATTRIBUTES else ()
    return tuple((pointer, each) for each in {keyword, *absorbed.get(keyword, ()), *chosen_by})
