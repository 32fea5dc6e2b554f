"""Verdicts: everything that is broken, each thing once, and of the right kind."""

from copy import deepcopy

import pytest

from notify_contracts._schema.engines import ENGINES
from notify_contracts.model import Delivery, Location, Notification, Unreadable, Verdict, Violation

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def _example(catalog, event_type="image.create", priority="INFO"):
    return catalog.contract(event_type, priority).example()


def _found(verdict):
    return {(violation.pointer, violation.keyword): violation.kind for violation in verdict.violations}


def test_all_violations(engine, catalog_of):
    """A verdict holds everything that is broken, wherever it stands, in one order on both engines."""
    catalog = catalog_of("glance-documented", engine)
    notification = _example(catalog)
    del notification["message_id"]
    notification |= {"timestamp": "yesterday", "colour": "red"}
    notification["payload"] |= {"status": "activ", "size": -1, "tags": ["a", "a"], "owner": 7, "location": "file:///a"}
    verdict = catalog.check(notification)
    assert [(violation.pointer, violation.keyword, violation.kind) for violation in verdict.violations] == [
        ("/colour", "additionalProperties", "envelope"),
        ("/message_id", "required", "envelope"),
        ("/payload/location", "not", "payload"),
        ("/payload/owner", "type", "payload"),
        ("/payload/size", "minimum", "payload"),
        ("/payload/status", "enum", "payload"),
        ("/payload/tags", "uniqueItems", "payload"),
        ("/timestamp", "pattern", "envelope"),
    ]
    assert {violation.contract for violation in verdict.violations} == {"image.create-INFO"} == {verdict.contract}
    assert not verdict.conforms


def test_conforming(engine, catalog_of):
    """A conforming notification has a contract and no violations, and its verdict keeps it and its place."""
    catalog = catalog_of("glance-emitted", engine)
    notification = Notification(_example(catalog))
    verdict = catalog.check(notification, Location("recording", 7))
    assert verdict == Verdict(notification, "image.create-INFO", (), Location("recording", 7))
    assert verdict.conforms
    assert str(verdict.location) == "recording, line 7"


def test_unknown_event(engine, catalog_of):
    """An event type that the catalog does not have is a violation of its own kind, beside those of the envelope."""
    catalog = catalog_of("glance-documented", engine)
    notification = _example(catalog) | {"event_type": "volume.create", "message_id": 7}
    verdict = catalog.check(notification)
    assert _found(verdict) == {("/message_id", "type"): "envelope", ("/event_type", "unknown-event"): "unknown-event"}
    assert verdict.contract is None


def test_no_contract(engine, catalog_of):
    """A pair without a contract is a violation that says so, and names the pairs that there are."""
    verdict = catalog_of("glance-emitted", engine).check(
        _example(catalog_of("glance-emitted"), "image.upload") | {"priority": "WARN"}
    )
    assert _found(verdict) == {("/priority", "no-contract"): "no-contract"}
    assert verdict.violations[0].message.startswith('expected INFO or ERROR for image.upload, found "WARN"')


@pytest.mark.parametrize("priority", ["info", "WARNING", "", 7, None, ["INFO"], {"a": 1}])
def test_priority_that_is_none(priority, engine, catalog_of):
    """With a priority that is none of the three, no contract applies and the envelope's rule is the only one broken."""
    catalog = catalog_of("glance-documented", engine)
    verdict = catalog.check(_example(catalog) | {"priority": priority})
    assert _found(verdict) == {("/priority", "enum" if isinstance(priority, str) else "type"): "envelope"}
    assert verdict.contract is None


@pytest.mark.parametrize("event_type", [7, None, ["image.create"], {"image.create": 1}, True, 1.5])
def test_event_type_that_is_no_text(event_type, engine, catalog_of):
    """An event type that is not a text is a violation of the envelope alone."""
    catalog = catalog_of("glance-documented", engine)
    assert _found(catalog.check(_example(catalog) | {"event_type": event_type})) == {
        ("/event_type", "type"): "envelope"
    }


