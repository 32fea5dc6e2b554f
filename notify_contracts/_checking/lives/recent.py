"""What was told of late under which message id: the same again is no second step."""

_MOST = 2**16
NOTHING = 0
"""What is told without a message id."""


class Recent:
    """Remembers the last 65,536 that it was told, and up to as many before them. All are told, few are asked about.

    They are hashes of a message id and what was told under it, for checksums are too often alike, and in lists: a set
    of so many, of which each step changes another place, would take as long as all else.
    """

    def __init__(self) -> None:
        self._told: list[int] = []
        self._now, self._before = _Hashes(), _Hashes()
        self._count_before = 0
        self.add = self._told.append

    def __contains__(self, number: int) -> bool:
        self.settle()
        return number in self._now or number in self._before

    @property
    def count(self) -> int:
        """How many it was told."""
        return self._count_before + len(self._now) + len(self._told)

    def settle(self) -> None:
        """Put away what was told, which makes no difference to what is known."""
        told = self._told
        while told:
            some = told[: _MOST - len(self._now)]
            del told[: len(some)]
            self._now.extend(some)
            if len(self._now) == _MOST:
                self._now, self._before = _Hashes(), self._now
                self._count_before += _MOST


class _Hashes:
    """Hashes, looked up in a set that is brought up to date when it is asked."""

    def __init__(self) -> None:
        self._every: list[int] = []
        self._known: set[int] = set()
        self._known_count = 0
        self.extend = self._every.extend

    def __len__(self) -> int:
        return len(self._every)

    def __contains__(self, number: int) -> bool:
        if self._known_count < len(self):
            self._known.update(self._every[self._known_count :])
            self._known_count = len(self)
        return number in self._known
