"""What helps with what does not conform: where it stands in the service's events, and which catalog would fit."""

from collections.abc import Iterator

from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted import printable


def hints(outcome: Outcome) -> Iterator[str]:
    """Yield each in a line."""
    if moved := [f"{ours} is {theirs}" for ours, theirs in _places_in_events(outcome).items()]:
        yield printable(f"in an event, {', '.join(moved)}")
    if outcome.hint is not None:
        yield printable(str(outcome.hint))


def _places_in_events(outcome: Outcome) -> dict[str, str]:
    """Return where in an event each attribute stands in which something is broken, unless it is called the same."""
    found = {}
    for member in outcome.catalog.members:
        ids = {contract.id for contract in member.contracts} if member.envelopes else ()
        for key in sorted(key for key in outcome.news.groups if key.contract in ids and key.pointer):
            name = key.pointer.split("/")[1]
            places = member.envelopes[0].places_of(name)
            if places and places != (f"/{name}",):
                found[f"/{name}"] = " and ".join(place or "the whole" for place in places)
    return found
