"""The quick way of what conforms and the ordinary way: the same report to the byte, whatever stands in a recording."""

import gzip
import json
from contextlib import suppress
from copy import deepcopy
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from zlib import crc32

import pytest

from notify_contracts._checking import (
    ABOUT_EVERYTHING,
    Checking,
    Period,
    Question,
    Selection,
    Tally,
    failing,
    moment,
    skimming,
)
from notify_contracts._checking.skimming import Skimming
from notify_contracts._report import FORMATS, Outcome, formatted
from notify_contracts.capture import Part, Recording, lines, recording
from notify_contracts.capture.shape import Shape
from notify_contracts.catalog import builtin_names, joined_catalog, load, read_cases
from notify_contracts.errors import DamagedError
from notify_contracts.model import Location, Notification
from tests.places import places
from tests.random_schemas import value

HERE = Path(__file__).parent
CATALOGS = {Path(name).name: name for name in (*builtin_names(), HERE / "catalogs" / "parcels")}
IDS = {"_unique_id": "4d46", "_context_user": "anna", "_context": {}}
QUESTIONS = (
    ABOUT_EVERYTHING,
    Question(transport=None),
    Question(Selection(("*.create", "parcel.l*"), ("INFO", "WARN"))),
    Question(Selection(period=Period(until=moment("2026-11-22T09:37")))),
    Question(allow_unknown=True),
    Question(Selection(ignored=("*.create", "parcel.l*"))),
)


@cache
def _catalog(name):
    return load(CATALOGS[name])


def _carried(envelope, exchange="glance", key=None, headers=None, version=None):
    """Return a notification as a broker's message, in format 2.0 if `version` is given."""
    body = json.dumps({**envelope, **IDS})
    body = body if version is None else json.dumps({"oslo.version": version, "oslo.message": body})
    key = f"notifications.{str(envelope.get('priority')).lower()}" if key is None else key
    return {"exchange": exchange, "routing_key": key, "properties": {"headers": headers}, "body": body}


def _usual(envelope):
    """Yield the forms in which a notification stands in a recording of its kind."""
    yield envelope
    yield {**envelope, **IDS}
    yield {"oslo.version": "2.0", "oslo.message": json.dumps({**envelope, **IDS})}
    yield _carried(envelope)
    yield _carried(envelope, version="2.0")
    yield _carried(envelope, version="2.0.0", headers={"tries": 2})


def _unusual(envelope):
    """Yield forms of which something is to be said, or something else is to be read."""
    yield from (_carried(envelope, key=f"notifications.{word}") for word in ("info", "error", "nobody"))
    yield _carried(envelope, exchange="nova")
    yield _carried(envelope, version="3.0")
    yield _carried(envelope, headers={"x-death": [{"exchange": "nova", "routing-keys": ["a.info"]}]})
    yield _carried(envelope, headers={"x-original-exchange": "nova", "x-original-routingKey": "a.info"})
    yield _carried(envelope) | {"properties": None}
    yield _carried(envelope) | {"exchange": 7}
    yield _carried(envelope) | {"body": envelope}
    yield {"oslo.message": json.dumps(envelope)}
    yield {**{name: envelope[name] for name in envelope if name != "publisher_id"}, "oslo.message": "{}"}
    yield {"oslo.version": "2.0", "oslo.message": envelope}
    yield {"oslo.version": ["2.0"], "oslo.message": json.dumps([envelope])}
    yield ["notifications.info", json.dumps(envelope)]
    yield [envelope, envelope, 7]
    yield {**envelope, "event_type": [envelope.get("event_type")]}
    yield {**envelope, "priority": None}
    yield {**envelope, "message_id": 7}
    yield {name: envelope[name] for name in list(envelope)[:3]}
    yield {**envelope, "oslo.message": "a", "body": "b"}
    yield list(envelope)
    yield from ("text", 7, None, {}, [])


def _edited(envelope, chance):
    edited = deepcopy(envelope)
    for _ in range(chance.randrange(1, 3)):
        container, key = chance.choice(list(places(edited)) or [(edited, "payload")])
        if chance.randrange(3):
            container[key] = value(chance)
        elif isinstance(container, dict):
            container.pop(key, None)
            container[chance.choice(("a", "deleted", "_context_a", "body"))] = value(chance)
    return edited


@cache
def _written(catalog):
    """Return the examples and the cases of a catalog."""
    files = sorted((catalog.root / "cases").glob("*.json"))
    cases = [case for file in files for case in read_cases(json.loads(file.read_bytes()))]
    return [dict(example) for contract in catalog.contracts for example in contract.examples], cases


