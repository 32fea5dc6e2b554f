"""The tests that every emitter must pass, whatever carries its notifications."""

from dataclasses import replace

import pytest

from notify_contracts._checking import broken
from notify_contracts.catalog import Contract
from notify_contracts.conformance.calls import CallTests
from notify_contracts.conformance.envelope import EnvelopeTests
from notify_contracts.conformance.events import examples_of
from notify_contracts.conformance.exercise import Emit, Exercise
from notify_contracts.conformance.kit import Kit
from notify_contracts.conformance.payload import PayloadTests
from notify_contracts.conformance.questions import contracts_of, fail, missing
from notify_contracts.testing import Recorder


class EmitterConformance(EnvelopeTests, PayloadTests, CallTests, Kit):
    """Derive a class that pytest collects, with a fixture `emit`; it is held against every contract of the catalog.

    `emit(event_type, priority, payload)` sends one notification and returns when it is sent. `recorded` is the recorder
    that hears it: the fixture ``notifications``, unless another one takes its place. The marker ``contracts`` on the
    class says which contracts the emitter is for. `clock_tolerance` is by how many seconds its clock may be wrong.
    """

    @pytest.fixture
    def emit(self) -> Emit:
        """Return the emitter: ``emit(event_type, priority, payload)``."""
        return missing(self, "emit", "emit(event_type, priority, payload)")

    @pytest.fixture
    def recorded(self, notifications: Recorder) -> Recorder:
        """Return the recorder that hears the emitter."""
        return notifications

    @pytest.fixture
    def trial(self, emit: Emit, recorded: Recorder, request: pytest.FixtureRequest) -> Exercise:
        """Return the emitter with what hears it and what it is held against."""
        return Exercise(emit, recorded, contracts_of(request))

    def test_contract(self, trial: Exercise, contract: Contract) -> None:
        """Every emitted notification keeps its contract: envelope and payload."""
        __tracebackhide__ = True
        received = [replace(trial.one_of(event), delivery=None) for event in examples_of(contract)]
        wrong = [verdict for verdict in map(trial.recorded.catalog.check, received) if not verdict.conforms]
        if wrong:
            fail(str(broken(trial.recorded.catalog, wrong, received)))
