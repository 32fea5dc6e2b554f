"""An object that keeps some formulas."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from notify_contracts._comparison.inclusion.effort import ExhaustedError, UndecidedError
from notify_contracts._comparison.inclusion.formulas import (
    TRUE,
    Formula,
    Has,
    Lacks,
    Names,
    NotOneOf,
    Properties,
    Size,
    SomeProperty,
    Text,
    made,
    of_kinds,
)
from notify_contracts._comparison.inclusion.kinds import TEXT
from notify_contracts._comparison.inclusion.satisfying import needs, satisfies
from notify_contracts._comparison.inclusion.scalars import NOTHING

if TYPE_CHECKING:
    from notify_contracts._comparison.inclusion.solving import Formulas, Solver

_MOST_PATTERNS = 6
_MOST_PROPERTIES = 2_000


def object_(solver: "Solver", literals: list[Formula], liked: Any) -> Any:
    """Return an object that keeps `literals`, like `liked`; NOTHING where there is none."""
    return _Objects(solver, literals, liked if isinstance(liked, Mapping) else {}).found()


class _Objects:
    """The objects that keep some formulas."""

    def __init__(self, solver: "Solver", literals: list[Formula], liked: Mapping[str, Any]) -> None:
        self._solver, self._liked = solver, liked
        rules = [literal.rule for literal in literals]
        self._each = [(each, each.rule) for each in literals if isinstance(each.rule, Properties)]
        self._names = [rule.formula for rule in rules if isinstance(rule, Names)]
        self._lacking = {rule.name for rule in rules if isinstance(rule, Lacks)}
        self._has: dict[str, Formulas] = {}
        for rule in rules:
            if isinstance(rule, Has):
                self._has[rule.name] = self._has.get(rule.name, frozenset()) | {rule.formula}
        self._wanted = [rule for rule in rules if isinstance(rule, SomeProperty)]
        sizes = [rule for rule in rules if isinstance(rule, Size)]
        self._least = max((rule.least for rule in sizes), default=0)
        self._most = min((rule.most for rule in sizes if rule.most is not None), default=None)
        self._patterns = sorted({pattern for _, rule in self._each for pattern, _ in rule.patterns})
        self._stated = sorted({name for _, rule in self._each for name, _ in rule.named} | self._has.keys())

    def found(self) -> Any:
        """Return one of them, NOTHING where there is none."""
        if self._most is not None and (self._least > self._most or len(self._has) > self._most):
            return NOTHING
        if self._least > _MOST_PROPERTIES:
            raise UndecidedError("only very large objects could show it")
        if not all(self._may_have(name) for name in self._has):
            return NOTHING
        made_of: dict[str, Any] = {}
        for name, more in self._has.items():
            made_of[name] = self._value(name, more)
            if made_of[name] is NOTHING:
                return NOTHING
        return self._solver.first(self._filled(each) for each in self._with_wanted(made_of, self._has, 0))

    def _may_have(self, name: str) -> bool:
        return name not in self._lacking and all(satisfies(name, formula) for formula in self._names)

    def _value(self, name: str, more: "Formulas") -> Any:
        """Return a value for the property `name`."""
        formulas = frozenset(need for each, rule in self._each for need in needs(each, rule, name)) | more
        if name in self._liked:
            return self._solver.value(formulas - {TRUE}, self._liked[name])
        return self._solver.value(formulas - {TRUE})

    def _with_wanted(
        self, made_of: dict[str, Any], has: Mapping[str, "Formulas"], number: int
    ) -> Iterator[dict[str, Any]]:
        """Yield objects with the properties that must be somewhere, from the one of that number on."""
        if self._most is not None and len(made_of) > self._most:
            return
        if number == len(self._wanted):
            yield made_of
            return
        wanted = self._wanted[number]
        if any(satisfies(name, wanted.name) and satisfies(value, wanted.value) for name, value in made_of.items()):
            yield from self._with_wanted(made_of, has, number + 1)
        for name, more in self._places_for(wanted, made_of, has):
            value = self._value(name, more)
            if value is not NOTHING:
                yield from self._with_wanted(made_of | {name: value}, {**has, name: more}, number + 1)

    def _places_for(
        self, wanted: SomeProperty, made_of: Mapping[str, Any], has: Mapping[str, "Formulas"]
    ) -> "Iterator[tuple[str, Formulas]]":
        known = [name for name in (*self._liked, *self._stated) if name not in made_of and self._may_have(name)]
        for name in dict.fromkeys(known):
            if satisfies(name, wanted.name):
                yield name, frozenset((wanted.value,))
        others = [each.name for each in self._wanted if each is not wanted]
        for size in range(len(others) + 1):
            # A name may have to be one that others are looked for by, too, and others may need the first that is found.
            for together in combinations(others, size):
                for name in self._new_names([wanted.name, *together], {*made_of, *known}, 1 + len(others)):
                    yield name, frozenset((wanted.value,))
        for name in made_of:
            if satisfies(name, wanted.name):
                yield name, has.get(name, frozenset()) | {wanted.value}

    def _new_names(self, keeping: list[Formula], taken: set[str], count: int) -> Iterator[str]:
        """Yield names that no formula states: up to `count` for each way in which patterns speak of them."""
        not_these = tuple(sorted({*taken, *self._stated, *self._lacking}))
        others = [made(NotOneOf(not_these))] if not_these else []
        for signs in self._ways_of_patterns():
            way = frozenset((*keeping, *self._names, of_kinds(TEXT), *signs, *others))
            yield from self._solver.differing(way, count)

    def _ways_of_patterns(self) -> Iterator[tuple[Formula, ...]]:
        if len(self._patterns) > _MOST_PATTERNS:
            raise UndecidedError("too many patterns speak of names")
        for signs in product((False, True), repeat=len(self._patterns)):
            pairs = zip(self._patterns, signs, strict=True)
            yield tuple(made(Text(pattern, positive)) for pattern, positive in pairs)

    def _filled(self, made_of: dict[str, Any]) -> Iterator[Any]:
        """Yield `made_of` with what is liked of other properties, and with as many as there must be."""
        made_of, doubt = dict(made_of), None
        for name in dict.fromkeys((*self._liked, *self._stated)):
            enough = len(made_of) >= self._least and name not in self._liked
            if name in made_of or enough or not self._may_have(name) or len(made_of) == self._most:
                continue
            try:
                value = self._value(name, frozenset())
            except ExhaustedError:
                raise
            except UndecidedError as error:
                doubt, value = error, NOTHING
            if value is not NOTHING:
                made_of[name] = value
        if len(made_of) < self._least:
            self._add_new_names(made_of)
        if len(made_of) < self._least and doubt is not None:
            raise doubt
        if len(made_of) < self._least:
            yield NOTHING
        else:
            names = dict.fromkeys((*self._liked, *self._stated, *made_of))  # in one order, whatever the seed of hashes
            yield {name: made_of[name] for name in names if name in made_of}

    def _add_new_names(self, made_of: dict[str, Any]) -> None:
        for signs in self._ways_of_patterns():
            not_these = tuple(sorted({*made_of, *self._stated, *self._lacking}))
            others = [made(NotOneOf(not_these))] if not_these else []
            way = frozenset((*self._names, of_kinds(TEXT), *signs, *others))
            for name in self._solver.differing(way, self._least - len(made_of)):
                value = self._value(name, frozenset())
                if value is NOTHING:
                    break
                made_of[name] = value
