"""The tests of the attributes that an emitter itself puts into the envelope."""

import json
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Any
from uuid import RFC_4122, UUID, uuid4

import pytest

from notify_contracts._schema import found
from notify_contracts.catalog import Contract
from notify_contracts.conformance.clock import in_another_time_zone, moment
from notify_contracts.conformance.events import Event, examples, examples_of
from notify_contracts.conformance.exercise import Exercise
from notify_contracts.conformance.questions import fail

_MANY = 200


class EnvelopeTests:
    """The other attributes of the envelope are what the call says, or what only the emitter knows."""

    clock_tolerance = 1.0

    def test_event_type(self, trial: Exercise, contract: Contract) -> None:
        """The event type is the one that was given."""
        __tracebackhide__ = True
        for event in examples_of(contract):
            received = trial.one_of(event)
            if received.event_type != event.event_type:
                expected = found(event.event_type)
                fail(f"{event.contract}: expected event type {expected}, found {found(received.event_type)}")

    def test_priority(self, trial: Exercise, contract: Contract) -> None:
        """The priority is the one that was given."""
        __tracebackhide__ = True
        for event in examples_of(contract):
            received = trial.one_of(event)
            if received.priority != event.priority:
                fail(f"{event.contract}: expected priority {found(event.priority)}, found {found(received.priority)}")

    def test_message_ids(self, trial: Exercise) -> None:
        """Every notification has a message id of its own, a UUID in RFC 4122's text form where contracts allow one."""
        __tracebackhide__ = True
        seen: dict[Any, str] = {}
        for event in islice(cycle(examples(trial.contracts)), _MANY):
            received = trial.one_of(event).message_id
            if _allows_uuids(trial, event) and not _is_uuid(received):
                fail(f"{event.contract}: expected a UUID such as {uuid4()} as message_id, found {found(received)}")
            key = json.dumps(received, sort_keys=True)
            if key in seen:
                fail(
                    f"{event.contract}: expected a message_id of its own, found {found(received)} of {seen[key]} again"
                )
            seen[key] = event.contract

    def test_timestamp(self, trial: Exercise) -> None:
        """The timestamp is the time of the call."""
        __tracebackhide__ = True
        self._require_now(trial)

    def test_timestamp_in_another_time_zone(self, trial: Exercise) -> None:
        """The timestamp is in UTC, wherever the emitter runs."""
        __tracebackhide__ = True
        with in_another_time_zone():
            self._require_now(trial, ", with the time zone at UTC+5:45")

    def test_publisher_id(self, trial: Exercise) -> None:
        """The publisher id is a text that is not empty, and always the same."""
        __tracebackhide__ = True
        publishers: dict[Any, Event] = {}
        for event in examples(trial.contracts):
            received = trial.one_of(event).publisher_id
            if not isinstance(received, str) or not received:
                fail(f"{event.contract}: expected a publisher_id, found {found(received)}")
            publishers.setdefault(received, event)
        if len(publishers) > 1:
            several = ", ".join(f"{found(name)} ({event.contract})" for name, event in publishers.items())
            fail(f"expected one publisher_id, found {len(publishers)}: {several}")

    def _require_now(self, trial: Exercise, where: str = "") -> None:
        __tracebackhide__ = True
        tolerance = timedelta(seconds=self.clock_tolerance)
        readable = [contract for contract in trial.contracts if moment(contract.examples[0].get("timestamp"))]
        if not readable:
            pytest.skip(f"the timestamps of {trial.recorded.catalog.name} are no times in ISO 8601")
        for contract in readable:
            before = datetime.now(UTC)
            received = trial.one_of(examples_of(contract)[0]).timestamp
            after = datetime.now(UTC)
            said = moment(received)
            if said is None:
                fail(f"{contract.id}: expected a timestamp in ISO 8601, found {found(received)}")
            if not before - tolerance <= said <= after + tolerance:
                fail(
                    f"{contract.id}: expected the time of the call in UTC, {before:%Y-%m-%d %H:%M:%S}, "
                    f"found {found(received)}: {_apart(said, before)}{where}"
                )


def _allows_uuids(trial: Exercise, event: Event) -> bool:
    contract = trial.recorded.catalog.contract(event.event_type, event.priority)
    return contract.is_kept_by({**contract.examples[0], "message_id": str(uuid4())})


def _is_uuid(text: Any) -> bool:
    try:
        uuid = UUID(text)
    except (AttributeError, TypeError, ValueError):
        return False
    return str(uuid) == text and uuid.variant == RFC_4122


def _apart(said: datetime, now: datetime) -> str:
    seconds = round((said - now).total_seconds())
    return f"{timedelta(seconds=abs(seconds))} {'ahead' if seconds > 0 else 'behind'}"
