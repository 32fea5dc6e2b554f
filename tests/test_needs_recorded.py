"""What a consumer reads, recorded by its tests: how it reads notifications, and what it does without."""

import contextlib
import copy
import json
import operator
import pickle

import pytest

from notify_contracts import load
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification
from notify_contracts.testing import Reads
from notify_contracts.wire.envelopes import EnvelopeForm

IMAGE = {"id": "1", "size": 3, "owner": None, "tags": ["a", "b"], "properties": {"os": "linux"}}
SENT = {
    "message_id": "0aeea483-9482-4b3d-a3b8-fa6a1b7632a5",
    "publisher_id": "host",
    "event_type": "image.upload",
    "priority": "INFO",
    "timestamp": "2026-11-22 09:32:58.730800",
    "payload": IMAGE,
}


def _reads(content):
    """Return what a file of needs says of each place: absent, malformed, form, and why it is unclear."""
    return {
        tuple(read["places"]): (read["absent"], read.get("form", {}), bool(read.get("unclear")))
        for need in json.loads(content)["needs"]
        for read in need["reads"]
        if not read.get("for", "").endswith("of each item")
    }


def _recorded(handle, sent=SENT):
    reads = Reads("billing")
    handle(reads.noting(sent))
    return _reads(reads.needs())


def _tried(handle, sent=SENT, **how):
    reads = Reads("billing")
    reads.try_without(handle, sent, **how)
    return _reads(reads.needs())


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


