"""The tests that whoever emits must pass whose notifications follow each other in lives."""

from collections.abc import Callable

import pytest

from notify_contracts._checking.lives import Judging
from notify_contracts.conformance.kit import Kit
from notify_contracts.conformance.questions import done, fail, missing
from notify_contracts.errors import NotifyContractsError
from notify_contracts.model import Notification
from notify_contracts.testing import Recorder


class LifeConformance(Kit):
    """Derive a class that pytest collects, with a fixture `live`; it is held against the lifecycles of the catalog.

    `live()` leads resources of the service through their lives and returns when all is sent. `recorded` is the recorder
    that hears it: the fixture ``notifications``, unless another one takes its place.
    """

    @pytest.fixture
    def live(self) -> Callable[[], object]:
        """Return what leads resources through their lives: ``live()``."""
        return missing(self, "live", "live()")

    @pytest.fixture
    def recorded(self, notifications: Recorder) -> Recorder:
        """Return the recorder that hears the emitter."""
        return notifications

    def test_lives(self, live: Callable[[], object], recorded: Recorder) -> None:
        """Every life goes as its lifecycle says, and one of them has more than one step."""
        __tracebackhide__ = True
        try:
            recorded.follow_lives()
            done(live())
            recorded.verify()
        except NotifyContractsError as error:
            fail(str(error))
        judging = Judging(recorded.catalog, "the test")
        told = [life for one in recorded if isinstance(one, Notification) for life in judging.told_by(one)]
        if len(set(told)) == len(told):
            fail(f"no life was followed: of {len(recorded)} recorded notifications no two tell of one resource")
