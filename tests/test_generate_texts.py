"""What consumers meet: every kind of text, the smallest notification where something fails, and clear errors."""

import subprocess
import sys
import unicodedata
from itertools import islice

import pytest
from hypothesis import find, given, settings

from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.generate import TEXT_KINDS, notifications, samples

UPLOAD = ("image.upload", "ERROR")
CREATE = ("image.create", "INFO")
SEEN = {
    "empty": lambda text: text == "",
    "spaces": lambda text: text and text.isspace(),
    "numbers": lambda text: text in ("1e400", "NaN", "Infinity"),
    "words": lambda text: text in ("null", "true", "[]"),
    "syntax": lambda text: text.startswith(("'; DROP", "../..", "${HOME}")),
    "scripts": lambda text: any(c in text for c in "Ж画이ภ"),
    "emoji": lambda text: "🙂" in text or "👩" in text,
    "combining": lambda text: "\u0301" in text or "\u0329" in text,
    "right-to-left": lambda text: any(unicodedata.bidirectional(c) in ("R", "AL", "RLO") for c in text),
    "invisible": lambda text: "\u200b" in text or "\ufeff" in text,
    "controls": lambda text: "\x1b" in text or "\n" in text,
    "nul": lambda text: "\x00" in text,
    "edges": lambda text: "\U0010ffff" in text or "\ufffd" in text,
    "long": lambda text: len(text) > 4000,
}


def _texts(envelope):
    return (envelope["publisher_id"], envelope["payload"]["name"] or "", envelope["payload"]["disk_format"] or "-")


def test_every_kind_is_listed():
    """The tests know every kind of text."""
    assert SEEN.keys() == TEXT_KINDS.keys()


@pytest.fixture(scope="module")
def made(catalog_of):
    """Return many texts of the seeded generator, with every kind among them."""
    some = islice(samples(catalog_of("glance-documented"), *CREATE, seed=1), 1500)
    return [text for one in some for text in _texts(one)]


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_kinds(catalog_of, made, kind):
    """Each kind of text occurs in what the seeded generator makes, and does not where it is left out."""
    catalog = catalog_of("glance-documented")
    assert any(map(SEEN[kind], made))
    if kind in ("empty", "spaces"):  # a nameless image, and the space that is part of plain text
        return
    without = [text for one in islice(samples(catalog, *CREATE, seed=1, without=[kind]), 500) for text in _texts(one)]
    assert not any(map(SEEN[kind], without))


@pytest.mark.exhaustive
def test_kinds_are_drawn(catalog_of):
    """Each kind of text occurs in what hypothesis draws."""
    drawn = {"0"}

    @settings(max_examples=1500, deadline=None, database=None, derandomize=True)
    @given(notifications(catalog_of("glance-documented"), *UPLOAD))
    def draw(envelope):
        drawn.add(envelope["payload"])

    draw()
    # The payload is not empty; and what cannot be seen needs something that can.
    assert [kind for kind in SEEN if kind != "empty" and not any(map(SEEN[kind], drawn))] == []


def test_kinds_left_out_are_not_drawn(catalog_of):
    """What is left out, hypothesis does not draw either, not even in the names of properties."""
    kinds = ("nul", "emoji", "right-to-left", "controls", "long", "empty", "combining")

    @settings(max_examples=100, deadline=None, database=None)
    @given(notifications(catalog_of("glance-documented"), *UPLOAD, without=kinds))
    def draw(envelope):
        assert not any(SEEN[kind](text) for kind in kinds for text in (envelope["publisher_id"], envelope["payload"]))

    draw()


def test_no_lone_surrogates(catalog_of):
    """Texts are Unicode text, which JSON can carry."""

    @settings(max_examples=100, deadline=None, database=None)
    @given(notifications(catalog_of("glance-documented"), *UPLOAD))
    def draw(envelope):
        envelope["payload"].encode()

    draw()
    for one in islice(samples(catalog_of("glance-documented"), *UPLOAD), 1000):
        one["payload"].encode()


