"""The place of a violation as a file and a line, for readers that show a report beside the file."""

from typing import NamedTuple

from notify_contracts.capture import STANDARD_INPUT_NAME
from notify_contracts.model import Location


class Place(NamedTuple):
    """A file, and a line in it from 1, None where that is not known."""

    file: str
    line: int | None = None


def place_of(location: Location) -> Place | None:
    """Return the file of a location, None where it is in none: on a broker, in standard input."""
    source, number, unit = location.source, location.number, location.unit
    if unit == "notification":  # of a test, whose name begins with its file
        file, _, test = source.partition("::")
        return Place(file) if test else None
    if unit == "message" or source in ("", STANDARD_INPUT_NAME):
        return None
    return Place(source, number if unit == "line" and number else None)
