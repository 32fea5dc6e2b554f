"""An array that keeps some formulas."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from notify_contracts._comparison.inclusion.effort import UndecidedError
from notify_contracts._comparison.inclusion.equality import is_among
from notify_contracts._comparison.inclusion.formulas import (
    TRUE,
    Count,
    Distinct,
    Formula,
    ItemAt,
    Items,
    SomeItem,
)
from notify_contracts._comparison.inclusion.scalars import NOTHING

if TYPE_CHECKING:
    from notify_contracts._comparison.inclusion.solving import Formulas, Solver
from notify_contracts._schema import same

_LONGEST = 2_000
_MOST_DIFFERENT = 60


def array(solver: "Solver", literals: list[Formula], liked: Any) -> Any:
    """Return an array that keeps `literals`, like `liked`; NOTHING where there is none."""
    return _Arrays(solver, literals, liked if isinstance(liked, list | tuple) else []).found()


class _Arrays:
    """The arrays that keep some formulas."""

    def __init__(self, solver: "Solver", literals: list[Formula], liked: Any) -> None:
        self._solver, self._liked = solver, liked
        rules = [literal.rule for literal in literals]
        self._items = [rule for rule in rules if isinstance(rule, Items)]
        self._at = [rule for rule in rules if isinstance(rule, ItemAt)]
        self._wanted = [rule for rule in rules if isinstance(rule, SomeItem)]
        distinct = {rule.positive for rule in rules if isinstance(rule, Distinct)}
        self._is_unique, self._has_equal = True in distinct, False in distinct
        counts = [rule for rule in rules if isinstance(rule, Count)]
        self._least = max([rule.least for rule in counts] + [rule.position + 1 for rule in self._at], default=0)
        self._most = min((rule.most for rule in counts if rule.most is not None), default=None)
        starts = [rule.start for rule in self._wanted]
        self._alike_from = max([len(rule.prefix) for rule in self._items] + starts, default=0)

    def found(self) -> Any:
        """Return one of them, NOTHING where there is none."""
        if self._is_unique and self._has_equal:
            return NOTHING
        if self._least > _LONGEST:
            raise UndecidedError("only very long arrays could show it")
        return self._solver.first(self._of_length(length) for length in self._lengths())

    def _lengths(self) -> list[int]:
        more = len(self._wanted) + 2 * self._has_equal
        longest = max(self._least, self._alike_from) + more
        lengths = [*range(self._least, longest + 1)]
        if len(self._liked) >= self._least:
            lengths.insert(0, len(self._liked))
        return [length for length in dict.fromkeys(lengths) if self._most is None or length <= self._most]

    def _of_length(self, length: int) -> Iterator[Any]:
        more: dict[int, Formulas] = {}
        for rule in self._at:
            more[rule.position] = more.get(rule.position, frozenset()) | {rule.formula}
        for placed in self._with_wanted(length, more, 0):
            yield from self._with_values(length, placed)

    def _with_wanted(
        self, length: int, more: "Mapping[int, Formulas]", number: int
    ) -> "Iterator[Mapping[int, Formulas]]":
        """Yield what items keep beside what all do, with those that must be somewhere, from that number on."""
        self._solver.effort.step()
        if number == len(self._wanted):
            yield more
            return
        wanted = self._wanted[number]
        alike = self._alike_from + len(self._wanted) + len(self._at)
        beyond = (rule.position for rule in self._at if alike <= rule.position < length)
        for index in (*range(wanted.start, min(length, alike)), *beyond):
            placed = {**more, index: more.get(index, frozenset()) | {wanted.formula}}
            if self._solver.value(self._needs(index, placed)) is not NOTHING:
                yield from self._with_wanted(length, placed, number + 1)

    def _needs(self, index: int, more: "Mapping[int, Formulas]") -> "Formulas":
        return (frozenset(rule.of(index) for rule in self._items) | more.get(index, frozenset())) - {TRUE}

    def _with_values(self, length: int, more: "Mapping[int, Formulas]") -> Iterator[Any]:
        needs = [self._needs(index, more) for index in range(length)]
        if self._has_equal:
            yield from self._with_equal(needs)
        elif self._is_unique:
            yield self._unique(needs)
        else:
            yield self._any(needs)

    def _any(self, needs: "list[Formulas]") -> Any:
        values = []
        for index, formulas in enumerate(needs):
            liked = (self._liked[index],) if index < len(self._liked) else ()
            values.append(self._solver.value(formulas, *liked))
            if values[-1] is NOTHING:
                return NOTHING
        return values

    def _with_equal(self, needs: "list[Formulas]") -> Iterator[Any]:
        """Yield arrays of which two items are equal."""
        telling = range(min(len(needs), self._alike_from + len(self._wanted) + len(self._at) + 2))
        for one, other in combinations(telling, 2):
            both = self._solver.value(needs[one] | needs[other])
            values = self._any(needs) if both is not NOTHING else NOTHING
            if values is not NOTHING:
                values[one] = values[other] = both
                yield values

    def _unique(self, needs: "list[Formulas]") -> Any:
        """Return values that differ from each other: the first that do, else by trying which goes where."""
        count = len(needs)
        if count > _MOST_DIFFERENT:
            raise UndecidedError("only long arrays of different items could show it")
        values = self._any(needs)
        if values is NOTHING or not any(same(one, other) for one, other in combinations(values, 2)):
            return values
        options: dict[Formulas, list[Any]] = {}
        for formulas in needs:
            if formulas not in options:
                options[formulas] = list(self._solver.differing(formulas, count))
        return self._matched([options[formulas] for formulas in needs])

    def _matched(self, options: list[list[Any]]) -> Any:
        """Return one option of each, all different; NOTHING where that cannot be."""
        values: list[Any] = []
        for each in options:
            values += [value for value in each if not is_among(value, values)]
        by_place = [{index for index, value in enumerate(values) if is_among(value, each)} for each in options]
        holder: dict[int, int] = {}

        def settle(place: int, tried: set[int]) -> bool:
            for index in by_place[place] - tried:
                tried.add(index)
                if index not in holder or settle(holder[index], tried):
                    holder[index] = place
                    return True
            return False

        if not all(settle(place, set()) for place in range(len(options))):
            return NOTHING
        return [values[index] for index, _ in sorted(holder.items(), key=lambda pair: pair[1])]
