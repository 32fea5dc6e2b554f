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
from notify_contracts._comparison.needs.reading.wrong import WrongError

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
    events: list[Definition] = []
    for file, content in contents:
        if isinstance(content, list):
            events += definitions(content, file)
    needs = [*(one.need() for one in events), *_of_others(contents, events)]
    return Consumer(NAME, (_envelope(contents[0][0]), *needs))


def _of_others(contents: Sequence[tuple[str, Any]], events: Sequence[Definition]) -> Iterator[Need]:
    for file, content in contents:
        if isinstance(content, Mapping) and "metric" in content:
            yield from needs_of_meters(content, file)
        elif isinstance(content, Mapping) and "resources" in content:
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
