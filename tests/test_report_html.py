"""The HTML report: what stands on the page, that it is bounded, and that nothing from a message becomes markup."""

import json
import re
from html.parser import HTMLParser

import pytest

from notify_contracts._checking.coverage import Coverage
from notify_contracts._checking.summary import Summary
from notify_contracts._report.html.groups import MOST_EXAMPLES
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.reading import merged
from notify_contracts._report.writers import formatted
from notify_contracts._schema.engines import ENGINES
from notify_contracts.model import Delivery, Location, Notification, Unreadable
from tests.scripting import TEXTS, notifications


class Page(HTMLParser):
    """A page taken apart: its elements in order, each with its attributes, its depth and all its text."""

    VOID = ("input", "link", "meta", "wbr")

    def __init__(self, text):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(text)
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag, attributes):
        """Open an element."""
        element = {"tag": tag, "text": "", **dict(attributes)}
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        """Close one."""
        assert self._open.pop()["tag"] == tag

    def handle_data(self, data):
        """Give text to all elements around it."""
        for element in self._open:
            element["text"] += data

    def texts(self, tag=None, **attributes):
        """Return the texts of the elements of a tag with these attributes; a class need only be one of several."""
        return [
            element["text"]
            for element in self.elements
            if tag in (None, element["tag"])
            and all(
                value in (element.get(name.rstrip("_").replace("_", "-")) or "").split(" ")
                for name, value in attributes.items()
            )
        ]


@pytest.fixture
def page_of(catalog_of):
    """Take apart the page about notifications, or messages, that were checked with a catalog."""

    def page_of(contents, catalog="glance-documented", engine="jsonschema-rs", **also):
        loaded, summary = catalog_of(catalog, engine), Summary()
        for number, content in enumerate(contents, 1):
            summary.add(loaded.check(content, Location("recording", number)))
        return Page(formatted(Outcome(loaded, ("recording",), summary, **also), "html").decode())

    return page_of


@pytest.fixture
def image(catalog_of):
    """Return a notification that conforms."""
    return catalog_of("glance-documented").contract("image.create", "INFO").example()


def test_matrix(page_of, image, catalog_of):
    """There is a row for each event type and a cell for each priority, whose text says what is known."""
    page = page_of([image, image, image | {"payload": 7}, {**image, "event_type": "image.update"}])
    assert page.texts("th", scope="col")[:4] == ["Event type", "INFO", "WARN", "ERROR"]
    assert page.texts("th", scope="row")[:11] == list(catalog_of("glance-documented").event_types)
    assert page.texts("td", class_="failed") == ["✕1 failed 2 passed"]
    assert page.texts("td", class_="passed") == ["✓1 passed"]
    assert page.texts("td", class_="never") == ["·never seen"] * 31
    assert page.texts("td", class_="none") == []
    assert set(page_of([], "glance-emitted").texts("td", class_="none")) == {"no contract"}


@pytest.mark.parametrize("engine", ENGINES)
def test_notification_beside_rule(engine, page_of, image):
    """A group shows the notification with the place marked, and what the contract says of it, with its source."""
    image["payload"]["status"] = "activ"
    page = page_of([image], engine=engine)
    assert [page.texts(class_=part) for part in ("times", "pointer", "keyword")] == [
        ["1 \N{MULTIPLICATION SIGN}"],
        ["/payload/status"],
        ["enum"],
    ]
    assert page.texts(class_="message")[0].endswith('found "activ"; did you mean "active"?')
    notification, rule = page.texts("mark", class_="here")
    assert notification == 'wrong here:     "status": "activ",'
    assert rule.startswith('wrong here:   "enum": [\n    "queued",')
    (pair,) = page.texts("div", class_="pair")
    assert "Where the image is in its life." in pair
    assert "payloads/image.json#/properties/status" in pair


def test_missing_property(page_of, image):
    """What is missing is named where it should be, and the rule says what it should have been."""
    del image["payload"]["visibility"]
    page = page_of([image])
    notification, rule = page.texts("mark", class_="here")
    assert notification == 'wrong here:     "visibility" is missing'
    assert rule == 'wrong here:     "visibility",'
    assert '"properties": {\n    "visibility": {' in page.texts("div", class_="pair")[0]


def test_other_places(page_of, image):
    """What else is wrong in the same notification is marked too, as something else."""
    image["payload"] |= {"status": "activ", "size": -1}
    page = page_of([image])
    assert page.texts("mark", class_="here")[::2] == [
        'wrong here:     "size": -1,',
        'wrong here:     "status": "activ",',
    ]
    assert page.texts("mark", class_="also") == ['wrong too:     "status": "activ",', 'wrong too:     "size": -1,']