def test_empty_envelope(engine, catalog_of):
    """Of an empty object all six attributes are missing."""
    names = ("event_type", "message_id", "payload", "priority", "publisher_id", "timestamp")
    violations = catalog_of("glance-documented", engine).check({}).violations
    assert [(violation.pointer, violation.keyword) for violation in violations] == [
        (f"/{n}", "required") for n in names
    ]


def test_unreadable(engine, catalog_of):
    """What could not be read has a verdict, too: one violation, without pointer and contract, that gives the reason."""
    verdict = catalog_of("glance-documented", engine).check(Unreadable("it is empty"), Location("a", 1))
    assert verdict.violations == (Violation("", "unreadable", "it is empty"),)
    assert (verdict.contract, verdict.violations[0].kind) == (None, "unreadable")


@pytest.mark.parametrize(
    "key", ["notifications.error", "notifications.INFO", "info", "", "notifications.info.x", "a.warn"]
)
def test_routing_key_that_disagrees(key, engine, catalog_of):
    """A routing key must end in a dot and the priority in lower case."""
    catalog = catalog_of("glance-documented", engine)
    verdict = catalog.check(Notification(_example(catalog), delivery=Delivery("glance", key)))
    assert _found(verdict) == {("/priority", "routing-key"): "routing-key"}
    assert f'found "{key}"' in verdict.violations[0].message


@pytest.mark.parametrize("key", ["notifications.info", "audit.v2.info"])
def test_routing_key_that_agrees(key, engine, catalog_of):
    """Any topic may stand before the priority."""
    catalog = catalog_of("glance-documented", engine)
    assert catalog.check(Notification(_example(catalog), delivery=Delivery("nova", key))).conforms


def test_allow_unknown(engine, catalog_of):
    """Allowed, an unknown event type has to keep the envelope and nothing else; a known one is checked as ever."""
    catalog = catalog_of("glance-emitted", engine)
    stranger = _example(catalog) | {"event_type": "volume.create", "payload": {"anything": 1}}
    assert catalog.check(stranger, allow_unknown=True).conforms
    assert _found(catalog.check(stranger | {"priority": "HIGH"}, allow_unknown=True)) == {
        ("/priority", "enum"): "envelope"
    }
    known = _example(catalog) | {"priority": "WARN"}
    assert _found(catalog.check(known, allow_unknown=True)) == {("/priority", "no-contract"): "no-contract"}


@pytest.mark.parametrize("name", ["payloads", "payload_", "payload/a", "payload~"])
def test_attribute_named_almost_payload(name, engine, catalog_of):
    """An extra attribute named almost like the payload is a violation of the envelope; its pointer is escaped."""
    catalog = catalog_of("glance-documented", engine)
    verdict = catalog.check(_example(catalog) | {name: 1})
    pointer = "/" + name.replace("~", "~0").replace("/", "~1")
    assert _found(verdict) == {(pointer, "additionalProperties"): "envelope"}


ONE_MISTAKE = {
    "status": (7, "type"),  # and not the enumeration, too
    "id": (7, "type"),
    "deleted": ("yes", "type"),
    "visibility": ("open", "enum"),
    "is_public": (True, "const"),
    "deleted_at": ("2026-11-22T09:32:55Z", "type"),  # must be null because deleted is false
    "checksum": ("0", "pattern"),
    "size": (1.5, "type"),
    "min_disk": (True, "type"),
    "tags": ({"a": 1}, "type"),
}


@pytest.mark.parametrize("field", ONE_MISTAKE)
def test_one_mistake_is_one_violation(field, engine, catalog_of):
    """A single wrong value is one violation, whatever number of rules speaks about it."""
    catalog = catalog_of("glance-documented", engine)
    notification = _example(catalog)
    notification["payload"][field], keyword = ONE_MISTAKE[field]
    assert list(_found(catalog.check(notification))) == [(f"/payload/{field}", keyword)]


def test_nothing_is_changed(engine, catalog_of):
    """Checking changes nothing in what is checked."""
    catalog = catalog_of("glance-documented", engine)
    notification = _example(catalog) | {"_unique_id": "0" * 32, "extra": [{}]}
    notification["payload"]["tags"] = ["b", "a", "b"]
    before = deepcopy(notification)
    assert len(catalog.check(notification).violations) == 2
    assert notification == before
