"""What notifications tell of lives, as plain values: all that is loaded where no lives are followed."""

from typing import Any

Values = tuple[Any, ...]
"""Those of a `_checking.lives` step, in their order."""

MOST_OPEN = 250_000
"""How many lives of a kind are remembered that are open, and as many that are over."""