def _lines(catalog, chance):
    """Return examples and cases of a catalog in all forms, some edited at random, and lines that are no JSON."""
    examples, cases = _written(catalog)
    examples = chance.sample(examples, min(len(examples), 15))
    broken = [dict(case.notification) for case in cases if chance.randrange(40) == 0]
    values = [chance.choice(list(_usual(envelope))) for envelope in (*examples, *broken)]
    values += [form for envelope in examples[:3] for form in (*_usual(envelope), *_unusual(envelope))]
    edited = (_edited(chance.choice(examples), chance) for _ in range(20))
    values += [chance.choice([*_usual(envelope), *_unusual(envelope)]) for envelope in edited]
    lines = [json.dumps(each).encode() for each in values]
    first = lines[0]
    lines += [b"", b" ", b"{", b"no JSON", first + b",", first + first, first[:-9] + b"\xff", b"\xef\xbb\xbf"]
    chance.shuffle(lines)
    return lines


def _both_ways(catalog, question, opened_anew, formats=("json",)):
    """Return what a recording comes to and the digest of every report on it: the ordinary way, and the quick one."""
    both = []
    for line in (lambda _verdict: b"", None):
        with opened_anew() as opened, suppress(DamagedError):
            for result in Checking(catalog, question, line).results(opened):
                last = result
        outcome = Outcome(catalog, ("recorded",), last.summary)
        both.append((last.summary, [sha256(formatted(outcome, name)).hexdigest() for name in formats]))
    return both


@pytest.mark.parametrize("together", [1, 3, 64])
@pytest.mark.parametrize("name", CATALOGS)
def test_same_reports(name, together, monkeypatch):
    """Whatever lines hold and whatever is asked, what they come to, and the report, is what the ordinary way has.

    Each may be tried by itself in the way of what all conforms, or with a few or many others.
    """
    monkeypatch.setattr(skimming, "_TOGETHER", together)
    monkeypatch.setattr(skimming, "_LONGEST_PAUSE", 0)
    catalog, chance = _catalog(name), Random(f"{name} {together}")
    for question in QUESTIONS:
        content = b"{}\n" + b"\n".join(_lines(catalog, chance))
        one, other = _both_ways(catalog, question, lambda: Recording("recorded", BytesIO(content)))  # noqa: B023
        assert one == other, question


@pytest.mark.parametrize("name", ["glance-33-messagingv2.jsonl", "glance-33-messaging.jsonl"])
def test_same_reports_on_recordings(examples, name):
    """Of what Glance sent, every report is as the ordinary way has it, by the catalog that it breaks, and by both."""
    catalogs = [_catalog(name) for name in builtin_names()]
    for catalog in (catalogs[0], joined_catalog(catalogs)):
        one, other = _both_ways(catalog, Question(transport=None), lambda: Recording(examples / name), FORMATS)
        assert one == other


def test_usual_forms_are_counted():
    """What conforms is counted without a value for it in all its usual forms: a line of each of them is not left."""
    catalog = _catalog("glance-emitted")
    question = Question(transport=None)
    tally = Tally(catalog, question)
    skimming = Skimming(tally, question)
    forms = [json.dumps(form).encode() for contract in catalog.contracts for form in _usual(contract.example())]
    assert skimming.leave(forms) == []
    assert tally.summary.notifications == tally.summary.conforming == len(forms)


def test_among_others(monkeypatch):
    """What conforms is counted, whether it stands among its like or among what is looked at one by one."""
    monkeypatch.setattr(skimming, "_TOGETHER", 2)
    looked_at, read = [], skimming.opened
    monkeypatch.setattr(skimming, "opened", lambda value: (looked_at.append(value), read(value))[1])
    catalog = _catalog("glance-emitted")
    tally = Tally(catalog)
    quick = Skimming(tally, ABOUT_EVERYTHING)
    plain = catalog.contract("image.create", "INFO").example()
    line, marked = json.dumps(plain).encode(), json.dumps(plain | IDS).encode()
    assert quick.leave([line] * 99) == []
    assert quick.leave([line, marked] * 6 + [line] * 200) == []
    assert len(looked_at) == 12
    assert quick.leave([b"7", line] * 3) == [0, 2, 4]
    assert tally.summary.conforming == 99 + 212 + 3


@pytest.mark.parametrize("odd", [{"key": "notifications.error"}, {}])
def test_carried_among_others(monkeypatch, odd):
    """Of messages that are counted many at a time, one that came a wrong way or fails is as the ordinary way has it."""
    monkeypatch.setattr(skimming, "_LONGEST_PAUSE", 0)
    one_by_one = []
    monkeypatch.setattr(
        skimming, "_checksum", lambda each: one_by_one.append(each) or crc32(each["message_id"].encode())
    )
    catalog = _catalog("glance-emitted")
    plain = catalog.contract("image.create", "INFO").example()
    right = json.dumps(_carried(plain, version="2.0")).encode()
    wrong = json.dumps(_carried(plain if odd else plain | {"publisher_id": 7}, **odd)).encode()
    content = b"\n".join([*[right] * 256, wrong, *[right] * 150])
    one, other = _both_ways(catalog, ABOUT_EVERYTHING, lambda: Recording("recorded", BytesIO(content)))
    assert one == other
    assert (one[0].conforming, one[0].failed) == (406, {"image.create-INFO": 1})
    assert 64 <= len(one_by_one) <= 128  # before the right way is known, and where the wrong one is


