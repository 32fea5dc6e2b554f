"""Lengths of time on the command line."""

import argparse
import re

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smhd]?)", re.ASCII)


def duration(text: str) -> float:
    """Return the seconds of ``90``, ``90s``, ``1.5m``, ``2h`` or ``7d``."""
    found = _DURATION.fullmatch(text)
    seconds = float(found[1]) * _SECONDS[found[2] or "s"] if found else 0
    if not seconds:
        raise argparse.ArgumentTypeError("expected a length of time such as 30s, 10m, 2h or 7d")
    return seconds