def test_unknown_kind(catalog_of):
    """A kind of text that there is not is an error that lists those that there are."""
    for generate in (notifications, samples):
        with pytest.raises(UsageError, match=r'no kind of text "greek"; there are empty, .*long'):
            generate(catalog_of("glance-documented"), without=["greek"])


def test_smallest(catalog_of):
    """What any notification breaks shrinks to the smallest one: zeros, empty texts, first days, nothing optional."""
    found = find(notifications(catalog_of("glance-documented"), *CREATE), lambda _: True)
    payload = found["payload"]
    assert found["message_id"] == payload["id"] == "00000000-0000-0000-0000-000000000000"
    assert (found["publisher_id"], found["timestamp"]) == ("0", "1000-01-01 00:00:00")
    assert (payload["name"], payload["size"], payload["min_disk"], payload["tags"]) == (None, None, 0, [])
    assert (payload["deleted"], payload["deleted_at"], payload["properties"]) == (False, None, {})
    assert len(payload) == 20


def test_smallest_with_a_condition(catalog_of):
    """What breaks on one thing shrinks to that thing, everything else being the smallest."""
    strategy = notifications(catalog_of("glance-documented"), *CREATE)
    found = find(strategy, lambda one: len(one["payload"]["name"] or "") > 2 and one["payload"]["min_disk"] > 99)
    assert (found["payload"]["name"], found["payload"]["min_disk"]) == ("000", 100)
    assert (found["publisher_id"], found["payload"]["id"]) == ("0", "00000000-0000-0000-0000-000000000000")
    found = find(strategy, lambda one: one["payload"]["created_at"] > "2026")
    assert found["payload"]["created_at"].endswith("-01-01T00:00:00Z")


def test_replay(catalog_of):
    """What failed is the first thing to be tried again from the example database."""
    from hypothesis.database import InMemoryExampleDatabase

    database, seen = InMemoryExampleDatabase(), []

    @settings(database=database, deadline=None, print_blob=False, max_examples=1_000)
    @given(notifications(catalog_of("glance-documented"), *CREATE))
    def consumer(envelope):
        seen.append(envelope)
        assert (envelope["payload"]["min_disk"] or 0) < 100

    for _ in range(2):
        with pytest.raises(AssertionError):
            consumer()
        first, seen[:] = seen[0], []
    assert first["payload"]["min_disk"] == 100


def test_nothing_selected(catalog_of):
    """A pattern that selects nothing is an error that says what there is."""
    for generate in (notifications, samples):
        with pytest.raises(UsageError, match=r'no event type "picture.*"; there are image.activate, .*task.success'):
            generate(catalog_of("glance-documented"), "picture.*")
        with pytest.raises(UsageError, match=r'no contract "image.create" with "WARN"; there is INFO'):
            generate(catalog_of("glance-emitted"), "image.create", "WARN")


def test_contradiction(catalog_of, parcels_copy):
    """A contract that nothing keeps is an error that names it."""
    path = parcels_copy / "payloads" / "loss.json"
    path.write_text(path.read_text().replace('"uniqueItems": true', '"uniqueItems": true, "maxItems": 0'))
    for generate in (notifications, samples):
        with pytest.raises(CatalogError, match=r"^parcel.lost-ERROR: nothing was found that keeps it"):
            generate(catalog_of(parcels_copy), "parcel.lost", "ERROR")


def test_without_hypothesis():
    """Where hypothesis is missing, strategies say what to install in one line, and the seeded generator works."""
    program = """if True:
        import sys
        sys.modules["hypothesis"] = None
        from notify_contracts import load
        from notify_contracts.errors import UsageError
        from notify_contracts.generate import notifications, samples
        print(next(samples(load(), "image.create"))["event_type"])
        try:
            notifications(load(), "image.create")
        except UsageError as error:
            print(error)
    """
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "image.create",
        "hypothesis is not installed: pip install 'notify-contracts[fuzz]'",
    ]
