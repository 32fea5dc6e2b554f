"""How long to wait before the next attempt: longer every time, bounded, never in step with others."""

import random

FIRST = 0.1
LONGEST = 10.0


def backoff(attempt: int) -> float:
    """Return the seconds to wait before the `attempt`-th further attempt (from 1).

    Doubles from 0.1 s up to 10 s, of which a random half is left out: emitters that lost the same broker
    do not come back all at once.
    """
    bound: float = min(LONGEST, FIRST * 2.0 ** min(attempt - 1, 32))
    return bound * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards no secret
