"""Messages: one line for people, that says what was expected, what was found, and what may have been meant."""

import json
import re
from pathlib import Path

import pytest

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import Catalog, builtin_names, data_folder
from tests import small

JARGON = (
    "is not valid under",
    "schema",
    "$ref",
    "regex",
    "does not match",
    "additionalProperties",
    "None",
    "True",
    "{'",
    "['",
)
QUOTED = re.compile('"[^"]*"')
LONGEST = 400


def _messages(catalog, change, event_type="image.create", priority="INFO"):
    notification = catalog.contract(event_type, priority).example()
    change(notification)
    return {violation.pointer: violation.message for violation in catalog.check(notification).violations}


def _set(name, value):
    return lambda notification: notification["payload"].__setitem__(name, value)


def _rename(name, new):
    return lambda notification: notification["payload"].__setitem__(new, notification["payload"].pop(name))


SAID = {
    "value of an enumeration": (_set("visibility", "pubic"), "/payload/visibility",
        'expected "public", "private", "shared" or "community", found "pubic"; did you mean "public"?'),
    "missing": (lambda n: n.pop("message_id"), "/message_id", 'expected "message_id", found no such property'),
    "missing in the payload": (_rename("owner", "ownr"), "/payload/owner",
        'expected "owner", found no such property; there is "ownr": did you mean "owner"?'),
    "too much": (lambda n: n.update(colour="red"), "/colour", 'expected no property "colour", found a string'),
    "too much, mistyped": (lambda n: n.update(mesage_id=n.pop("message_id")), "/mesage_id",
        'expected no property "mesage_id", found a string; did you mean "message_id"?'),
    "type": (_set("size", "big"), "/payload/size", 'expected integer or null, found "big"'),
    "object": (_set("name", {"a": 1}), "/payload/name", "expected string or null, found an object of 1 property"),
    "empty array": (_set("name", []), "/payload/name", "expected string or null, found an empty array"),
    "null": (_set("min_disk", None), "/payload/min_disk", "expected integer, found null"),
    "pattern": (_set("id", "4711"), "/payload/id", 'expected UUID with hyphens, found "4711"'),
    "impossible date": (_set("created_at", "2026-02-30T00:00:00Z"), "/payload/created_at",
        'expected UTC time such as 2026-11-22T09:32:55Z, found "2026-02-30T00:00:00Z"'),
    "rule between two fields": (_set("is_public", value=True), "/payload/is_public",
        "expected false because visibility is not public, found true"),
    "limit": (_set("min_ram", -1), "/payload/min_ram", "expected at least 0, found -1"),
    "twice": (_set("tags", ["a", "a"]), "/payload/tags", "expected no item twice, found an array of 2"),
    "priority in lower case": (lambda n: n.update(priority="info"), "/priority",
        'expected "INFO", "WARN" or "ERROR", found "info"; did you mean "INFO"?'),
    "another word for a priority": (lambda n: n.update(priority="WARNING"), "/priority",
        'expected "INFO", "WARN" or "ERROR", found "WARNING"; did you mean "WARN"?'),
    "event type": (lambda n: n.update(event_type="image.crate"), "/event_type",
        'expected an event type of glance-documented, found "image.crate"; did you mean "image.create"?'),
    "nothing near": (lambda n: n.update(event_type="volume.attach"), "/event_type",
        'expected an event type of glance-documented, found "volume.attach"'),
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("what", SAID)
def test_message(what, engine, catalog_of):
    """A message says what was expected, what was found, and asks "did you mean" where the two are near."""
    change, pointer, message = SAID[what]
    assert _messages(catalog_of("glance-documented", engine), change)[pointer] == message


@pytest.mark.parametrize("engine", ENGINES)
def test_status_of_an_image(engine, catalog_of):
    """A mistyped status is one of many, and the one that was meant is named."""
    messages = _messages(catalog_of("glance-documented", engine), _set("status", "activ"))
    assert messages["/payload/status"].startswith('expected "queued", "saving", ')
    assert messages["/payload/status"].endswith(', found "activ"; did you mean "active"?')


def test_mistyped_property_both_ways(catalog_of):
    """In a closed payload a mistyped name is told from both sides: what is missing, and what is too much."""
    messages = _messages(catalog_of("glance-emitted"), _rename("owner", "ownr"))
    assert set(messages) == {"/payload/owner", "/payload/ownr"}
    assert all(message.endswith('did you mean "owner"?') for message in messages.values())


NAMES = {
    "the word in two letters": ({"title": "the word in two letters", "pattern": "^[a-z]{2}$"}, {"a1": 1, "longer": 2}),
    "id": ({"$ref": "../values.json#/$defs/id"}, {"a1": 1, "longer": 2}),
    '"id" or "name"': ({"enum": ["id", "name"]}, {"a1": 1, "id": 2}),
    "text of at most 2 characters": ({"maxLength": 2}, {"a1": 1, "longer": 2}),
    "as propertyNames says": ({"allOf": [{"title": "no one", "pattern": "^[^1]*$"}]}, {"a1": 1, "longer": 2}),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("expected", NAMES)
def test_names_of_properties(expected, engine, tmp_path):
    """A rule for names says which name breaks it, of several the shortest, and not how it is written."""
    names, payload = NAMES[expected]
    values = {"id": {"title": "an id", "pattern": "^[a-z]{2}$"}}
    folder = small.write(tmp_path / "small", {"type": "object", "propertyNames": names}, {}, values)
    (envelope,) = small.notifications(payload)
    (violation,) = Catalog(folder, engine).check(envelope).violations
    wrong = "longer" if "text of" in expected else "a1"
    said = f'expected each name of a property to be {expected}, found "{wrong}"'
    assert (violation.pointer, violation.keyword, violation.message) == ("/payload", "propertyNames", said)


@pytest.mark.parametrize("folder", [*builtin_names(), "parcels"])
def test_words_of_every_case(folder, catalog_of, parcels):
    """The message of every case is one printable line of expected and found, without the jargon of schemas."""
    root = parcels if folder == "parcels" else data_folder() / folder
    catalog = catalog_of(root)
    wrong = []
    for file in sorted(Path(root).glob("cases/*.json")):
        for case in json.loads(file.read_bytes()):
            for violation in catalog.check(case["notification"]).violations:
                message = violation.message
                fine = message.startswith("expected ") and ", found " in message and message.isprintable()
                own_words = QUOTED.sub("", message)
                if not fine or any(word in own_words for word in JARGON) or len(message) > LONGEST:
                    wrong.append(message)
    assert not wrong, "\n".join(sorted(set(wrong)))


HOSTILE = {
    "line feed": "a\nnotify-contracts: all is well",
    "escape": "\x1b[2J\x1b[31mred\x07",
    "C1": "\x9b31m",
    "bidi": "\u202eevitca\u202c \u2066x\u2069",
    "line separator": "a\u2028b\u2029c\x85",
    "invisible": "act\u200bive\ufeff\u00ad",
    "half a surrogate pair": "\ud800",
    "long": "A" * 1_000_000,
    "NUL": "\x00",
    "tag characters": "\U000e0041\U000e007f",
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_values(hostile, engine, catalog_of):
    """Whatever a notification holds, as value or as name, its messages are one short printable line each."""
    catalog = catalog_of("glance-emitted", engine)
    changes = [
        _set("status", hostile),
        _set(hostile, hostile),
        _rename("owner", hostile),
        lambda notification: notification.update({hostile: hostile}),
        lambda notification: notification.update(event_type=hostile),
        lambda notification: notification.update(priority=hostile),
        lambda notification: notification.update(payload=hostile),
    ]
    for change in changes:
        messages = _messages(catalog, change)
        assert messages
        for message in messages.values():
            assert message.isprintable()
            assert len(message) <= LONGEST


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["location", "locations", "direct_url"])
@pytest.mark.parametrize("catalog", builtin_names())
def test_credentials_are_not_repeated(catalog, name, engine, catalog_of):
    """Of a field that may carry credentials the message says that it is there, and not what it holds."""
    secret = "swift+https://tenant%3Auser:s3cret@auth.example.org/v1/images/1"
    for value in (secret, [{"url": secret}], {"url": secret}):
        messages = _messages(catalog_of(catalog, engine), _set(name, value))
        assert set(messages) == {f"/payload/{name}"}
        assert "s3cret" not in messages[f"/payload/{name}"]
