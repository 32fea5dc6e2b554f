"""All that Ceilometer needs, of whichever of its files there are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.model import Consumer, Need, Origin, Read
from notify_contracts._comparison.needs.paths import of_names
from notify_contracts._comparison.needs.reading.ceilometer.events import PRIORITIES as EVENT_PRIORITIES
from notify_contracts._comparison.needs.reading.ceilometer.events import Definition, definitions
from notify_contracts._comparison.needs.reading.ceilometer.forms import TIME
from notify_contracts._comparison.needs.reading.ceilometer.meters import PRIORITIES, needs_of_meters
from notify_contracts._comparison.needs.reading.ceilometer.resources import needs_of_resources
from notify_contracts._comparison.needs.reading.wrong import WrongError, bounded

NAME = "ceilometer"


def is_ceilometers(content: Any) -> bool:
    """Whether the content of a YAML file is one of Ceilometer's."""
    if isinstance(content, list):
        return bool(content) and isinstance(content[0], Mapping) and "event_type" in content[0]
    return isinstance(content, Mapping) and not {"metric", "resources"}.isdisjoint(content)


def ceilometer(contents: Sequence[tuple[str, Any]]) -> Consumer:
    """Return what Ceilometer needs by these files, each with its content.

    Raise `WrongError`, saying where, for what it refuses.
    """
    first = contents[0][0]
    of_events = [(file, content) for file, content in contents if isinstance(content, list)]
    if len(of_events) > 1:
        raise WrongError(
            Origin(of_events[1][0]), f"Ceilometer reads one file of event definitions: leave {of_events[0][0]} out"
        )
    events = [one for file, content in of_events for one in definitions(content, file)]
    needs = bounded(_needs(contents, events), lambda need: 1 + len(need.reads), Origin(first))
    return Consumer(NAME, (_envelope(first), *needs))


def _needs(contents: Sequence[tuple[str, Any]], events: Sequence[Definition]) -> Iterator[Need]:
    yield from (one.need() for one in events)
    yield from needs_of_meters([one for one in contents if isinstance(one[1], Mapping) and "metric" in one[1]])
    for file, content in contents:
        if isinstance(content, Mapping) and "metric" not in content:
            if not events:
                raise WrongError(Origin(file), "resources name traits: give the file of event definitions, too")
            yield from needs_of_resources(content, file, events)


def _envelope(file: str) -> Need:
    """Return what is read of each notification: without it nothing is made of it."""
    reads = (
        Read((of_names("message_id"),)),
        Read((of_names("publisher_id"),)),
        Read((of_names("event_type"),)),
        Read((of_names("timestamp"),), TIME),
    )
    priorities = PRIORITIES | EVENT_PRIORITIES
    return Need((Pattern("*"),), reads, priorities=priorities, purpose="every notification", origin=Origin(file))
