"""What notifications tell of lives, as plain values: all that is loaded where no lives are followed."""

from typing import Any

Values = tuple[Any, ...]
"""Those of a `_checking.lives` step, in their order."""

OF_NO_LIFE = -1
"""In place of its way, in a step that tells the latest time of notifications that are of no life, and nothing else."""

NEXT_MEMBER = -2
"""In place of its way, where what follows is of another member of an archive, which is a recording of its own."""

MOST_OPEN = 250_000
"""How many lives of a kind are remembered that are open, and as many that are over."""
