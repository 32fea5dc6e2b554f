"""The least of many keys, with their values."""

from typing import Any, TypeVar

K = TypeVar("K", bound=tuple[Any, ...])
V = TypeVar("V")

LARGEST = 1000
"""The most keys that are kept."""


class Least(dict[K, V]):
    """The `LARGEST` least of all keys that were put here: which these are does not depend on their order.

    A key that has no place once has none for good, for so many smaller ones are there.
    """

    _greatest: K | None = None  # None where it is not known any more

    def put(self, key: K, value: V) -> V | None:
        """Put a value under a key; return the value that has no place then: mostly None, else this or another one."""
        left_out = None
        if key not in self:
            if len(self) >= LARGEST:
                if self._greatest is None:
                    self._greatest = max(self)
                if key > self._greatest:
                    return value
                left_out = self.pop(self._greatest)
            self._greatest = None
        self[key] = value
        return left_out