def test_secrets(page_of, image):
    """The value of what must not be there may be a secret, and stands nowhere on the page, not even beside others."""
    closed = {**image, "event_type": "image.delete", "password": "s3cret"}
    page = page_of([closed, {**closed, "event_type": "no.such"}])
    assert "s3cret" not in page.texts("html")[0]
    image["payload"] |= {"location": {"url": "swift://me:s3cret@host"}, "status": "activ"}
    page = page_of([image])
    assert "s3cret" not in page.texts("html")[0]
    assert (
        page.texts("mark", class_="also")
        == ['wrong too:     "location": "…"', 'wrong too:     "status": "activ",'][::-1]
    )


IN_WORDS = {
    "unknown-event": ({"event_type": "no.such"}, "The event type is one of those"),
    "no-contract": ({"event_type": "task.run", "priority": "WARN"}, "only in the priorities"),
}


@pytest.mark.parametrize("keyword", IN_WORDS)
def test_rules_in_words(keyword, page_of, image):
    """A rule that no schema states is said in words, and its place is marked."""
    change, words = IN_WORDS[keyword]
    page = page_of([image | change], "glance-emitted")
    assert page.texts("span", class_="keyword") == [keyword]
    assert words in page.texts("div", class_="pair")[0]
    assert len(page.texts("mark", class_="here")) == 1


def test_unreadable_and_misrouted(page_of, image):
    """What could not be read is said to be so; a routing key is shown with the notification that it contradicts."""
    page = page_of([Unreadable("it is <empty>")])
    assert "It could not be read: it is <empty>" in page.texts("div", class_="pair")[0]
    page = page_of([Notification(image, delivery=Delivery("glance", "notifications.warn"))])
    assert "routing key notifications.warn" in page.texts("div", class_="pair")[0]
    assert page.texts("mark", class_="here") == ['wrong here:   "priority": "INFO",']


def test_head(page_of, image):
    """The head says what it came to, and what else went wrong; hint, notes and sources are there."""
    emitted = {**image, "event_type": "image.delete"}
    page = page_of([emitted, image], problems=("broker <gone>",), notes=("a note",))
    assert page.texts("h1") == ["✕1 of 2 notifications breaks its contract"]
    assert page.texts("p", class_="notice") == ["Problembroker <gone>", "Notea note"]
    assert page.texts("p", class_="sources") == ["From recording"]
    assert page_of([image]).texts("h1") == ["✓The notification keeps its contract"]
    assert page_of([]).texts("h1") == ["✓No notification was seen"]
    assert page_of([image], problems=("a",)).texts("h1") == ["✕Something went wrong"]


def test_recording_with_hint(run, examples, tmp_path):
    """The command writes the page, and the hint to the other catalog stands on it."""
    ran = run("check", examples / "glance-33.log", "--report", f"html:{tmp_path / 'report.html'}")
    page = Page((tmp_path / "report.html").read_text())
    assert ran.status == 1
    assert page.texts("p", class_="hint") == [
        "Hint282 of the 282 failing notifications conform to glance-emitted: try --catalog glance-emitted"
    ]
    assert page.texts("h1") == ["✕284 of 816 notifications break their contracts"]


def test_chart(page_of, image):
    """Each span of time has a bar and a row, with counts by contract; what tells no time is counted beside them."""
    broken = image | {"payload": 7}
    times = ["2026-11-22 09:32:55", "2026-11-22 09:32:56", "2026-11-22T09:40:00Z"]
    page = page_of([*({**broken, "timestamp": time} for time in times), {**broken, "timestamp": "never"}])
    rows = [element for element in page.elements if "data-counts" in element]
    assert [row["text"] for row in rows] == ["2026-11-22 09:322", "2026-11-22 09:401"]
    assert [json.loads(row["data-counts"]) for row in rows] == [{"image.create-INFO": 2}, {"image.create-INFO": 1}]
    bars = [(element["x"], element["height"]) for element in page.elements if element["tag"] == "rect"]
    assert bars == [("0.1", "100"), ("8.1", "50")]
    assert page.texts("desc")[0].startswith("3 violations from 2026-11-22 09:32 to 2026-11-22 09:40, at most 2")
    assert "2 violations of notifications that tell no time." in page.texts("section")[1]


@pytest.mark.parametrize("years", [("1970", "9999"), ("2026", "2026"), ("2000", "2026")])
def test_chart_of_any_time(years, page_of, image):
    """However long the time, there are at most 120 columns, and every violation is in one."""
    page = page_of([{**image, "payload": 7, "timestamp": f"{year}-12-31 23:59:59"} for year in years])
    (drawing,) = (element for element in page.elements if element["tag"] == "svg")
    columns = int(drawing["viewbox"].split()[2])
    bars = [element for element in page.elements if element["tag"] == "rect"]
    assert 1 <= columns <= 120
    assert all(0 <= float(bar["x"]) < columns for bar in bars)
    assert sum(sum(json.loads(row["data-counts"]).values()) for row in page.elements if "data-counts" in row) == 2


