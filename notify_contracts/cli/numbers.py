"""Numbers and lengths of time, as they stand in a command line."""

import argparse
import re
from collections.abc import Callable
from math import inf

from notify_contracts._untrusted import expression

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = expression(r"(\d{1,6}(?:\.\d{1,3})?)([smhd]?)", re.ASCII)


def positive(text: str) -> int:
    """Return a number from 1 on."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("expected a positive number")
    return int(text)


def whole(text: str) -> int:
    """Return a number from 0 on."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError("expected a whole number, 0 or more")
    return int(text)


def between(least: int, most: int) -> Callable[[str], int]:
    """Return what returns a number from the one to the other."""

    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"expected a number from {least} to {most}")
        return int(text)

    return number


def seconds(most: float) -> Callable[[str], float]:
    """Return what returns a number of seconds above 0, and at most `most`, which may be infinity."""
    expected = "above 0, or inf" if most == inf else f"up to {most:g}"

    def number(text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = 0.0
        if not 0 < found <= most:
            raise argparse.ArgumentTypeError(f"expected a number of seconds {expected}")
        return found

    return number


def duration(text: str) -> float:
    """Return the seconds of ``90``, ``90s``, ``1.5m``, ``2h`` or ``7d``."""
    found = _DURATION.fullmatch(text)
    seconds = float(found[1]) * _SECONDS[found[2] or "s"] if found else 0
    if not seconds:
        raise argparse.ArgumentTypeError("expected a length of time such as 30s, 10m, 2h or 7d")
    return seconds