def test_loose_envelope(parcels_copy, monkeypatch):
    """Where a catalog asks for next to nothing around the payload, what tells the forms apart is not passed over."""
    monkeypatch.setattr(skimming, "_TOGETHER", 1)
    monkeypatch.setattr(skimming, "_LONGEST_PAUSE", 0)
    envelope = json.loads((parcels_copy / "notification.json").read_bytes())
    loose = {name: envelope[name] for name in ("$schema", "$id", "title", "description")} | {"maxProperties": 6}
    (parcels_copy / "notification.json").write_text(json.dumps(loose))
    catalog = load(parcels_copy)
    full = catalog.contract("parcel.accepted", "INFO").example()
    least = {name: full[name] for name in ("event_type", "priority", "payload")}
    forms = [form for each in (full, full | {"b": 1}, least) for form in (*_usual(each), *_unusual(each))]
    content = b"\n".join(json.dumps(form).encode() for form in forms)
    one, other = _both_ways(catalog, ABOUT_EVERYTHING, lambda: Recording("recorded", BytesIO(content)))
    assert one == other
    assert 0 < one[0].conforming < one[0].notifications


@pytest.mark.parametrize("name", CATALOGS)
def test_failing_as_others(monkeypatch, name):
    """What fails as others did is counted with them: what comes of it is as the ordinary way has it."""
    monkeypatch.setattr(failing, "_OFTEN", 2)
    for module in (lines, recording):
        monkeypatch.setattr(module, "BLOCK", 4000)
    catalog, chance = _catalog(name), Random(name)
    content = b"{}\n" + b"\n".join(_lines(catalog, chance)[:40])
    for contract in chance.sample(catalog.contracts, min(len(catalog.contracts), 4)):
        full = contract.example()
        wrong = [full | {"publisher_id": 7, "timestamp": "today"}, full | {"more": 1}, full | {"message_id": 7}]
        wrong += [{name: full[name] for name in full if name != "timestamp"}, full | {"payload": 7}]
        forms = [json.dumps(form).encode() for each in wrong for form in (*_usual(each), *_unusual(each)) if form]
        content += b"\n" + b"\n".join(chance.sample(forms, 40) * 2 + forms[:10])
    one, other = _both_ways(catalog, Question(transport=None), lambda: Recording("recorded", BytesIO(content)))
    assert one == other


def test_failing_as_others_is_counted():
    """When something has failed often enough, what fails just so is not left."""
    catalog = _catalog("glance-emitted")
    wrong = catalog.contract("image.create", "INFO").example() | {"publisher_id": 7}
    tally = Tally(catalog)
    skimming = Skimming(tally, ABOUT_EVERYTHING)
    line = json.dumps(wrong).encode()
    for number in range(1, 9):
        assert skimming.leave([line]) == [0]
        skimming.learn(tally.take(Notification(wrong), Location("recorded", number)))
    assert skimming.leave([line] * 100) == []
    assert tally.summary.failed == {"image.create-INFO": 108}
    assert [group.count for group in tally.summary.groups.values()] == [108]


def test_places():
    """What is left has its place in the recording: behind lines that are counted, in a part, where data is damaged."""
    catalog = _catalog("glance-emitted")
    good = json.dumps(catalog.contract("image.upload", "ERROR").example()).encode()
    content = b"\n".join([good, b"", b"{", *[good] * 2000, b"{", good])
    part = Part(100, 100 + len(content), 41, Shape.LINES, content)
    numbers = []
    for opened_anew in (
        lambda: Recording("recorded", BytesIO(content)),
        lambda: Recording("recorded", part=part),
        lambda: Recording("recorded", BytesIO(gzip.compress(content)[:-20])),
    ):
        one, other = _both_ways(catalog, ABOUT_EVERYTHING, opened_anew)
        assert one == other
        numbers.append(sorted(group.example.location.number for group in other[0].groups.values()))
    assert numbers[:2] == [[3], [44]]


def test_progress():
    """Of a recording of which nothing is left there are results on the way: how far it was read."""
    catalog = _catalog("glance-emitted")
    good = json.dumps(catalog.contract("image.upload", "ERROR").example()).encode() + b"\n"
    checking = Checking(catalog, ABOUT_EVERYTHING, None)
    *before, last = checking.results(Recording("recorded", BytesIO(good * 2000)))
    assert last.summary.notifications == last.summary.conforming == 2000
    assert len(before) > 2
