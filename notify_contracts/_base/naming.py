"""Names that nothing else has."""

from collections.abc import Callable, Container
from itertools import chain, count


def free(name: str, taken: Container[str], between: str = " ", alike: Callable[[str], str] = str) -> str:
    """Return a name, with a number behind it where it is taken; `taken` has names as `alike` makes them."""
    numbered = (f"{name}{between}{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if alike(each) not in taken)
