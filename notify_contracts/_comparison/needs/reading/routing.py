"""The file of oslo.messaging's notification driver ``routing``: which notifications go to which driver.

Source: oslo_messaging.notify._impl_routing 18.3.1. A driver gets what any of the groups accepts for it; a rule that is
left out accepts everything, and of a text in place of a list each character is a pattern.
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.model import Consumer, Need, Origin, Read
from notify_contracts._comparison.needs.paths import of_names
from notify_contracts._comparison.needs.reading.wrong import WrongError, bounded, line_of, mapping_of

_EVENTS, _PRIORITIES = "accepted_events", "accepted_priorities"
_KNOWN = ("audit", "debug", "info", "warn", "error", "critical", "sample")
"""The priorities that a notifier of oslo.messaging has."""


def is_routing(content: Any) -> bool:
    """Whether the content of a YAML file is groups of drivers with what each accepts."""
    groups = content.values() if isinstance(content, Mapping) else ()
    drivers = [rules for group in groups if isinstance(group, Mapping) for rules in group.values()]
    return any(isinstance(rules, Mapping) and not {_EVENTS, _PRIORITIES}.isdisjoint(rules) for rules in drivers)


def routed(content: Any, file: str) -> Iterator[Consumer]:
    """Yield each driver as a consumer; raise `WrongError`, saying where, for what oslo.messaging fails on."""
    needs: dict[str, list[Need]] = {}
    for driver, need in bounded(_needs(content, file), lambda one: len(one[1].included), Origin(file)):
        needs.setdefault(driver, []).append(need)
    for driver, several in needs.items():
        yield Consumer(f"driver {driver}", tuple(several))


def _needs(content: Any, file: str) -> Iterator[tuple[str, Need]]:
    for group, drivers in mapping_of(content, Origin(file), "groups of drivers").items():
        for driver, rules in mapping_of(drivers, Origin(file, line_of(content)), f"the group {group}").items():
            origin = Origin(file, line_of(rules))
            yield str(driver), _need(mapping_of(rules, origin, f"rules of {driver}"), origin, str(group))


def _need(rules: Mapping[Any, Any], origin: Origin, group: str) -> Need:
    events = _patterns(rules.get(_EVENTS, ["*"]), origin)
    accepted = [text.lower() for text in _patterns(rules.get(_PRIORITIES, ["*"]), origin)]
    priorities = frozenset(one.upper() for one in _KNOWN if any(fnmatchcase(one, pattern) for pattern in accepted))
    if not events or not priorities:
        raise WrongError(origin, f"the group {group} accepts nothing for this driver: take it out, or say what")
    reads = (Read((of_names("event_type"),), origin=origin),)
    return Need(tuple(map(Pattern, events)), reads, priorities=priorities, purpose=f"group {group}", origin=origin)


def _patterns(value: Any, origin: Origin) -> list[str]:
    several = list(value) if isinstance(value, str | list) else None
    if several is None or not all(isinstance(one, str) for one in several):
        raise WrongError(origin, f"expected {_EVENTS} and {_PRIORITIES} as lists of texts")
    return several