@pytest.mark.parametrize(
    ("handle", "place", "told"),
    [
        (lambda sent: sent["payload"]["id"], "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: sent["payload"].get("size"), "$.payload.size", ("lost", NUMBER, False)),
        (lambda sent: sent["payload"].get("kind", "raw"), "$.payload.kind", ("defaulted", {}, False)),
        (lambda sent: "id" in sent["payload"] and sent["payload"]["id"], "$.payload.id", ("lost", TEXT, False)),
        (lambda sent: operator.itemgetter("id")(sent["payload"]), "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: sent["payload"].pop("id"), "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: sent["payload"].pop("id", 7), "$.payload.id", ("defaulted", TEXT, False)),
        (lambda sent: sent["payload"]["tags"][1], "$.payload.tags[1]", ("fails", TEXT, False)),
        (lambda sent: sent["payload"]["tags"][-1], "$.payload.tags[*]", ("fails", TEXT, False)),
        (lambda sent: copy.deepcopy(sent)["payload"]["id"], "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: sent["payload"].copy()["id"], "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: (sent["payload"] | {"more": 1})["id"], "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: {**sent}["payload"]["id"], "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: (list(sent["payload"]), sent["payload"]["id"]), "$.payload.id", ("fails", TEXT, False)),
        (lambda sent: [sent[key] for key in sent], "$", ("defaulted", {}, True)),
        (lambda sent: sent["payload"] == {}, "$.payload", ("fails", {"type": "object"}, False)),
    ],
)
def test_how_a_place_is_read(handle, place, told):
    """How a place is read says what happens without it; a type is that of what was there."""
    assert _recorded(handle)[(place,)] == told


def _matched(sent):
    match sent:
        case {"payload": {"id": str(), "size": int(size)}}:
            return size
    return None


def test_match():
    """A match statement loses what has no place of its pattern."""
    found = _recorded(_matched)
    assert found[("$.payload.id",)] == ("lost", TEXT, False)
    assert found[("$.payload.size",)] == ("lost", NUMBER, False)


@pytest.mark.parametrize(
    "copied",
    [dict, lambda sent: {**sent}, lambda sent: dict(**sent), lambda sent: {} | sent, lambda sent: dict(sent.items())],
)
def test_copies(copied):
    """Who copies a whole needs none of its members, and what cannot be seen from then on is unclear."""
    assert set(_recorded(lambda sent: copied(sent["payload"]))) == {("$.payload",)}


def test_it_is_a_dict():
    """What notes its reader is equal, written, pickled, copied and changed as a dict is."""
    noted = Reads("billing").noting(SENT)
    assert noted == SENT
    assert noted == SENT
    assert json.loads(json.dumps(noted)) == SENT
    assert pickle.loads(pickle.dumps(noted)) == SENT
    assert copy.copy(noted) == copy.deepcopy(noted) == dict(noted) == {**noted} == noted | {} == SENT
    assert list(noted) == list(noted.keys()) == list(SENT)
    assert list(noted.values()) == list(SENT.values())
    assert sorted(noted["payload"]["tags"]) == ["a", "b"] == noted["payload"]["tags"][:]
    assert isinstance(noted["payload"], dict)
    assert isinstance(noted["payload"]["tags"], list)
    assert load().check(noted).violations == load().check(SENT).violations
    noted["payload"]["tags"].append("c")
    noted["payload"]["size"] += 1
    assert (noted["payload"]["tags"], noted["payload"]["size"]) == (["a", "b", "c"], 4)
    assert (SENT["payload"]["tags"], SENT["payload"]["size"]) == (["a", "b"], 3)
    with pytest.raises(KeyError):
        noted["nothing"]
    with pytest.raises(TypeError):
        hash(noted)


def test_own():
    """What the consumer has put in is not read of the notification."""

    def handle(sent):
        sent["payload"]["seen"] = True
        assert sent["payload"]["seen"]

    assert ("$.payload.seen",) not in _recorded(handle)


def test_notification():
    """A Notification notes as its envelope does."""
    found = _recorded(lambda sent: sent.payload["id"], Notification(SENT))
    assert found[("$.payload.id",)] == ("fails", TEXT, False)
    found = _tried(lambda sent: sent.payload["owner"] or sent.payload["id"].upper(), Notification(SENT))
    assert found[("$.payload.id",)] == ("fails", TEXT, False)
    assert found[("$.payload",)] == ("fails", {"type": "object", "required": ["owner"]}, False)


def test_tried_without():
    """Without each place a consumer shows what it needs: one that catches its own KeyError does not fail."""

    def handle(sent):
        try:
            sent["payload"]["size"]
        except KeyError:
            return None
        return json.loads(pickle.dumps(sent) and json.dumps({**sent}))["payload"]["id"]

    found = _tried(handle)
    assert found[("$.payload.size",)] == ("lost", {"type": "number"}, False)
    assert ("$.payload.id",) in found
    assert not any(unclear for _, _, unclear in found.values())


def test_absent_already():
    """What is absent from a notification that is taken is not needed, however it was looked for."""

    def handle(sent):
        with contextlib.suppress(KeyError):
            sent["payload"]["tenant_id"]
        return sent["payload"]["owner"]

    found = _tried(handle)
    assert found[("$.payload.tenant_id",)] == ("lost", {}, False)
    assert found[("$.payload.owner",)] == ("defaulted", {}, False), "which is null, and must be there"


def test_another_type():
    """What is only passed on may be of another type, though that may be lost later; not what is computed with."""
    reads = Reads("billing")
    reads.try_without(lambda sent: (sent["payload"]["id"], sent["payload"]["size"] + 1), SENT)
    malformed = {
        read["places"][0]: read.get("malformed", read["absent"])
        for need in json.loads(reads.needs())["needs"]
        for read in need["reads"]
    }
    assert malformed["$.payload.id"] == "lost"
    assert malformed["$.payload.size"] == "fails"


def _formatted(sent):
    size = sent["payload"]["size"]
    return size if isinstance(size, str | list | dict) else f"{size:d}"


@pytest.mark.parametrize(
    ("handle", "told"),
    [
        (lambda sent: sent["payload"]["size"] + 1, ("fails", {"type": "number"}, "fails")),
        (lambda sent: [0] * sent["payload"]["size"], ("fails", NUMBER, "fails")),
        (lambda sent: str(sent["payload"]["size"]), ("defaulted", {"type": "number"}, "lost")),
        (_formatted, ("fails", NUMBER, "fails")),
    ],
    ids=["computed with", "counted with", "shown", "shown as a whole number"],
)
def test_whole_numbers(handle, told):
    """A number must be whole where the consumer fails for a fraction, though it may take other types."""
    reads = Reads("billing")
    reads.try_without(handle, SENT)
    read = next(
        read
        for need in json.loads(reads.needs())["needs"]
        for read in need["reads"]
        if read["places"] == ["$.payload.size"]
    )
    assert (read["absent"], read["form"], read.get("malformed", read["absent"])) == told


def test_null():
    """What may be null but must be there is needed of what it is in."""
    found = _tried(lambda sent: (sent["payload"]["size"] or 0) + 1)
    assert found[("$.payload",)] == ("fails", {"type": "object", "required": ["size"]}, False)
    number = {"type": "number"}
    assert found[("$.payload.size",)] == ("defaulted", number, False)
    assert _tried(lambda sent: sent["payload"].get("size", 0) + 1)[("$.payload.size",)] == ("fails", number, False)


def _volume(payload):
    length, width, height = payload["dims"]
    return length * width * height


def _longest(payload):
    return max(item["quantity"] for item in payload["items"])


def _each_once(payload):
    texts = [str(tag) for tag in payload["tags"]]
    if len({*texts}) < len(texts):
        raise ValueError


def _of(items, **more):
    return {"type": "array", "items": {"type": items}, **more}


@pytest.mark.parametrize(
    ("handle", "place", "form"),
    [
        (lambda payload: sum(payload["dims"]), "$.payload.dims", _of("number")),
        (lambda payload: list(map(range, payload["dims"])), "$.payload.dims", _of("integer")),
        (lambda payload: [one and one + 1 for one in payload["dims"]], "$.payload.dims", _of(["null", "number"])),
        (lambda payload: [(one or 0) + 1 for one in payload["dims"]], "$.payload.dims", _of(["null", "number"])),
        (lambda payload: len(payload["dims"]), "$.payload.dims", {"type": "array"}),
        (_volume, "$.payload.dims", _of("number", minItems=3, maxItems=3)),
        (lambda payload: min(payload["dims"]) + 1, "$.payload.dims", _of("number", minItems=1)),
        (lambda payload: payload["dims"][0] + 1, "$.payload.dims", None),
        (lambda payload: ",".join(payload["tags"]), "$.payload.tags", _of("string")),
        (_each_once, "$.payload.tags", {"type": "array"}),
        (lambda payload: sum(one["quantity"] for one in payload["items"]), "$.payload.items", _of("object")),
        (_longest, "$.payload.items", _of("object", minItems=1)),
        (lambda payload: [sum(one["dims"]) for one in payload["items"]], "$.payload.items[*].dims", _of("number")),
        (lambda payload: [ways[0] for ways in payload["ways"]], "$.payload.ways[*]", None),
        (lambda payload: [x - y for x, y in payload["ways"]], "$.payload.ways[*]",
         _of("number", minItems=2, maxItems=2)),
    ],
)  # fmt: skip
def test_items(handle, place, form):
    """A consumer needs the number and the types of items without which it fails, where it reads all of a list."""
    item = {"quantity": 1, "dims": [1, 2]}
    payload = {"dims": [1, 2, 3], "tags": ["a", "b"], "items": [item, item], "ways": [[1, 2], [3, 4]]}
    found = _tried(lambda sent: handle(sent["payload"]), SENT | {"payload": payload})
    assert found.get((place,), ("", None))[1] == form


OBJECT = {"type": "object", "required": ["k"]}


@pytest.mark.parametrize(
    ("handle", "items", "is_tried", "form"),
    [
        (lambda tags: [tag["k"].upper() for tag in tags], [{"k": "a"}, {"k": "b"}], True, {"k": TEXT}),
        (lambda tags: [tag["k"].upper() for tag in tags], [{"k": "a"}], True, {"k": TEXT}),
        (lambda tags: [tag["k"].upper() for tag in tags], [{"k": "a"}], False, {"k": TEXT}),
        (lambda tags: [str(tag["k"]) for tag in tags], [{"k": "a"}], True, {"k": {"type": ["null", "string"]}}),
        (lambda tags: next(tag["k"] for tag in tags if "k" in tag), [{"k": "a"}, {"k": "b"}], True, None),
        (lambda tags: next(tag["k"] for tag in tags if "k" in tag), [{"k": "a"}], True, None),
        (lambda tags: len([tag.get("k") for tag in tags]), [{"k": "a"}], True, None),
    ],
)
def test_members_of_each_item(handle, items, is_tried, form):
    """What is taken of each item is needed of each, however many there are; what one of them must have is not."""
    reads = Reads("billing")
    sent = SENT | {"payload": {"tags": items}}
    handle(reads.noting(sent)["payload"]["tags"])
    if is_tried:
        reads.try_without(lambda sent: handle(sent["payload"]["tags"]), sent)
    found = [read for need in json.loads(reads.needs())["needs"] for read in need["reads"]]
    each = [(read["places"], read["form"]) for read in found if read.get("for") == "k of each item"]
    wanted = (["$.payload.tags"], {"type": "array", "items": {**OBJECT, "properties": form}})
    assert each == ([wanted] if form else [])
    assert any(read["places"] == ["$.payload.tags[*].k"] for read in found) == (form is None)


def test_members_of_items_of_items():
    """What each item of each item must have is asked for at the place of the inner lists."""
    orders = [{"lines": [{"sum": 1}, {"sum": 2}]}, {"lines": [{"sum": 3}]}]
    reads = Reads("billing")
    reads.try_without(
        lambda sent: sum(line["sum"] for order in sent["payload"]["orders"] for line in order["lines"]),
        SENT | {"payload": {"orders": orders}},
    )
    found = [read for need in json.loads(reads.needs())["needs"] for read in need["reads"]]
    each = {read["for"]: read["places"] for read in found if read.get("for", "").endswith("of each item")}
    assert each == {"lines of each item": ["$.payload.orders"], "sum of each item": ["$.payload.orders[*].lines"]}


def test_items_of_several_tests():
    """What is known of items in another process is added, and what failed once is needed, whatever else took it."""
    reads = Reads("billing")

    def handle(sent):
        return sent["payload"]["size"] and sum(sent["payload"]["dims"])

    for size in (0, 3):
        other = Reads("billing")
        other.try_without(handle, SENT | {"payload": {"size": size, "dims": [1, 2]}})
        reads.add(json.loads(json.dumps(other.evidence)))
    assert _reads(reads.needs())[("$.payload.dims",)] == ("fails", _of("number"), False)


def test_many_items():
    """A list of many items is tried with few of them: how often does not grow with it."""
    times = []

    def handle(sent):
        times.append(len(sent["payload"]["dims"]))
        return sent["payload"]["dims"][40:][0] + sum(sent["payload"]["dims"])

    found = _tried(handle, SENT | {"payload": {"dims": list(range(50))}})
    assert found[("$.payload.dims",)][1] == _of("number", minItems=50)
    assert len(times) < 60


def test_rejected_items():
    """Who holds all against a contract rejects items that it does not read, too: that is no need."""

    def handle(sent):
        if not all(isinstance(one, str) for one in list.__iter__(dict.get(dict.get(sent, "payload"), "tags"))):
            raise ValueError
        sent["payload"]["id"].upper()

    assert set(_tried(handle, rejected_by=(ValueError, TypeError, AttributeError))) == {("$.payload.id",)}


ENVELOPE = {
    "message_id": "{/head/id}",
    "event_type": "{/head/type}",
    "priority": "{/head/level}",
    "timestamp": "{/at}",
    "payload": "{/body}",
}
EVENT = {
    "head": {"id": SENT["message_id"], "type": "image.upload", "level": "INFO", "by": "host"},
    "at": "2026-11-22",
    "timestamp": 3,
    "body": {"id": "1", "type": "image", "action": "upload", "tags": ["a"]},
}
WITHIN = {"message_id": "{/body/id}", "event_type": "{/body/type}.{/body/action}", "priority": "INFO"}


@pytest.mark.parametrize(
    ("envelope", "handle", "places"),
    [
        (ENVELOPE, lambda event: event["body"]["id"].upper(), {"$.payload.id"}),
        (ENVELOPE, lambda event: event["body"]["tags"][0].upper(), {"$.payload.tags[0]"}),
        (ENVELOPE, lambda event: (event["head"]["type"].upper(), event["at"].upper()), {"$.event_type", "$.timestamp"}),
        (ENVELOPE, lambda event: (event["head"]["by"].upper(), event["timestamp"] + 1), {"$.head.by", "$.timestamp_"}),
        (WITHIN | {"payload": "{/body}"}, lambda event: event["body"]["id"].upper(), {"$.payload.id"}),
        (WITHIN | {"payload": "{}"}, lambda event: event["body"]["id"].upper(), {"$.payload.body.id"}),
        (WITHIN | {"payload": "{/body}"}, lambda event: event["body"]["action"].upper(), {"$.payload.action"}),
    ],
)
def test_events(envelope, handle, places):
    """What is read of an event is told as a place of the notification that it is, and nothing else is."""
    reads = Reads("billing").taking([EnvelopeForm.stated(envelope)])
    handle(reads.noting(EVENT))
    wanted = {(place,) for place in places}
    assert {place for place, (absent, _, _) in _reads(reads.needs()).items() if absent == "fails"} >= wanted
    assert {place for (place,) in _reads(reads.needs())} <= places | {"$.payload", "$.payload.body", "$.payload.tags"}
    reads.try_without(handle, EVENT)
    assert {place for place, (absent, _, _) in _reads(reads.needs()).items() if absent == "fails"} == wanted


def test_ids_of_events():
    """A consumer that handles no event twice is tried with another id each time, wherever in the event that is."""
    seen = []

    def handle(event):
        assert event["head"]["id"] not in seen
        seen.append(event["head"]["id"])
        event["body"]["id"].upper()

    reads = Reads("billing").taking([EnvelopeForm.stated(ENVELOPE)])
    reads.try_without(handle, EVENT)
    assert _reads(reads.needs())[("$.payload.id",)] == ("fails", TEXT, False)
    assert len(seen) > 5


def test_part_of_an_envelope_as_a_whole():
    """Who copies what holds attributes may read any of them: that is unclear, until it is tried."""
    reads = Reads("billing").taking([EnvelopeForm.stated(ENVELOPE)])
    dict(reads.noting(EVENT)["head"])
    unclear = {place for (place,), (_, _, is_unclear) in _reads(reads.needs()).items() if is_unclear}
    assert unclear == {"$.message_id", "$.event_type", "$.priority"}


def test_no_notification():
    """What is neither a notification nor an event of a known envelope shows nothing, and this is said."""
    reads = Reads("billing")
    reads.noting(EVENT)["body"]["id"].upper()
    with pytest.raises(UsageError, match=r"has no event_type, nor is it an event with an envelope that taking\(\)"):
        reads.needs()


def test_rejected():
    """Who holds all against a contract rejects what it does not read, too: that is no need."""
    catalog = load("glance-documented")

    def handle(sent):
        if not catalog.check(sent).conforms:
            raise ValueError
        sent["payload"]["id"].upper()

    example = catalog.contract("image.upload", "INFO").example()
    found = _tried(handle, example, rejected_by=ValueError)
    assert found[("$.payload.id",)] == ("fails", TEXT, False)
    assert {place for place, (absent, _, _) in found.items() if absent == "fails"} == {("$.payload.id",)}


def test_what_was_not_looked_for():
    """A consumer that does nothing the second time proves nothing, nor does one that then takes nothing at all."""
    seen = set()

    def once(sent):
        if sent["payload"]["id"] not in seen:
            seen.add(sent["payload"]["id"])
            sent["payload"]["size"] += 1

    assert _tried(once)[("$.payload.size",)][0] == "fails"

    def refusing(_):
        raise ValueError

    with pytest.raises(UsageError, match="nothing was read"):
        _tried(refusing)
