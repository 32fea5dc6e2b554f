"""Sequences of notifications that tell of many resources, interleaved: by a seeded generator, and by hypothesis."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any

from notify_contracts.catalog import Catalog
from notify_contracts.errors import CatalogError
from notify_contracts.generate.sampling import Sampler
from notify_contracts.generate.story import Make, Story
from notify_contracts.generate.texts import check_kinds
from notify_contracts.generate.valid import strategy_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

LONGEST_PAUSE = 600
"""Seconds between two notifications, at most."""

_TRIES = 200
_TRIES_DRAWN = 2


def lifecycle_samples(
    catalog: Catalog, lifecycle: str = "*", *, seed: int = 0, without: Iterable[str] = ()
) -> Iterator[dict[str, Any]]:
    """Return envelopes without end that tell of many resources, each in the order of its lifecycle (a glob of names).

    The same `seed` gives the same ones. Ids stay the same through a life, and time does not go back. Raise UsageError
    where the catalog has no such lifecycle, CatalogError for one whose fields contradict its contracts.
    """
    sampler = Sampler(chance := Random(seed), check_kinds(without))  # noqa: S311  # for tests, not for secrets
    story, random = Story(catalog, lifecycle), chance.random

    def sequence() -> Iterator[dict[str, Any]]:
        while True:
            pause = 1 + int(random() * LONGEST_PAUSE)
            envelope = story.next(
                lambda count: int(random() * count), lambda shape: sampler.sample(shape)(), pause, _TRIES
            )
            if envelope is None:
                raise CatalogError(f"{catalog.name}: a lifecycle's fields contradict a contract; run catalog lint")
            yield envelope

    return sequence()


def lifecycles(
    catalog: Catalog, lifecycle: str = "*", *, most: int = 20, without: Iterable[str] = ()
) -> "SearchStrategy[list[dict[str, Any]]]":
    """Return the strategy of lists of at most so many envelopes as `lifecycle_samples` makes."""
    from hypothesis.strategies import composite, integers

    kinds, story = check_kinds(without), Story(catalog, lifecycle)

    @composite
    def sequences(draw: "DrawFn") -> list[dict[str, Any]]:
        story.restart()
        steps = (
            next_drawn(story, draw, lambda shape: draw(strategy_of(shape, kinds)))
            for _ in range(draw(integers(1, most)))
        )
        return [envelope for envelope in steps if envelope is not None]

    return sequences()


def next_drawn(story: Story, draw: Callable[..., Any], make: Make) -> dict[str, Any] | None:
    """Return the next notification of a story as hypothesis draws it, None where the draw does not fit."""
    from hypothesis.strategies import integers

    return story.next(
        lambda count: draw(integers(0, count - 1)),
        make,
        draw(integers(1, LONGEST_PAUSE)),
        _TRIES_DRAWN,
    )
