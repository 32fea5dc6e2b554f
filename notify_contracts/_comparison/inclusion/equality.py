"""Values as JSON compares them: 1 is 1.0 and not true; numbers are exact."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from notify_contracts._schema import same

_WHOLE_FROM = 2**53
"""Floats from here on are whole numbers, and mean the one that they hold."""


def exact(number: float) -> Fraction:
    """Return a number as it is written in decimal."""
    if isinstance(number, float) and abs(number) < _WHOLE_FROM:
        return Fraction(repr(number))
    return Fraction(number)


def decimal(number: float) -> Fraction:
    """Return a number as it is written in decimal, however large: what it is a multiple of depends on that."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def written(number: Fraction) -> int | float | None:
    """Return `number` as JSON is read: whole ones beyond 64 bits as floats; None where none is written so."""
    if number.denominator == 1 and -(1 << 63) <= number < 1 << 64:
        return number.numerator
    try:
        nearest = float(number)
    except OverflowError:
        return None
    return nearest if exact(nearest) == number else None


def is_among(value: Any, values: Iterable[Any]) -> bool:
    """Return whether `value` equals one of `values`."""
    if isinstance(value, str) and isinstance(values, tuple):
        return value in values  # a text equals nothing but itself, and enumerations may be long
    return any(same(value, other) for other in values)
