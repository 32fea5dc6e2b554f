"""A life at which something is wrong, as a line in time: what came, the state it was in, and the wrong step, marked."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notify_contracts._untrusted import shortened
from notify_contracts._untrusted.markup import Markup, element
from notify_contracts.model import AFTER_END, MISSING_BEFORE, OUT_OF_ORDER, TWICE, Location

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Told

ORDER_OF_LIFE = (AFTER_END, MISSING_BEFORE, OUT_OF_ORDER, TWICE)
"""The keywords of findings that are about the order of a life."""

_LONGEST = 1024


def life(message: str, location: Location) -> Iterator[Markup]:
    """Yield the line of a life of which a finding says `message`, and nothing where the message has no life in it."""
    from notify_contracts._checking.lives import told_of  # seldom needed

    told = told_of(message)
    if told is None:
        return
    yield element("ol", *_steps(told, location), class_="life", aria_label="The life as a line in time")


def _steps(told: "Told", location: Location) -> Iterator[Markup]:
    if told.since:
        yield element("li", _code(told.since), _place(told.place), class_="came")
        yield element("li", "state ", element("strong", _short(told.states)), class_="state")
    if told.missing:
        yield element("li", "missing: ", _code(told.missing), class_="missing")
    yield element("li", "wrong: ", _short(told.step), _place(str(location)), class_="wrong")
    if told.expected:
        yield element("li", "could have come: ", _code(told.expected), class_="next")


def _code(text: str) -> Markup:
    return element("code", _short(text))


def _place(place: str) -> Markup:
    return element("span", f" {_short(place)}", class_="faint")


def _short(text: str) -> str:
    return shortened(text, _LONGEST)
