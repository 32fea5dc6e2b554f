"""How much was seen, and so what may be made a rule."""

from math import lgamma

FEW = 20
"""Values from which on what they have in common may be a rule by itself: an exception rate above 15 % is unlikely."""

FEW_EXCEPTIONS = 0.025
"""The share of exceptions that must be unlikely where all values were the same."""

_ENOUGH_TO_SUSPECT = 100
_RARE = 0.01


def bound(count: int) -> float:
    """Return the share of exceptions that is unlikely, at 95 %, where `count` values had none: the rule of three.

    Source: Hanley and Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249 (1983).
    """
    return min(1.0, 3 / count) if count else 1.0


def is_rare(count: int, total: int) -> bool:
    """Whether what was seen `count` times among `total` is so rare that it is no rule but a suspect."""
    return total >= _ENOUGH_TO_SUSPECT and 0 < count < total * _RARE


def log_ways(count: int, chosen: int) -> float:
    """Return the logarithm of the number of ways to choose so many of `count`, of which by chance one came out."""
    return lgamma(count + 1) - lgamma(chosen + 1) - lgamma(count - chosen + 1)


def unseen(singles: int, total: int) -> float:
    """Return the estimated share of what has not been seen yet: that of what was seen once.

    Source: Good, The population frequencies of species and the estimation of population parameters,
    Biometrika 40 (1953).
    """
    return singles / total if total else 1.0


def said(count: int, total: int) -> str:
    """Return the evidence in words: ``seen in 40 of 40; an exception rate above 7.5 % is unlikely``.

    Of three or fewer nothing is unlikely.
    """
    if count < total or bound(count) == 1:
        return f"seen in {count:,} of {total:,}"
    return f"seen in {count:,} of {total:,}; an exception rate above {_percent(bound(count))} is unlikely"


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %"
