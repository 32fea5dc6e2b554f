"""A value that keeps some formulas, or that there is none: by kinds, then by what is open between alternatives."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from notify_contracts._comparison.inclusion.arrays import array
from notify_contracts._comparison.inclusion.effort import DEEPEST, Effort, ExhaustedError, UndecidedError
from notify_contracts._comparison.inclusion.formulas import FALSE, And, Formula, Later, OneOf, Or, of_kinds
from notify_contracts._comparison.inclusion.kinds import (
    ALL_KINDS,
    ARRAY,
    BOOLEAN,
    NULL,
    NUMBER,
    OBJECT,
    SINGLE_KINDS,
    TEXT,
    kind_of,
)
from notify_contracts._comparison.inclusion.objects import object_
from notify_contracts._comparison.inclusion.plain import constant
from notify_contracts._comparison.inclusion.satisfying import Memory, satisfies
from notify_contracts._comparison.inclusion.scalars import NOTHING, Numbers, texts

ABSENT: Any = object()
"""There is no value that would be liked best."""

Formulas = frozenset[Formula]


class Parted(NamedTuple):
    """Formulas taken apart: the kinds that there may be, what must be kept, and what is open between alternatives."""

    kinds: int
    literals: list[Formula]
    open: list[Formula]
    all: frozenset[Formula]


@lru_cache(maxsize=1024)
def parted(formulas: Formulas) -> Parted:
    """Take formulas apart, and leave out of alternatives those of a kind that cannot be."""
    kinds, found = ALL_KINDS, dict[Formula, None]()
    waiting = list(formulas)
    while waiting:
        while waiting:
            formula = waiting.pop()
            if isinstance(formula.rule, And):
                waiting += formula.rule.parts
            elif isinstance(formula.rule, Later):
                compiler, uri, positive = formula.rule
                waiting.append(compiler.begun(uri, positive=positive))
            elif formula not in found:
                found[formula] = None
                kinds &= formula.kinds
        for formula in [each for each in found if isinstance(each.rule, Or)]:
            parts = [part for part in formula.any_of if part.kinds & kinds]
            if len(parts) < 2:  # noqa: PLR2004 - no alternative is left
                del found[formula]
                waiting += parts or [FALSE]
                if not parts:
                    return Parted(0, [], [], frozenset())
    literals = [formula for formula in found if not isinstance(formula.rule, Or)]
    return Parted(kinds, literals, [formula for formula in found if isinstance(formula.rule, Or)], frozenset(found))


class Solver:
    """What finds values; what was found once is remembered."""

    def __init__(self, effort: Effort) -> None:
        self.effort = effort
        self.memory = Memory()
        self._known: dict[Formulas, Any] = {}
        self._above: dict[Formulas, int] = {}
        self._relied_on = len(self._above)

    def value(self, formulas: Formulas, liked: Any = ABSENT) -> Any:
        """Return a value that keeps all `formulas`, like `liked` where that can be; NOTHING where there is none.

        Raise UndecidedError where neither is known.
        """
        self.effort.step()
        if liked is not ABSENT and self.memory.keeps(liked, formulas):
            return liked
        known = self._known.get(formulas, ABSENT)
        if known is not ABSENT and (known is NOTHING or liked is ABSENT or kind_of(known) not in (ARRAY, OBJECT)):
            return known
        if formulas in self._above:
            # The smallest value has no other within it that does as well.
            self._relied_on = min(self._relied_on, self._above[formulas])
            return NOTHING
        return self._begun(formulas, liked)

    def _begun(self, formulas: Formulas, liked: Any) -> Any:
        if len(self._above) >= DEEPEST:
            raise UndecidedError("only deeply nested values could show it")
        depth = self._above[formulas] = len(self._above)
        relied_before, self._relied_on = self._relied_on, depth
        try:
            found = self._sought(formulas, liked)
        finally:
            del self._above[formulas]
            relied, self._relied_on = self._relied_on, min(relied_before, self._relied_on)
        if found is not NOTHING or relied >= depth:
            self._known[formulas] = found
        return found

    def differing(self, formulas: Formulas, count: int) -> Iterator[Any]:
        """Yield up to `count` different values that keep `formulas`, and fewer only where there are no more."""
        for _ in range(count):
            found = self.value(formulas)
            if found is NOTHING:
                return
            yield found
            formulas |= {constant(found, positive=False)}

    def first(self, ways: Iterable[Iterable[Any]]) -> Any:
        """Return the first value that comes of a way, NOTHING if none does; one that is undecided hinders no other."""
        doubt: UndecidedError | None = None
        for way in ways:
            try:
                for found in way:
                    if found is not NOTHING:
                        return found
            except ExhaustedError:
                raise
            except UndecidedError as error:
                doubt = error
        if doubt is not None:
            raise doubt
        return NOTHING

    def _sought(self, formulas: Formulas, liked: Any) -> Any:
        kinds, literals, alternatives, _ = parted(formulas)
        listed = [formula.rule.values for formula in literals if isinstance(formula.rule, OneOf)]
        if listed:
            fewest = min(listed, key=len)
            return next((value for value in fewest if self._keeps(value, formulas)), NOTHING)
        liked_kind = 0 if liked is ABSENT else kind_of(liked)
        order = sorted((kind for kind in SINGLE_KINDS if kind & kinds), key=lambda kind: kind != liked_kind)
        return self.first(self._of_kind(kind, literals, alternatives, liked) for kind in order)

    def _keeps(self, value: Any, formulas: Formulas) -> bool:
        self.effort.step()
        return all(satisfies(value, each) for each in formulas)

    def _of_kind(self, kind: int, literals: list[Formula], alternatives: list[Formula], liked: Any) -> Iterator[Any]:
        """Yield a value of one kind, or none; first without what is open, which is looked at where it was not met."""
        found = ABSENT
        try:
            found = self._plain(kind, literals, liked)
        except ExhaustedError:
            raise
        except UndecidedError:
            if not alternatives:
                raise
        if found is NOTHING:
            return
        unmet = [each for each in alternatives if found is ABSENT or not satisfies(found, each)]
        if not unmet:
            yield found
            return
        chosen = min(unmet, key=lambda each: len(each.any_of))
        rest = frozenset((*literals, *(each for each in alternatives if each is not chosen), of_kinds(kind)))
        yield self.first(self._with(rest, part, liked) for part in chosen.any_of if part.kinds & kind)

    def _with(self, rest: Formulas, part: Formula, liked: Any) -> Iterator[Any]:
        yield self.value(rest | {part}, liked)

    def _plain(self, kind: int, literals: list[Formula], liked: Any) -> Any:
        if kind in (NULL, BOOLEAN):
            options = (None,) if kind == NULL else (False, True)
            return next((one for one in options if all(satisfies(one, each) for each in literals)), NOTHING)
        if kind == NUMBER:
            return Numbers(literals).found()
        if kind == TEXT:
            return next(texts(literals), NOTHING)
        make = array if kind == ARRAY else object_
        return make(self, literals, liked if kind_of(liked) == kind else ABSENT)
