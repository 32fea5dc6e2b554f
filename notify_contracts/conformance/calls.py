"""The tests of several calls of an emitter."""

import json
from collections import Counter
from copy import deepcopy
from itertools import groupby

import pytest

from notify_contracts._checking import listed
from notify_contracts._schema import found
from notify_contracts._untrusted import printable, shortened
from notify_contracts.conformance.concurrency import call_concurrently
from notify_contracts.conformance.events import Event, examples, numbered
from notify_contracts.conformance.exercise import Content, Exercise, fail_for_missing
from notify_contracts.conformance.questions import fail
from notify_contracts.model import Notification

_THREADS, _CALLS = 4, 25
_ORDERED = 20
_SHOWN = 10


class CallTests:
    """Each call is one notification, in the order of the calls, from whatever thread."""

    def test_once(self, trial: Exercise) -> None:
        """One call is one notification."""
        __tracebackhide__ = True
        for event in examples(trial.contracts):
            received = trial.all_of(event)
            if not received:
                fail_for_missing(event, trial.recorded)
            if len(received) > 1:
                fail(
                    f"{event.contract}: expected one notification, found {len(received)}", *listed("received", received)
                )

    def test_order(self, trial: Exercise) -> None:
        """Notifications arrive in the order of the calls."""
        __tracebackhide__ = True
        events = numbered(trial.contracts, _ORDERED)
        expected = [_key(event) for event in events]
        if len(set(expected)) == 1:
            pytest.skip(f"{trial.recorded.catalog.name} has no two examples that are asked for and differ")
        received = trial.all_of(*events)
        if len(received) < len(events):
            fail(f"expected {len(events)} notifications, found {len(received)}", *listed("received", received))
        known = [key for key in map(_key_of, received) if key in expected]
        if len(known) < len(events):
            return  # what was sent does not come as it was given: test_payload says so
        for number, (wanted, found_here) in enumerate(zip(_runs(expected), _runs(known), strict=False), 1):
            if wanted != found_here:
                in_its_place = f"as number {number} {_shown(wanted)}, found {_shown(found_here)}"
                fail(f"expected the order of the calls: {in_its_place}")

    def test_threads(self, trial: Exercise) -> None:
        """Calls from several threads at once give what the same calls one after the other give."""
        __tracebackhide__ = True
        events = numbered(trial.contracts, _THREADS * _CALLS)
        alone = Counter(map(_key_of, trial.all_of(*deepcopy(events))))
        before = len(trial.recorded)
        call_concurrently(trial.call, [events[start::_THREADS] for start in range(_THREADS)])
        received = trial.since(before, alone.total())
        together = Counter(map(_key_of, received))
        wrong = [
            f"  expected {alone[key]} times, found {together[key]} times: {_shown(key)}"
            for key in alone | together
            if together[key] != alone[key]
        ]
        if wrong:
            fail(f"calls from {_THREADS} threads give something else than the same calls in one:", *wrong[:_SHOWN])
        of_ids: dict[str, set[str]] = {}  # one that comes twice, with its id, is asked about elsewhere
        for one in received:
            if isinstance(one, Notification):
                of_ids.setdefault(found(one.message_id), set()).add(_key_of(one))
        if again := [f"  {name} of {len(several)}" for name, several in of_ids.items() if len(several) > 1]:
            fail(f"calls from {_THREADS} threads give several notifications one message id:", *again[:_SHOWN])


def _runs(keys: list[str]) -> list[str]:
    """Leave out repetitions: whether a notification comes twice is another question."""
    return [key for key, _ in groupby(keys)]


def _shown(key: str) -> str:
    return shortened(printable(key), 100)


def _key(event: Event) -> str:
    return json.dumps(event, sort_keys=True)


def _key_of(content: Content) -> str:
    if not isinstance(content, Notification):
        return f"unreadable: {content.reason}"
    return json.dumps([content.event_type, content.priority, content.payload], sort_keys=True)