def test_strangers(page_of, image):
    """Notifications without a contract are listed by event type and priority."""
    page = page_of([{**image, "event_type": f"no.such.{number:03}"} for number in range(300)])
    assert page.texts("details", id="strangers")[0].startswith("300 notifications without a contract")
    assert page.texts("details", id="strangers")[0].endswith("no.such.199INFO1and 100 of other pairs")


def test_coverage_of_tests(page_of, image):
    """Where tests were the source, a cell may be asserted, and what is lacking is listed."""
    coverage = Coverage("glance-documented")
    coverage.note("none(…)", ["image.delete-WARN"])
    page = page_of([image], coverage=coverage)
    assert page.texts("td", class_="asserted") == ["○asserted, never seen"]
    assert "Assertions about what was never seen: 1" in page.texts("section", id="tests")[0]
    assert "asserted, never seen" in page.texts("option")


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
def test_nothing_becomes_markup(catalog, page_of, image):
    """Whatever a message says, the page has only our elements and attributes, one script, and no link elsewhere."""
    clean = page_of([image | {"payload": 7}, image | {"event_type": "a"}], catalog)
    page = page_of(notifications(image), catalog)
    known = {element["tag"] for element in clean.elements}
    assert {element["tag"] for element in page.elements} <= known
    names = {name for element in clean.elements for name in element}
    assert {name for element in page.elements for name in element} - names <= {"data-event"}
    assert [element["text"] for element in page.elements if element["tag"] == "script"] == clean.texts("script")
    assert len(clean.texts("script")) == 1
    links = {element["href"] for element in page.elements if "href" in element}
    assert all(re.fullmatch(r"#[a-z0-9-]+|data:,", link) for link in links)
    (policy,) = (element["content"] for element in page.elements if element.get("http-equiv"))
    assert re.fullmatch(
        "default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; img-src data:; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'",
        policy,
    )


def test_everything_is_shown(page_of, image):
    """What is not obeyed is shown: all of it, and what is invisible as an escape."""
    text = page_of(notifications(image)).texts("html")[0]
    for said in TEXTS[:6]:
        assert said in text.replace('\\"', '"')
    assert r"\u202egnirts\u202c \u2066\u200f\u061c" in text
    assert r"\u001b[31mred\u001b]8;;http://a.invalid\u0007link\u009b2J\u0000\r\n" in text
    assert text.replace("\n", "").isprintable()


def test_large_notification(page_of, image):
    """Of a large notification 16 KiB are shown, and in any case the way to what is broken."""
    image["payload"]["properties"] = {f"p{number}": "x" * 100 for number in range(5000)} | {"last": 7}
    notification = page_of([image]).texts("pre", aria_label="notification")[0]
    assert len(notification) < 17 * 1024
    assert 'wrong here:       "last": 7' in notification
    assert re.search(r"… 4,\d{3} more", notification)


@pytest.mark.parametrize("engine", ENGINES)
def test_deep_notification(engine, page_of, image):
    """A notification nested deeper than one can see is cut, whichever engine has found what is wrong."""
    deep = 7
    for _ in range(900):
        deep = [deep]
    image["payload"]["properties"] = {"a": deep}
    notification = page_of([image], engine=engine).texts("pre", aria_label="notification")[0]
    assert len(notification) < 17 * 1024


@pytest.mark.exhaustive
def test_many_groups(page_of, image):
    """Only the largest groups have their notification on the page, the others are listed; the page says so."""
    page = page_of([{**image, f"x{number:04}": 1} for number in range(1100)] + [{**image, "x0999": 1}])
    assert len(page.texts("details", class_="group")) == 1000
    assert len(page.texts("div", class_="pair")) == MOST_EXAMPLES
    assert "/x0999" in page.texts("details", class_="group")[0]
    remarks = page.texts("section", id="violations")[0]
    assert f"Only the {MOST_EXAMPLES} largest groups have their notification here." in remarks
    assert "100 more violations in groups left out" in remarks


def test_merged_reports(run, examples, tmp_path):
    """The page about reports of several runs is that about one run."""
    source = examples / "glance-33-messaging.jsonl"
    run("check", source, "--report", f"json:{tmp_path / 'a.json'}", "--report", f"html:{tmp_path / 'a.html'}")
    again = formatted(merged([str(tmp_path / "a.json")]), "html").decode()
    first, second = Page((tmp_path / "a.html").read_text()), Page(again)
    for part in ("here", "also", "message", "cell", "times"):
        assert second.texts(class_=part) == first.texts(class_=part) != []


def test_not_json(page_of, image):
    """What a test hands over need not be JSON, and is shown all the same."""
    page = page_of([Notification({**image, "payload": {"when": object(), "n": float("nan")}, "x": {1, 2}})])
    assert page.texts("h1") == ["✕1 of 1 notification breaks its contract"]
