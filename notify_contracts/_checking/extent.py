"""How much of what is found is asked about: all, the first of it, or a sample."""

from typing import TYPE_CHECKING

from notify_contracts._base import dataclass

if TYPE_CHECKING:
    from notify_contracts._checking.sampling import Sample


@dataclass(frozen=True)
class Extent:
    """How much of what is found is asked about: the `first` so many, or a `sample` of so many; None for all of it.

    The sample is of those whose places, hashed with `seed`, give the lowest numbers: each has the same chance, and
    neither the order nor the number of processes matters.
    """

    first: int | None = None
    sample: int | None = None
    seed: int = 0

    def empty_sample(self) -> "Sample | None":
        """Return the sample that is asked about, to which nothing was offered yet; None where none is."""
        if self.sample is None:
            return None
        from notify_contracts._checking.sampling import Sample

        return Sample(self.sample, self.seed)


ALL = Extent()
