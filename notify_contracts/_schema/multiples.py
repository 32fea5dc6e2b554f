"""Whether a number is a multiple of another, as the numbers are written in decimal: 4.02 is 402 times 0.01."""

from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction


def is_multiple(value: Any, of: float) -> bool:
    """Whether `value` is a multiple of the number `of`, or is no number and so none of the keyword's business.

    A float stands for the shortest decimal that reads back as it, which is how JSON writes it.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    if isinstance(value, int) and isinstance(of, int):
        return value % of == 0
    if isinstance(value, float) and not isfinite(value):
        return False
    return _exact(value) % _exact(of) == 0


def _exact(number: float) -> "Fraction":
    from fractions import Fraction

    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))
