"""`catalog export --format markdown` and `html`: lifecycles as tables and as state diagrams."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._export import Selection, format_named
from notify_contracts._export.life_content import states_of, steps_of
from notify_contracts._export.state_diagram import state_diagram
from notify_contracts.catalog import lifecycles_of, read_lifecycles
from notify_contracts.errors import CatalogError
from tests.telling import examples


class Drawn(HTMLParser):
    """What a drawing shows: its texts with their places, its boxes, and its lines as points."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.boxes, self.lines, self.size, self._inside = [], [], [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Note an element."""
        held = dict(attributes)
        self._inside = held if tag == "text" else None
        if tag == "svg":
            self.size = int(held["width"]), int(held["height"])
        if tag == "rect":
            self.boxes.append(tuple(int(held[name]) for name in ("x", "y", "width", "height")))
        if tag == "path" and "class" not in held:
            self.lines += _segments(held["d"])

    def handle_data(self, data):
        """Note text, and how much room it takes: its left, top, right and bottom."""
        if self._inside is not None:
            x, y, length = (int(self._inside[name]) for name in ("x", "y", "textlength"))
            self.texts.append((data, (x, y - 9, x + length, y + 2)))


def _segments(d):
    x = y = 0
    for command, numbers in re.findall("([MHV])([0-9 ]+)", d):
        values = [int(number) for number in numbers.split()]
        before = x, y
        x, y = values if command == "M" else (values[0], y) if command == "H" else (x, values[0])
        if command != "M":
            yield (min(before[0], x), min(before[1], y), max(before[0], x), max(before[1], y))


def _touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _way(event_type, to):
    return {"event_type": event_type, "priority": "INFO", "fields": "form", "to": to}


def _life(states, **more):
    fields = {"form": {"id": "/payload/id"}}
    one = {"title": "t", "description": "d", "$comment": "c", "identity": "id", "fields": fields, "start": "a"}
    return read_lifecycles({"thing": one | {"states": states} | more})[0]


STATES = st.sampled_from(["a", "b", "c", "in the middle", "\N{CJK UNIFIED IDEOGRAPH-751F}" * 30, "<x>\u202e"])
WAYS = st.builds(_way, st.sampled_from(["thing.create", "thing.update", "t" * 90]), STATES)


@settings(deadline=None, max_examples=examples(30))
@given(st.dictionaries(STATES, st.lists(WAYS, max_size=5), max_size=6), st.sets(STATES))
def test_nothing_on_words(states, ends):
    """Whatever a lifecycle is, its words lie on no other words and no line, and all is inside of the drawing."""
    life = _life(states, ends=sorted(ends))
    drawn = Drawn(state_diagram(life, "name"))
    placed = [place for _, place in drawn.texts]
    assert len(placed) >= len(states_of(life)) + len(list(steps_of(life)))
    for number, place in enumerate(placed):
        assert not any(_touch(place, other) for other in placed[number + 1 :])
        assert not any(_touch(place, line) for line in drawn.lines)
    width, height = drawn.size
    assert all(min(place) >= 0 and place[2] <= width and place[3] <= height for place in placed + drawn.lines)


@settings(deadline=None, max_examples=examples(30))
@given(st.dictionaries(STATES, st.lists(WAYS, max_size=5), max_size=6))
def test_rails_apart(states):
    """Where two lines go down or up at one place, they are the way to one state."""
    drawn = Drawn(state_diagram(_life(states), "name"))
    rails = [line for line in drawn.lines if line[0] == line[2] and line[1] < line[3] - 8]
    for number, one in enumerate(rails):
        assert not any(
            one[0] == other[0] and one[1] <= other[3] and other[1] <= one[3] for other in rails[number + 1 :]
        )


def test_without_colour():
    """A state in which a life is over has two lines around it, and says so, as do the start and where it may stay."""
    drawn = Drawn(state_diagram(_life({"a": [_way("thing.create", "b")], "b": []}, rests=["b"]), "name"))
    assert [text for text, _ in drawn.texts] == ["a", "start", "thing.create INFO \u2192 b", "b", "over, may stay"]
    assert len(drawn.boxes) == 3


def test_large():
    """A drawing of 1,000 states that all lead to each other's next is as many boxes."""
    states = {f"s{number}": [_way("thing.update", f"s{(number * 7) % 1000}")] for number in range(1000)}
    assert len(Drawn(state_diagram(_life(states, start="s0", ends=["s1"]), "name")).boxes) == 1001


@pytest.mark.parametrize("name", ["glance-documented", "glance-emitted"])
def test_everything_is_said(name, catalog_of):
    """Both formats show every step of every lifecycle, always in the same bytes."""
    catalog = catalog_of(name)
    selection = Selection(catalog, catalog.contracts)
    html, markdown = (format_named(form).document(selection) for form in ("html", "markdown"))
    lives = lifecycles_of(catalog)
    assert html.count("<svg ") == len(lives)
    for life in lives:
        for row in steps_of(life):
            assert f"| {row.state} | {row.event_type} |" in markdown
            assert f"<title>{row.state} \u2192 {row.to}</title>" in html
    assert format_named("html").document(Selection(catalog, catalog.contracts)) == html


def test_chosen(catalog_of):
    """Of a choice of contracts those lifecycles are shown in which one is a step."""
    catalog = catalog_of("glance-emitted")
    chosen = Selection(catalog, (catalog.contract("task.run", "INFO"),))
    assert [life.name for life in chosen.lifecycles] == ["task"]
    assert "## Lifecycles" not in format_named("markdown").document(Selection(catalog, ()))


def test_misshapen(catalog_of, parcels_copy):
    """Lifecycles of another shape are refused with their place."""
    path = parcels_copy / "lifecycles.json"
    lives = json.loads(path.read_bytes())
    lives["parcel"]["states"]["late"][0]["values"] = ["x"]
    path.write_text(json.dumps(lives))
    catalog = catalog_of(parcels_copy)
    with pytest.raises(CatalogError, match=r"lifecycles\.json#/parcel/states/late/0/values: .*; run catalog lint"):
        format_named("html").document(Selection(catalog, catalog.contracts))
