"""Where a delivery came from is held against the catalog's transport; of a dead letter, where it came from first."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._lint import lint
from notify_contracts.catalog import Catalog, load
from notify_contracts.catalog.transport import Transport
from notify_contracts.errors import CatalogError
from notify_contracts.model import Delivery, Notification
from tests.telling import examples

GOOD = load("glance-emitted").contract("image.create", "INFO").example()
DEAD = {"count": 1, "exchange": "glance", "queue": "notifications.info", "reason": "maxlen"}


@pytest.fixture
def judged(run, made):
    """Return the status, the keywords of the violations of a recorded delivery, and the last line."""

    def judged(exchange, routing_key, *options, **properties):
        message = {"exchange": exchange, "routing_key": routing_key, "properties": properties, "body": json.dumps(GOOD)}
        ran = run(
            "check", "--catalog", "glance-emitted", "--format", "jsonl", made(json.dumps(message).encode()), *options
        )
        return ran.status, sorted(violation["keyword"] for violation in json.loads(ran.out)["violations"])

    return judged


DELIVERIES = {
    ("glance", "notifications.info"): [],
    ("nova", "versioned_notifications.info"): ["exchange", "topic"],
    ("nova", "notifications.info"): ["exchange"],
    ("glance", "versioned_notifications.info"): ["topic"],
    ("glance", "notifications.error"): ["routing-key"],
    ("", "notifications.info"): [],
    ("", "anything.info"): [],
}


@pytest.mark.parametrize("delivery", DELIVERIES, ids=" ".join)
def test_delivery(delivery, judged):
    """An exchange and a topic that the catalog does not name are violations; the default exchange is nobody's."""
    expected = DELIVERIES[delivery]
    assert judged(*delivery) == (bool(expected), expected)


def test_options(judged):
    """Where the service sends elsewhere, the options say so, each for itself."""
    there = ("nova", "versioned_notifications.info")
    assert judged(*there, "--exchange", "nova", "--topic", "versioned_notifications") == (0, [])
    assert judged(*there, "--exchange", "glance", "--exchange", "nova") == (1, ["topic"])


def _headers(*deaths, **more):
    return {"headers": {"x-death": list(deaths), **more}}


def test_dead_letter(judged):
    """A dead letter is judged by its first way, after however many."""
    first = DEAD | {"routing-keys": ["notifications.info"]}
    later = {"count": 1, "exchange": "dlx", "queue": "unread", "reason": "expired", "routing-keys": ["unread"]}
    named = {"x-first-death-queue": "notifications.info", "x-first-death-reason": "maxlen"}
    assert judged("dlx", "unread", **_headers(first)) == (0, [])
    assert judged("dlx2", "dead", **_headers(later, first)) == (0, [])
    assert judged("dlx2", "dead", **_headers(first, later, **named)) == (0, [])
    assert judged("dlx", "unread", **_headers(DEAD | {"routing-keys": ["notifications.error"]})) == (1, ["routing-key"])
    assert judged("dlx", "unread", **_headers(first | {"exchange": "nova"})) == (1, ["exchange"])


def test_republished(judged):
    """What a client sent on that could not deal with it is judged by the way on which it had come."""
    first = {"x-original-exchange": "glance", "x-original-routingKey": "notifications.info"}
    assert judged("dlx", "error.notifications.info", headers=first) == (0, [])
    assert judged("", "dead", headers=first) == (0, [])
    assert judged("glance", "notifications.info", headers=first | {"x-original-exchange": "nova"}) == (1, ["exchange"])
    wrong = first | {"x-original-routingKey": "notifications.error"}
    assert judged("glance", "notifications.info", headers=wrong) == (1, ["routing-key"])
    assert judged("dlx", "dead", headers={"x-original-exchange": 7, "x-original-routingKey": "a"})[0] == 1


def test_shovelled(judged):
    """The routing key under which a shovel sends to a queue says nothing of the first way; any other does."""
    shovelled = {"headers": {"x-shovelled": [{"src-queue": "notifications.info", "dest-queue": "archive"}]}}
    assert judged("", "archive", **shovelled) == (0, [])
    assert judged("", "archive") == (1, ["routing-key"])
    assert judged("glance", "archive", **shovelled) == (1, ["routing-key"])


@pytest.mark.parametrize(
    "deaths", [None, 7, [], [7], [{}], [DEAD], [DEAD | {"routing-keys": []}], {"routing-keys": "x"}]
)
def test_damaged_header(deaths, judged):
    """A header that tells no first way changes nothing."""
    expected = (1, ["exchange", "routing-key"])
    assert judged("dlx", "unread", headers={"x-death": deaths}) == expected


