"""A lifecycle as a state diagram: an SVG of boxes and arrows in which nothing lies on top of a word.

The states stand under each other. Each step has a line of its own, which leaves its state at the right, has its words
on it and joins the rail of the state that it leads to; each rail enters its state with one arrow.
"""

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple
from unicodedata import east_asian_width

from notify_contracts._export.life_content import roles_of, states_of, values_of
from notify_contracts._untrusted import printable, shortened
from notify_contracts._untrusted.markup import Markup, element
from notify_contracts.catalog import Lifecycle, Transition

# Lengths are CSS pixels.
_LINE, _GAP, _EDGE, _RAIL, _STUB = 20, 14, 12, 12, 26
_CHARACTER = 7  # is kept by textLength, whatever the font
_LONGEST = 60  # characters of a name or of the words of a step; the table below has all of them


class _Step(NamedTuple):
    """The line of a step: its height in the drawing, its words, the state it leads to."""

    y: int
    words: str
    to: str


class _Box(NamedTuple):
    """A state: its name, what else it is, where it begins and ends, its steps, and where its arrow enters, if any."""

    name: str
    roles: str
    top: int
    bottom: int
    steps: tuple[_Step, ...]
    entry: int | None


def state_diagram(life: Lifecycle, name: str) -> Markup:
    """Return the drawing of a lifecycle; `name` begins the ids of its title and description."""
    boxes = tuple(_boxes(life))
    right = _EDGE + 2 * _GAP + max(_width(text) for box in boxes for text in (_short(box.name), box.roles))
    words = right + _STUB
    end = words + _GAP + max((_width(step.words) for box in boxes for step in box.steps), default=0)
    rails = _rails(boxes, end)
    width, height = max((end, *rails.values())) + _EDGE, boxes[-1].bottom + _EDGE
    said = f"{len(boxes)} states, {sum(len(box.steps) for box in boxes)} steps; the table has all of them."
    return element(
        "svg",
        element("title", f"State diagram: {life.title or life.name}", id=f"{name}-title"),
        element("desc", said, id=f"{name}-description"),
        *(part for box in boxes for part in _drawn(box, right, words, rails)),
        *_drawn_rails(boxes, right, rails),
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        role="img",
        aria_labelledby=f"{name}-title {name}-description",
        class_="states",
    )


def _boxes(life: Lifecycle) -> Iterator[_Box]:
    """Yield the states from above, each as high as its lines are many."""
    entered = {way.to for state, ways in life.states.items() for way in ways if way.to != state}
    top = _EDGE
    for state in states_of(life):
        ways, roles = life.states.get(state, ()), ", ".join(roles_of(life, state))
        entry = top + _LINE // 2 + 2 if state in entered else None
        first = top + _LINE // 2 + 2 + (_LINE if entry is not None else 0)
        steps = tuple(_Step(first + number * _LINE, _words(state, way), way.to) for number, way in enumerate(ways))
        lines = max(len(steps) + (entry is not None), 2 if roles else 1)
        bottom = top + lines * _LINE + 4
        yield _Box(state, roles, top, bottom, steps, entry)
        top = bottom + _GAP


def _words(state: str, way: Transition) -> str:
    values = values_of(way)
    said = _short(f"{way.event_type} {way.priority}" + (f" ({values})" if values else ""))
    return said if way.to == state else f"{said} \N{RIGHTWARDS ARROW} {_short(way.to)}"


def _rails(boxes: tuple[_Box, ...], first: int) -> Mapping[str, int]:
    """Return where the rail of each state runs that others lead to; rails beside each other share no height."""
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    rails: dict[str, int] = {}
    for name, (top, bottom) in sorted(_spans(boxes).items(), key=lambda item: (item[1], item[0])):
        while busy and busy[0][0] < top:
            heappush(free, heappop(busy)[1])
        rail = heappop(free) if free else first + len(busy) * _RAIL
        rails[name] = rail
        heappush(busy, (bottom, rail))
    return rails


def _spans(boxes: tuple[_Box, ...]) -> Mapping[str, tuple[int, int]]:
    """Return from where to where the rail of each state reaches that others lead to."""
    heights = {box.name: [box.entry] for box in boxes if box.entry is not None}
    for box in boxes:
        for step in box.steps:
            if step.to != box.name:
                heights[step.to].append(step.y)
    return {name: (min(ys), max(ys)) for name, ys in heights.items()}


def _drawn(box: _Box, right: int, words: int, rails: Mapping[str, int]) -> Iterator[Markup]:
    """Yield a state and its steps. Where a life is over a second line is around it, around the start a dashed one."""
    roles = box.roles.split(", ")
    size = {"width": right - _EDGE, "height": box.bottom - box.top}
    yield _rect(_EDGE, box.top, size, "start" if "start" in roles else "state")
    if "over" in roles:
        yield _rect(_EDGE + 3, box.top + 3, {name: length - 6 for name, length in size.items()}, "state")
    yield _text(_short(box.name), _EDGE + _GAP, box.top + _LINE // 2 + 6, "name")
    if box.roles:
        yield _text(box.roles, _EDGE + _GAP, box.top + _LINE + _LINE // 2 + 4, "role")
    for step in box.steps:
        title = element("title", f"{box.name} \N{RIGHTWARDS ARROW} {step.to}")
        line = _way(step, right, words, None if step.to == box.name else rails[step.to])
        yield element("g", title, *line, _text(step.words, words, step.y + 4, "step"))


def _way(step: _Step, right: int, words: int, rail: int | None) -> Iterator[Markup]:
    """Yield the line of a step: to the rail of another state, or back to its own."""
    if rail is None:
        turn = words - 8
        yield _path(f"M{right} {step.y - 4}H{turn}V{step.y + 4}H{right + 6}")
        yield _arrow(right, step.y + 4)
        return
    yield _path(f"M{right} {step.y}H{words - 4}M{words + _width(step.words) + 4} {step.y}H{rail}")
    yield element("circle", cx=str(rail), cy=str(step.y), r="2.5")


def _drawn_rails(boxes: tuple[_Box, ...], right: int, rails: Mapping[str, int]) -> Iterator[Markup]:
    """Yield the rails with the arrows into their states."""
    spans = _spans(boxes)
    for box in boxes:
        if box.entry is not None:
            top, bottom = spans[box.name]
            yield _path(f"M{rails[box.name]} {top}V{bottom}M{rails[box.name]} {box.entry}H{right + 6}")
            yield _arrow(right, box.entry)


def _rect(x: int, y: int, size: Mapping[str, int], kind: str) -> Markup:
    lengths = {name: str(length) for name, length in size.items()}
    return element("rect", x=str(x), y=str(y), rx="5", class_=kind, **lengths)


def _text(text: str, x: int, y: int, kind: str) -> Markup:
    length = {"textLength": str(_width(text)), "lengthAdjust": "spacingAndGlyphs"}
    return element("text", text, x=str(x), y=str(y), class_=kind, **length)


def _path(d: str) -> Markup:
    return element("path", d=d)


def _arrow(x: int, y: int) -> Markup:
    return element("path", d=f"M{x} {y}l8 -4v8z", class_="arrow")


def _short(text: str) -> str:
    return shortened(printable(text), _LONGEST)


def _width(text: str) -> int:
    return _CHARACTER * sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
