"""A number, or a text, that keeps some formulas."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, count, islice
from math import ceil, floor, lcm
from typing import Any

from notify_contracts._comparison.inclusion.effort import UndecidedError
from notify_contracts._comparison.inclusion.equality import is_among, written
from notify_contracts._comparison.inclusion.formulas import (
    AtLeast,
    AtMost,
    Format,
    Formula,
    Length,
    Multiple,
    NotOneOf,
    Text,
)
from notify_contracts._comparison.inclusion.languages import language
from notify_contracts._schema import FORMATS, LANGUAGES

NOTHING: Any = object()
"""There is no value."""

_MOST_TRIED = 2_000
_MOST_WORDS = 300
_LONGEST = 50_000


def texts(literals: list[Formula]) -> Iterator[str]:
    """Yield texts that keep `literals`, if there are any, the shortest first; raise UndecidedError for vain search."""
    rules = [literal.rule for literal in literals]
    least = max((rule.least for rule in rules if isinstance(rule, Length)), default=0)
    most = min((rule.most for rule in rules if isinstance(rule, Length) and rule.most is not None), default=None)
    if most is not None and least > most:
        return
    if least > _LONGEST:
        raise UndecidedError("only very long texts could show it")
    formats = {(rule.name, rule.positive) for rule in rules if isinstance(rule, Format)}
    if any((name, not positive) in formats for name, positive in formats):
        return
    not_these = {value for rule in rules if isinstance(rule, NotOneOf) for value in rule.values if value is not None}
    patterns = sorted({(rule.pattern, rule.positive) for rule in rules if isinstance(rule, Text)})
    narrowed = [(LANGUAGES[name].surely, True) for name, positive in formats if positive]
    for first_try in ([*patterns, *narrowed], patterns) if narrowed else (patterns,):
        in_vain = 0
        for word in language(tuple(first_try)).words(least, most):
            if word not in not_these and all(FORMATS[name](word) == positive for name, positive in formats):
                yield word
            elif word not in not_these:
                in_vain += 1
                if in_vain > _MOST_WORDS:
                    break
        else:
            if first_try is patterns:
                return
    raise UndecidedError("whether a text has a format is not known of all of them")


class Numbers:
    """The numbers that keep some formulas."""

    def __init__(self, literals: list[Formula]) -> None:
        rules = [literal.rule for literal in literals]
        self._low = max(((r.limit, r.is_open) for r in rules if isinstance(r, AtLeast)), default=None)
        self._high = min(((r.limit, not r.is_open) for r in rules if isinstance(r, AtMost)), default=None)
        self._of = _common([rule.of for rule in rules if isinstance(rule, Multiple) and rule.positive])
        self._not_of = sorted({rule.of for rule in rules if isinstance(rule, Multiple) and not rule.positive})
        self._not_these = [value for rule in rules if isinstance(rule, NotOneOf) for value in rule.values]

    def found(self) -> Any:
        """Return one of them, the most ordinary first, NOTHING where there is none; raise UndecidedError."""
        if self._of is not None and any((self._of / of).denominator == 1 for of in self._not_of):
            return NOTHING
        candidates, is_all = self._among_multiples(self._of) if self._of is not None else self._dense()
        for candidate in candidates:
            if (value := self._value(candidate)) is not NOTHING:
                return value
        if is_all:
            return NOTHING
        raise UndecidedError("no number was found that could be written")

    def _fits(self, number: Fraction) -> bool:
        if self._low is not None and (number < self._low[0] or (number == self._low[0] and self._low[1])):
            return False
        return self._high is None or number < self._high[0] or (number == self._high[0] and self._high[1])

    def _value(self, number: Fraction) -> Any:
        if not self._fits(number) or any((number / of).denominator == 1 for of in self._not_of):
            return NOTHING
        value = written(number)
        return NOTHING if value is None or is_among(value, self._not_these) else value

    def _among_multiples(self, of: Fraction) -> tuple[Iterator[Fraction], bool]:
        low = None if self._low is None else ceil(self._low[0] / of)
        high = None if self._high is None else floor(self._high[0] / of)
        if low is not None and high is not None and high - low <= _MOST_TRIED:
            numbers = sorted(range(low, high + 1), key=lambda number: (abs(number), number < 0))
            return (number * of for number in numbers), all(written(number * of) is not None for number in numbers)
        sparse = lcm(*((other / of).numerator for other in self._not_of))  # one more than a multiple is none of any
        if low is not None and low > 0:
            start: Iterator[int] = chain(
                range(low, low + 100), (1 + sparse * (low // sparse + step) for step in range(100))
            )
        elif high is not None and high < 0:
            start = chain(range(high, high - 100, -1), (1 + sparse * (high // sparse - step) for step in range(100)))
        else:
            start = chain(
                (0, 1, -1), *((step, -step) for step in range(2, 100)), (1 + sparse * step for step in range(-50, 50))
            )
        return (number * of for number in start), False

    def _dense(self) -> tuple[Iterator[Fraction], bool]:
        """Return candidates where any fraction will do, and whether they are all that there are."""
        if self._low is not None and self._high is not None:
            low, high = self._low[0], self._high[0]
            if low > high or (low == high and (self._low[1] or not self._high[1])):
                return iter(()), True
            if low == high:
                return iter((low,)), written(low) is not None
            return chain(_whole(low, high), _decimals(low, high), self._between_multiples(low)), False
        start = self._low[0] if self._low else self._high[0] if self._high else Fraction(0)
        step = 1 if self._high is None else -1
        whole = (Fraction(floor(start) + step * number) for number in range(-1, 50))
        tenths = (Fraction(floor(start * 10) + step * number, 10) for number in range(-1, 200))
        fine = (start + Fraction(step * number, 1000) for number in range(1, 200))
        return chain((Fraction(0), Fraction(1)), whole, tenths, fine, self._between_multiples(start)), False

    def _between_multiples(self, near: Fraction) -> Iterator[Fraction]:
        """Yield numbers that are no multiple of one, `near` a number and above it or below."""
        for of in self._not_of:
            whole = near // of
            yield from (of * (whole + step) + of / share for step in (0, 1, -1, -2) for share in (2, 3, 10))


def _whole(low: Fraction, high: Fraction) -> Iterator[Fraction]:
    return map(Fraction, islice(range(ceil(low), floor(high) + 1), 100))


def _decimals(low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """Yield numbers from `low` to `high`, those with the fewest digits first."""
    yield low
    yield high
    for digits in islice(count(1), 320):
        scale = 10**digits
        if floor(high * scale) - ceil(low * scale) >= 1:
            yield from (
                Fraction(number, scale) for number in islice(range(ceil(low * scale), floor(high * scale) + 1), 50)
            )
        if floor(high * scale) - ceil(low * scale) > _MOST_TRIED:
            return


def _common(numbers: list[Fraction]) -> Fraction | None:
    """Return the least number that is a multiple of all."""
    if not numbers:
        return None
    below = lcm(*(number.denominator for number in numbers))
    return Fraction(lcm(*(int(number * below) for number in numbers)), below)
