"""A state machine of hypothesis that lives through the lifecycles of a catalog, to derive a consumer's test from."""

from functools import cache
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from notify_contracts.catalog import DEFAULT_CATALOG, Catalog, load
from notify_contracts.generate.lifecycle_sequences import next_drawn
from notify_contracts.generate.sampling import Sampler
from notify_contracts.generate.shapes import Shape
from notify_contracts.generate.story import Story
from notify_contracts.generate.texts import check_kinds

_SEEDS = 2**16
_MOST_STEPS = 10_000  # no two steps have the same seed, or ids would not differ


@cache
def _story(catalog: Catalog | str, lifecycle: str) -> Story:
    """Return the story of these lifecycles; what it has compiled serves every example of every machine."""
    return Story(catalog if isinstance(catalog, Catalog) else load(catalog), lifecycle)


class LifecycleMachine(RuleBasedStateMachine):
    """Derive a class with a method `notified`; pytest runs its ``TestCase``. Rules and invariants may be added.

    `catalog` is the one whose lifecycles are lived through, `lifecycle` a glob of their names, `without` kinds of texts
    that are left out. What happens is hypothesis' choice and shrinks; values are made from a seed that it draws, for
    a life of many notifications would be more than it can handle.
    """

    catalog: ClassVar[Catalog | str] = DEFAULT_CATALOG
    lifecycle: ClassVar[str] = "*"
    without: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self._story = _story(self.catalog, self.lifecycle)
        self._story.restart()
        self._chance = Random()  # noqa: S311  # for tests, not for secrets
        self._sampler = Sampler(self._chance, check_kinds(self.without))
        self._steps = 0

    def notified(self, notification: dict[str, Any]) -> None:
        """Do with the next notification what the consumer does."""
        raise NotImplementedError(f"{type(self).__name__} needs a method notified(self, notification)")

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """Let a resource begin or go on."""
        notification = next_drawn(self._story, data.draw, lambda shape: self._made(shape, data))
        if notification is not None:
            self.notified(notification)

    def _made(self, shape: Shape, data: st.DataObject) -> dict[str, Any]:
        self._steps += 1
        self._chance.seed(data.draw(st.integers(0, _SEEDS - 1)) * _MOST_STEPS + self._steps)
        made: dict[str, Any] = self._sampler.sample(shape)()
        return made
