"""The shapes of numbers: whole ones that fit into 64 bits, and doubles."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, inf, lcm, nextafter
from sys import float_info
from typing import Any

from notify_contracts.generate.facts import FRACTION, INTEGER, Facts
from notify_contracts.generate.shapes import Integers, Numbers, Shape, constants, filtered
from notify_contracts.generate.standalone import Definitions

LARGEST = 2**63 - 1
"""The largest whole number that every common reader of JSON takes as one."""

_EXACT = 2**53  # up to here a double holds every whole number


def number_shapes(facts: Facts, definitions: Definitions) -> Iterator[Shape]:
    """Yield the shapes of the numbers that `facts` allow, whole ones first."""
    if not facts.kinds & {INTEGER, FRACTION}:
        return
    least, beyond = facts.limit("minimum"), facts.limit("exclusiveMinimum")
    most, below = facts.limit("maximum"), facts.limit("exclusiveMaximum")
    first = max(-inf if least is None else least, -inf if beyond is None else beyond)
    last = min(inf if most is None else most, inf if below is None else below)
    steps = [Fraction(str(step)) for step in facts.all("multipleOf")]
    step = reduce(_common, steps, Fraction(1)) if not steps else reduce(_common, steps)
    keeps = definitions.keeps(tuple({"multipleOf": one} for one in facts.all("multipleOf")) + _limits(facts))
    if INTEGER in facts.kinds:
        yield from _whole(first, last, step.numerator, keeps)
    if FRACTION not in facts.kinds:
        return
    fractions: Iterable[Shape] = [] if steps else _doubles(first, last, keeps)
    if step.denominator > 1:
        fractions = _multiples(_between(first, last, step, _EXACT), float(step), keeps, facts.all("multipleOf"))
    for shape in fractions:
        yield shape if INTEGER in facts.kinds else filtered(shape, lambda number: not number.is_integer())


def _limits(facts: Facts) -> tuple[dict[str, Any], ...]:
    names = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    return tuple({name: facts.limit(name)} for name in names if facts.limit(name) is not None)


def _common(one: Fraction, other: Fraction) -> Fraction:
    """Return the least number of which both divide every multiple."""
    return Fraction(lcm(one.numerator, other.numerator), gcd(one.denominator, other.denominator))


def _between(first: float, last: float, step: Fraction, largest: int) -> range:
    """Return by which whole numbers `step` may be multiplied to get from `first` to `last`."""
    lowest = -largest if first == -inf else max(-largest, ceil(Fraction(first) / step))
    highest = largest if last == inf else min(largest, floor(Fraction(last) / step))
    return range(lowest, highest + 1)


def _whole(first: float, last: float, step: int, keeps: Callable[[Any], bool]) -> Iterator[Shape]:
    if multiples := _between(first, last, Fraction(step), LARGEST // step):
        # An exclusive limit can be met at the very ends only.
        start = multiples[0] if keeps(multiples[0] * step) else multiples[0] + 1
        end = multiples[-1] if keeps(multiples[-1] * step) else multiples[-1] - 1
        if start <= end:
            yield Integers(start, end, step)
    else:
        far = (float(edge) for edge in (first, last) if abs(edge) != inf and abs(edge) > LARGEST)
        yield constants(number for number in far if keeps(number))


def _doubles(first: float, last: float, keeps: Callable[[Any], bool]) -> Iterator[Shape]:
    first, last = max(float(first), -float_info.max), min(float(last), float_info.max)
    first = first if keeps(first) else nextafter(first, inf)
    last = last if keeps(last) else nextafter(last, -inf)
    if first <= last:
        yield Numbers(first, last)


def _multiples(factors: range, step: float, keeps: Callable[[Any], bool], steps: tuple[Any, ...]) -> Iterator[Shape]:
    def fits(number: float) -> bool:
        # Engines divide; a multiple that rounding spoils for one of them is left out.
        return keeps(number) and all((number / one).is_integer() for one in steps)

    if factors:
        yield filtered(Integers(factors[0], factors[-1], step), fits)
