"""The decision: each rule of the wide schema at its place, and the whole where places do not decide."""

from functools import cached_property
from typing import Any

from notify_contracts._comparison.inclusion.allowed import Allowed
from notify_contracts._comparison.inclusion.effort import Effort, UndecidedError
from notify_contracts._comparison.inclusion.findings import Doubt, Gap, Inclusion
from notify_contracts._comparison.inclusion.formulas import Formula, every
from notify_contracts._comparison.inclusion.places import Place
from notify_contracts._comparison.inclusion.rules import Rule, Walk
from notify_contracts._comparison.inclusion.scalars import NOTHING
from notify_contracts._comparison.inclusion.solving import ABSENT, Formulas, Solver
from notify_contracts._schema import pointer_text

_ENGINES_DIFFER = "the engines do not say the same of the value that was found"
_ORDINARY: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 0.5, 10**6, "", "a", "A-1", "2026-01-01"),
    *([], ["a"], ["a", "a"], {}, {"a": "a"}),
)
_HEAVIEST = 300_000
_TOO_DEEP = "the schemas are nested too deeply"


def inclusion(narrow: Allowed, wide: Allowed, *, base: Any = None, seconds: float = 1.0) -> Inclusion:
    """Return where `narrow` allows what `wide` refuses, where that is not decided, or neither: then it is proved.

    There is one gap for each place and rule that differs. `base` is a value that `narrow` allows, such as an example:
    what is found is put into it, so that witnesses look ordinary. What is not decided after about `seconds` is a doubt.
    Raise CatalogError for a schema that engines are not given.
    """
    decision = _Decision(narrow, wide, ABSENT if base is None else base, Effort(seconds))
    try:
        decision.decide()
    except (RecursionError, UndecidedError) as error:
        decision.doubt("", str(error) if isinstance(error, UndecidedError) else _TOO_DEEP)
    return Inclusion(tuple(decision.gaps.values()), tuple(decision.doubts.values()))


class _Decision:
    """What is found while the rules of the wide schema are gone through."""

    def __init__(self, narrow: Allowed, wide: Allowed, base: Any, effort: Effort) -> None:
        self._narrow, self._wide, self._base = narrow, wide, base
        self._solver = Solver(effort)
        self._memory = self._solver.memory
        self._memory.hold(base)
        self.gaps: dict[tuple[str, str], Gap] = {}
        self.doubts: dict[str, Doubt] = {}

    def decide(self) -> None:
        """Go through all rules."""
        if self._narrow.formula is self._wide.formula:
            return
        if max(self._narrow.formula.weight, self._wide.formula.weight) > _HEAVIEST:
            raise UndecidedError("there is too much to look at")
        root = Place((), frozenset(), frozenset((self._narrow.formula,)))
        broken: dict[tuple[Place, int], set[Formula]] = {}
        walk = Walk(self._wide.compiler)
        for rule in walk.referred(root, self._wide.uri, self._wide.uri):
            above = broken.setdefault((rule.place, rule.group), set())
            if not self._is_kept(rule, frozenset(above)):
                above.add(rule.stated)
                walk.broken += 1

    def doubt(self, pointer: str, reason: str) -> None:
        """Note that a place is not decided."""
        self.doubts.setdefault(pointer, Doubt(pointer, reason, self._solver.effort.tried))

    def _is_kept(self, rule: Rule, above: Formulas) -> bool:
        """Return whether whatever the narrow schema allows keeps a rule; what breaks one of those `above` is known."""
        asked = frozenset((rule.denied, *(above if rule.is_of_value else ())))
        try:
            found = self._solver.value(rule.place.keeping | asked, self._liked(rule.place, asked))
            if found is NOTHING:
                return True
        except UndecidedError:
            found = ABSENT
        try:
            witness = self._whole(rule.place, asked, found)
        except (UndecidedError, RecursionError) as error:
            witness = self._tried(rule.place, asked)
            if witness is NOTHING:
                reason = str(error) if isinstance(error, UndecidedError) else _TOO_DEEP
                self.doubt(pointer_text(rule.place.fixed), reason)
                return True
        if witness is NOTHING:
            return True
        self._judge(rule, witness)
        return False

    def _liked(self, place: Place, asked: Formulas) -> Any:
        """Return the value that an answer should be like: the base's, if it is one, else an ordinary one."""
        of_base = place.of(self._base)
        if of_base is not ABSENT and self._memory.keeps(of_base, place.keeping | asked):
            return of_base
        return place.of(self._ordinary)

    def _whole(self, place: Place, asked: Formulas, found: Any) -> Any:
        """Return a whole value that the narrow schema allows and that keeps what is asked for at a place."""
        together = frozenset((self._narrow.formula, place.whole(every(asked))))
        if found is not ABSENT and self._ordinary is not ABSENT:
            candidate = place.put(self._ordinary, found)
            if candidate is not ABSENT and self._memory.keeps(candidate, together):
                return candidate
        return self._solver.value(together, self._ordinary)

    def _tried(self, place: Place, asked: Formulas) -> Any:
        """Return a whole value as `_whole` does, found by trying some ordinary ones; NOTHING where none does."""
        together = frozenset((self._narrow.formula, place.whole(every(asked))))
        here = place.keeping | asked
        for value in (each for each in _ORDINARY if self._memory.keeps(each, here)):
            self._solver.effort.tried += 1
            whole = place.put(self._ordinary, value)
            if whole is not ABSENT and self._memory.keeps(whole, together):
                return whole
        return NOTHING

    @cached_property
    def _ordinary(self) -> Any:
        """What both schemas allow, like the base, or else what the narrow one does."""
        for formulas in ((self._narrow.formula, self._wide.formula), (self._narrow.formula,)):
            try:
                found = self._solver.value(frozenset(formulas), self._base)
            except (UndecidedError, RecursionError):
                continue
            if found is not NOTHING:
                self._memory.hold(found)
                return found
        return self._base

    def _judge(self, rule: Rule, witness: Any) -> None:
        pointer = pointer_text(rule.pointer(witness))
        self._solver.effort.tried += 1
        if self._narrow.opinions(witness) == {True} and self._wide.opinions(witness) == {False}:
            self.gaps.setdefault((pointer, rule.keyword), Gap(pointer, rule.keyword, witness))
        else:
            self.doubt(pointer, _ENGINES_DIFFER)
