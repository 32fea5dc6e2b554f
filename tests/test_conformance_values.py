"""What the conformance kit is made of: values compared as JSON, events made of contracts, clocks, threads."""

import os
import time
from datetime import UTC, datetime, timedelta, timezone
from threading import get_ident

import pytest

from notify_contracts.conformance.clock import in_another_time_zone, moment
from notify_contracts.conformance.comparing import difference, difference_of_value
from notify_contracts.conformance.concurrency import call_concurrently
from notify_contracts.conformance.events import examples, numbered, with_value
from notify_contracts.generate import TEXT_KINDS


@pytest.mark.parametrize(
    ("expected", "received", "said"),
    [
        (1, 1, None),
        ({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}, None),
        ((1, 2), [1, 2], None),
        (1, True, "expected 1 at the top, found true"),
        (1, 1.0, "expected 1 at the top, found 1.0"),
        (0, False, "expected 0 at the top, found false"),
        (None, {}, "expected null at the top, found an empty object"),
        ({"a": 1}, {}, "expected 1 at /a, found nothing"),
        ({}, {"a/b": 1}, "expected nothing at /a~1b, found 1"),
        ({"a": [1, 2]}, {"a": [1]}, "expected an array of 2 at /a, found an array of 1"),
        ({"a": [1, 2]}, {"a": [1, 3]}, "expected 2 at /a/1, found 3"),
        ({"\x1b": 1}, {}, r"expected 1 at /\x1b, found nothing"),
    ],
)
def test_difference(expected, received, said):
    """The first difference is named with its pointer; JSON's own types count, not Python's."""
    assert difference(expected, received) == said


def test_difference_behind_what_is_shown():
    """Long texts that begin alike are not called the same."""
    said = difference("x" * 99 + "a", "x" * 99 + "b")
    assert said.startswith('expected "xxx')
    assert "another that begins alike" in said


def test_difference_of_a_text():
    """Only the places that held the text count."""
    expected = {"name": "?", "size": 1}
    assert difference_of_value("?", expected, {"name": "?", "size": 2}) is None
    assert difference_of_value("?", expected, {"name": "!", "size": 2}) == 'expected "?" at /name, found "!"'
    assert difference_of_value("?", expected, {"size": 1}) == 'expected "?" at /name, found nothing'


@pytest.mark.parametrize("name", ["glance-documented", "glance-emitted", "parcels"])
@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_texts_where_contracts_allow_them(catalog_of, parcels, name, kind):
    """Every event with a text in it keeps its contract, and there is one for almost every text."""
    catalog = catalog_of(parcels if name == "parcels" else name)
    template = {contract.id: contract.examples[0] for contract in catalog.contracts}
    events = [event for text in TEXT_KINDS[kind] if (event := with_value(catalog.contracts, text))]
    assert events
    for event in events:
        assert catalog.check({**template[event.contract], "payload": event.payload}).conforms


def test_text_where_none_is_allowed(catalog_of):
    """A contract that allows no free text gives no event."""
    assert with_value(catalog_of("glance-documented").select("image.delete", "INFO"), "free") is None


def test_numbered_events(catalog_of):
    """Events differ where a contract allows a text, and are the examples in turn where none does."""
    contracts = catalog_of("glance-documented").select("image.create")
    assert len({str(event) for event in numbered(contracts, 30)}) == 30
    strict = catalog_of("glance-documented").select("image.delete", "INFO")
    assert numbered(strict, 5) == (examples(strict) * 5)[:5]


def test_moment():
    """A time without a zone is in UTC; what is no time is None."""
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for text in ("2026-03-01 12:00:00", "2026-03-01T12:00:00Z", "2026-03-01T17:45:00.000+05:45"):
        assert moment(text) == noon
    assert moment("2026-03-01T17:45:00+05:45").tzinfo == timezone(timedelta(hours=5, minutes=45))
    assert [moment(text) for text in ("today", "", None, 7, {})] == [None] * 5


@pytest.mark.parametrize("before", [None, "EST5"])
def test_elsewhere(monkeypatch, before):
    """The time zone is another one inside, and what it was afterwards, whatever happens."""
    if before is None:
        monkeypatch.delenv("TZ", raising=False)
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()
    zone = time.timezone
    inside = []

    def leave_by_an_error():
        with in_another_time_zone():
            inside.append(time.timezone)
            raise KeyError

    with pytest.raises(KeyError):
        leave_by_an_error()
    assert inside == [-(5 * 60 + 45) * 60]
    assert (os.environ.get("TZ"), time.timezone) == (before, zone)
    monkeypatch.undo()
    time.tzset()


def test_at_once():
    """Every item is given once, each portion in a thread of its own, and what a call raises is raised."""
    given = []
    call_concurrently(lambda item: given.append((get_ident(), item)), [[1, 2], [3, 4]])
    assert sorted(item for _, item in given) == [1, 2, 3, 4]
    assert len({thread for thread, _ in given}) == 2
    with pytest.raises(ZeroDivisionError):
        call_concurrently(lambda item: 1 // item, [[1], [0]])