def test_hint_asks_the_delivery(run, made):
    """Another catalog is only recommended where it would accept the delivery, too."""
    message = {"exchange": "glance", "routing_key": "notifications.error", "properties": {}, "body": json.dumps(GOOD)}
    ran = run("check", "--catalog", "glance-documented", made(json.dumps(message).encode()))
    assert (ran.status, "hint:" in ran.out) == (1, False)


def _with(folder, **transport):
    path = folder / "catalog.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"transport": transport}))
    return Catalog(folder)


def test_several_names(parcels_copy):
    """A transport may name several exchanges and topics: the first are the defaults, and all are accepted."""
    catalog = _with(parcels_copy, exchange=["parcels", "post"], topic=["events", "audit"])
    assert list(lint(parcels_copy)) == []
    assert (catalog.exchange, catalog.topic) == ("parcels", "events")
    example = catalog.contracts[0].example()
    ending = example["priority"].lower()
    for exchange in ("parcels", "post"):
        sent = Notification(example, delivery=Delivery(exchange, f"audit.{ending}"))
        assert catalog.check(sent, transport=None).conforms
    sent = Notification(example, delivery=Delivery("mail", f"audit.{ending}"))
    (violation,) = catalog.check(sent, transport=None).violations
    assert violation.message == 'expected exchange "parcels" or "post", found "mail"'
    assert catalog.check(sent).conforms


@pytest.mark.parametrize("wrong", [[], [7], "", {}, None, [""]])
def test_wrong_names(wrong, parcels_copy):
    """A transport that names nothing is an error that says where."""
    with pytest.raises(CatalogError, match=r"catalog\.json: transport: expected"):
        _ = _with(parcels_copy, exchange=wrong, topic="events").exchange


PLACEHOLDERS = {"{topic}": "(?P<topic>.+)", "{priority}": ".+", "{event_type}": ".+"}
PIECES = st.lists(st.sampled_from([*PLACEHOLDERS, ".", "a", "-"]), min_size=1, max_size=6)


@settings(deadline=None, max_examples=examples(500))
@given(PIECES.filter(lambda pieces: pieces.count("{topic}") < 2), st.text("a.-b", max_size=8))
def test_routing_keys_as_an_expression_reads_them(pieces, key):
    """What a template can have made, and which topic is in it, is what an expression says that tries everything."""
    wholes = {topic: "".join(re.escape(topic) if p == "{topic}" else PLACEHOLDERS.get(p, re.escape(p)) for p in pieces)
              for topic in ("a", "a.b")}  # fmt: skip
    whole = re.fullmatch("".join(PLACEHOLDERS.get(piece, re.escape(piece)) for piece in pieces), key)
    named = whole.groupdict().get("topic") if whole else None
    is_known = any(re.fullmatch(expression, key) for expression in wholes.values())
    broken = Transport(("x",), tuple(wholes)).broken_by(Delivery("x", key), None, "".join(pieces))
    told = f'found "{named}"' if named and not is_known and named not in wholes else None
    assert [violation.message.rpartition(", ")[2] for violation in broken] == ([told] if told else [])


@pytest.mark.parametrize("template", ["{topic}.{event_type}.{priority}", ".".join(["{event_type}"] * 20) + ".{topic}!"])
def test_a_long_routing_key(template, parcels_copy):
    """A long key, in which every dot may part one placeholder from the next, is told to be wrong at once."""
    catalog = _with(parcels_copy, exchange="parcels", topic="events", routing_key=template)
    example = catalog.contracts[0].example()
    sent = Notification(example, delivery=Delivery("parcels", "a." * 20_000 + "\n"))
    assert not catalog.check(sent, transport=None).conforms


def test_a_topic_that_stands_twice():
    """Where a template names the topic twice, it is the one that makes the whole key."""
    broken = Transport(topics=("events",)).broken_by(Delivery("x", "a.b.c.a"), None, "{topic}.{event_type}.{topic}")
    assert [violation.message for violation in broken] == ['expected topic "events", found "a"']
    assert not Transport(topics=("a",)).broken_by(Delivery("x", "a.b.c.a"), None, "{topic}.{event_type}.{topic}")
    assert not Transport(topics=("e",)).broken_by(Delivery("x", "a.b.c"), None, "{topic}.{event_type}.{topic}")
