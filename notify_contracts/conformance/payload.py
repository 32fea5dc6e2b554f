"""The tests of how an emitter treats the payload that it is given."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pytest

from notify_contracts.catalog import Contract
from notify_contracts.conformance.comparing import difference, difference_of_value
from notify_contracts.conformance.events import Event, examples, examples_of, generated, with_value
from notify_contracts.conformance.exercise import Exercise
from notify_contracts.conformance.questions import fail
from notify_contracts.generate import TEXT_KINDS
from notify_contracts.model import Notification

_LARGE = "0123456789abcdef" * 65_536  # 1 MiB
_BEYOND_DOUBLES = 2**53 + 1, 2**63 - 1
_GENERATED = 20
_KINDS = sorted(TEXT_KINDS.keys() - {"long"})  # of long texts there is a test of its own


class PayloadTests:
    """A payload arrives as it was given, whatever is in it, and stays the caller's own."""

    def test_payload(self, trial: Exercise, contract: Contract) -> None:
        """Payloads arrive as they were given."""
        __tracebackhide__ = True
        for sent, expected in zip(examples_of(contract), examples_of(contract), strict=True):
            _require_same(expected, trial.one_of(sent))

    def test_generated_payload(self, trial: Exercise) -> None:
        """Payloads unlike the examples, with whatever contracts allow, arrive as they were given, and stay so."""
        __tracebackhide__ = True
        for event in generated(trial.recorded.catalog, trial.contracts, _GENERATED):
            before = event._replace(payload=deepcopy(event.payload))
            received = trial.one_of(event)
            _require_unchanged(before, event)
            _require_same(before, received)

    def test_payload_is_not_changed(self, trial: Exercise) -> None:
        """The caller's payload is as it was before the call."""
        __tracebackhide__ = True
        for event in examples(trial.contracts):
            before = event._replace(payload=deepcopy(event.payload))
            trial.all_of(event)
            _require_unchanged(before, event)

    def test_payload_is_not_kept(self, trial: Exercise) -> None:
        """A change that the caller makes to the payload after the call changes nothing."""
        __tracebackhide__ = True
        events = [event for event in examples(trial.contracts) if isinstance(event.payload, dict)]
        if not events:
            pytest.skip(f"no contract of {trial.recorded.catalog.name} that is asked for has an object as its payload")
        for event in events:
            expected = deepcopy(trial.one_of(deepcopy(event)).payload)
            before = len(trial.recorded)
            trial.call(event)
            _emptied_in_place(event.payload)
            received = trial.since(before, 1)
            changed = difference(expected, getattr(received[0], "payload", None)) if received else None
            if changed:
                fail(f"{event.contract}: the emitter has kept the caller's payload, which was emptied later: {changed}")

    @pytest.mark.parametrize("kind", _KINDS)
    def test_text(self, trial: Exercise, kind: str) -> None:
        """Texts of every kind arrive as they were given, where contracts allow them."""
        __tracebackhide__ = True
        texts = TEXT_KINDS[kind]
        turns = range(max(len(texts), len(trial.contracts)))
        if not sum(_arrives(trial, texts[turn % len(texts)], _rotated(turn, trial.contracts)) for turn in turns):
            pytest.skip(f"no contract of {trial.recorded.catalog.name} that is asked for allows a text of kind {kind}")

    @pytest.mark.parametrize("number", _BEYOND_DOUBLES)
    def test_large_number(self, trial: Exercise, number: int) -> None:
        """Whole numbers that no double holds arrive as they were given, where contracts allow them."""
        __tracebackhide__ = True
        if not _arrives(trial, number, trial.contracts):
            pytest.skip(f"no contract of {trial.recorded.catalog.name} that is asked for allows the number {number}")

    def test_large_payload(self, trial: Exercise) -> None:
        """Payloads of more than 1 MiB, texts and objects, arrive as they were given, where contracts allow them."""
        __tracebackhide__ = True
        texts = [contract for contract in trial.contracts if isinstance(contract.examples[0].get("payload"), str)]
        objects = [contract for contract in trial.contracts if contract not in texts]
        if not sum(_arrives(trial, _LARGE, contracts) for contracts in (texts, objects)):
            pytest.skip(f"no contract of {trial.recorded.catalog.name} that is asked for allows a text of 1 MiB")


def _require_unchanged(before: Event, after: Event) -> None:
    __tracebackhide__ = True
    changed = difference(before.payload, after.payload)
    if changed:
        fail(f"{after.contract}: the emitter has changed the caller's payload: {changed}")


def _require_same(expected: Event, received: Notification) -> None:
    __tracebackhide__ = True
    changed = difference(expected.payload, received.payload, ("payload",))
    if changed:
        fail(f"{expected.contract}: the payload did not arrive as it was given: {changed}")


def _arrives(trial: Exercise, value: str | int, contracts: Sequence[Contract]) -> bool:
    """Return whether one of the contracts allows `value`; fail if it does not arrive as it was given."""
    __tracebackhide__ = True
    event = with_value(contracts, value)
    if event is None:
        return False
    expected = deepcopy(event.payload)
    changed = difference_of_value(value, expected, trial.one_of(event).payload, ("payload",))
    if changed:
        what = "text" if isinstance(value, str) else "number"
        fail(f"{event.contract}: a {what} did not arrive as it was given: {changed}")
    return True


def _rotated(turn: int, contracts: Sequence[Contract]) -> Sequence[Contract]:
    """Return the contracts in another order each turn, so that each has its turn."""
    start = turn % len(contracts)
    return [*contracts[start:], *contracts[:start]]


def _emptied_in_place(value: Any) -> None:
    """Empty every object and array, from the innermost out: a copy that is not deep shows it too."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            _emptied_in_place(item)
        value.clear()
