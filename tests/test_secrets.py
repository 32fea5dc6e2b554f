"""Secrets: one rule for every output; a value whose name says so, or the catalog, or that must not be there."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pika import BasicProperties
from pika.spec import Basic

from notify_contracts._amqp import Arrival
from notify_contracts._live.watching import Ledger, RecordingLines
from notify_contracts._report import FORMATS
from notify_contracts._untrusted import BY_WORDS, SECRET_WORDS, Secrets
from notify_contracts.errors import ContractViolatedError
from notify_contracts.testing import Recorder
from notify_contracts.wire import encode
from tests.telling import examples

strutils = pytest.importorskip("oslo_utils.strutils")

SECRET = "s3cret"
HIDDEN = {
    "where only its name says so": {"x-admin_password": SECRET},
    "where its name says so, within others": {"labels": {"de": [{"myToken2": {"any": [SECRET]}}]}},
    "where it breaks a rule": {"token": SECRET},
    "where the catalog names it": {"x-pin": SECRET},
    "where the catalog names it, and it is no text": {"pin": {"a": [SECRET]}},
    "where its schema says writeOnly": {"door": {"code": SECRET}},
    "where the schema it refers to says writeOnly": {"combination": [[SECRET]]},
    "where it must not be": {"signature": {"by": SECRET}},
    "where nobody expects it": {"unknown": [SECRET]},
    "in a text": {"x-note": f"it said password={SECRET}"},
    "in a text that breaks a rule": {"kind": f'{{"auth_token": "{SECRET}"}}'},
}


@pytest.fixture
def vault(parcels_copy):
    """Return a catalog that says which of its properties are secrets."""
    manifest, parcel, values = (parcels_copy / name for name in ("catalog.json", "payloads/parcel.json", "values.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"secrets": ["pin", "x-pin"]}))
    secret = {"title": "secret", "description": "It opens.", "type": "integer", "writeOnly": True}
    document = json.loads(values.read_text())
    document["$defs"]["secret"] = secret
    values.write_text(json.dumps(document))
    document = json.loads(parcel.read_text())
    properties = {
        "pin": {"description": "It opens the box.", "type": "integer"},
        "token": {"description": "It pays.", "type": "string", "enum": ["a", "b"]},
        "door": {
            "description": "A door.",
            "type": "object",
            "properties": {"code": secret},
            "additionalProperties": False,
        },
        "combination": {"description": "It opens, too.", "$ref": "../values.json#/$defs/secret"},
    }
    document["properties"] |= properties
    parcel.write_text(json.dumps(document))
    return parcels_copy


@pytest.fixture
def accepted(catalog_of, parcels):
    """Return a notification that would conform but that its parcel is too light."""
    good = catalog_of(parcels).contract("parcel.accepted", "INFO").example()
    good["payload"] |= {"grams": 0}
    return good


@pytest.fixture
def with_secrets(accepted):
    """Return a notification with all the secrets, one of which is an attribute of the envelope."""
    payload = accepted["payload"]
    for hidden in HIDDEN.values():
        payload = payload | hidden
    return accepted | {"payload": payload, "secret": SECRET}


@pytest.fixture
def checked(vault, made, run):
    """Check notifications, or what a recording is to hold, with that catalog."""

    def checked(content, *options):
        text = content if isinstance(content, bytes) else "\n".join(json.dumps(one) for one in content).encode()
        return run("check", made(text), "--catalog", vault, *options)

    return checked


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_documents_of_the_catalog(form, vault, run):
    """What people read of a catalog has its examples without secrets, whatever these are called and wherever said."""
    event = vault / "events" / "parcel.accepted.json"
    document = json.loads(event.read_text())
    for contract in document["$defs"].values():
        for example in contract["examples"]:
            example["payload"] |= {"pin": 8_150_362, "door": {"code": 8_150_362}, "token": SECRET}
    event.write_text(json.dumps(document))
    ran = run("catalog", "export", "--catalog", vault, "--format", form)
    assert ran.status == 0
    assert "8150362" not in ran.out
    assert SECRET not in ran.out
    assert "***" in ran.out


@pytest.mark.parametrize("place", HIDDEN)
def test_it_is_nowhere(place, accepted, checked):
    """Neither of them is in any report."""
    accepted["payload"] |= HIDDEN[place]
    # Without a contract nobody knows what must not be there.
    strangers = [] if HIDDEN[place].keys() & {"signature", "unknown"} else [accepted | {"event_type": "no.such"}]
    for form in (*FORMATS, "jsonl"):
        ran = checked([accepted, *strangers], "--format", form)
        assert ran.status == 1
        assert SECRET not in ran.out


@pytest.mark.parametrize("form", [*FORMATS, "jsonl"])
@pytest.mark.parametrize("name", ["message_id", "event_type", "priority", "timestamp", f"token={SECRET}"])
def test_attributes_that_give_one_away(form, name, accepted, checked):
    """Nor is what an attribute of the envelope, its name or that of a property gives away behind such a word."""
    wrong = [{name: f"login password={SECRET}"}, {name: {"pin": SECRET}}, {"payload": {f"token={SECRET}": {"a": 1}}}]
    ran = checked([accepted | one for one in wrong], "--format", form)
    assert ran.status == 1
    assert SECRET not in ran.out


@pytest.mark.parametrize("name", ["token-revoked", "secret:created", "user.password_changed", "/payload/token-id"])
def test_a_name_with_a_word_in_it(name):
    """The names of events and properties that only have such a word in them are shown as they are."""
    assert BY_WORDS.name(name) == name


def test_merged_reports_say_the_same(with_secrets, checked, run, tmp_path, vault):
    """What several runs come to together is, in every format, what one run comes to."""
    lines = [with_secrets, with_secrets | {"event_type": "no.such"}]
    reports = [tmp_path / one["event_type"] for one in lines]
    for one, report in zip(lines, reports, strict=True):
        checked(lines, "--event", one["event_type"], "--format", "json", "--output", report)
    for form in FORMATS:
        together = run("report", "merge", *reports, "--catalog", vault, "--format", form)
        assert together == checked(lines, "--format", form)


def test_an_old_report_is_merged_without_secrets(vault, accepted, checked, run, tmp_path):
    """A report that was written without the rule is read by it."""
    report = tmp_path / "old.json"
    checked([accepted], "--format", "json", "--output", report)
    document = json.loads(report.read_text())
    document["groups"][0]["example"]["notification"]["payload"] |= {"x-pin": SECRET, "x-password": SECRET}
    report.write_text(json.dumps(document))
    for form in FORMATS:
        assert SECRET not in run("report", "merge", report, "--catalog", vault, "--format", form).out


def test_what_is_kept_is_told(accepted, checked):
    """All else is shown as it came: the place of a secret, which rule it breaks, of which kind it is."""
    accepted["payload"] |= {"token": SECRET, "x-note": "as it came", "signature": SECRET}
    document = json.loads(checked([accepted], "--format", "json").out)
    messages = {group["pointer"]: group["message"] for group in document["groups"]}
    assert messages["/payload/token"] == 'expected "a" or "b", found a string, which is not shown'
    for group in document["groups"]:
        payload = group["example"]["notification"]["payload"]
        assert payload == accepted["payload"] | {"token": "***", "signature": "…"}


def test_what_was_hidden_before(accepted, checked):
    """What a log driver has put in the place of a secret is shown: it is what breaks the rule there, and no secret."""
    accepted["payload"] |= {"token": "***"}
    document = json.loads(checked([accepted], "--format", "json").out)
    messages = {group["pointer"]: group["message"] for group in document["groups"]}
    assert messages["/payload/token"] == 'expected "a" or "b", found "***"'


def test_a_test_that_fails(vault, with_secrets, catalog_of):
    """What a failed assertion says of a notification has no secret in it, nor has the coverage."""
    recorder = Recorder(catalog_of(vault))
    with pytest.raises(ContractViolatedError) as raised:
        recorder.assert_conforms(with_secrets)
    assert "/payload/token" in str(raised.value)
    assert SECRET not in str(raised.value)
    assert all(SECRET not in str(group.example.content.envelope) for group in recorder.coverage.summary.groups.values())


def test_an_example_of_the_catalog(vault, run):
    """What catalog show shows of an example has no secret in it."""
    event = vault / "events" / "parcel.accepted.json"
    event.write_text(event.read_text().replace('"grams": ', f'"pin": 5, "x-token": "{SECRET}", "grams": '))
    ran = run("catalog", "show", "parcel.accepted", "--catalog", vault)
    assert ran.status == 0
    assert '"pin": "***"' in ran.out
    assert SECRET not in ran.out


@pytest.mark.parametrize("version", ["1.0", "2.0", "bare", "unreadable"])
def test_a_recording(version, vault, with_secrets, catalog_of, checked):
    """A recording has bodies as they came; masked, it has no secret, neither in bodies nor in properties."""
    catalog = catalog_of(vault)
    body = json.dumps(with_secrets).encode()
    if version in ("1.0", "2.0"):
        body = encode(catalog.check(with_secrets).content, version)
    elif version == "unreadable":
        body = body[:-1]
    properties = BasicProperties(headers={"auth_token": SECRET, "other": "kept"})
    arrival = Arrival(Basic.Deliver("tag", 1, False, "parcels", "events.info"), properties, body)  # noqa: FBT003
    kept, masked = [], []
    sinks = [RecordingLines(kept.append), RecordingLines(masked.append, catalog)]
    Ledger(catalog, "x", sinks=sinks).take([arrival])
    assert json.loads(kept[0])["body"] == body.decode()
    assert SECRET.encode() not in masked[0]
    assert json.loads(masked[0])["properties"]["headers"] == {"auth_token": "***", "other": "kept"}
    totals = json.loads(checked(masked[0], "--format", "json").out)["totals"]
    assert (totals["notifications"], totals["unreadable"]) == (1, version == "unreadable")


def test_the_shape_of_it(vault, run):
    """Lint takes names and writeOnly; what is no list of names, or no truth, is refused."""
    assert "secrets" not in run("catalog", "lint", vault).out
    manifest, parcel = vault / "catalog.json", vault / "payloads" / "parcel.json"
    parcel.write_text(parcel.read_text().replace('"writeOnly": true', '"writeOnly": "yes"'))
    manifest.write_text(manifest.read_text().replace('["pin", "x-pin"]', '"pin"'))
    found = run("catalog", "lint", vault).out
    assert "catalog.json#/secrets" in found
    assert "writeOnly" in found


def test_joined_catalogs(vault, parcels, accepted, made, run):
    """Of several catalogs each says what is a secret in all of them."""
    accepted["payload"] |= {"x-pin": SECRET}
    source = made(json.dumps(accepted).encode())
    assert SECRET in run("check", source, "--catalog", parcels, "--format", "json").out
    assert SECRET not in run("check", source, "--catalog", parcels, "--catalog", vault, "--format", "json").out


# What is a secret in a text, against oslo.utils

PIECES = st.sampled_from(
    (*SECRET_WORDS[::4], *("password", "token", "=", ":", " ", "'", '"', ", ", "--", "<", ">", "</", "\n", "1", "-f "))
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@settings(deadline=None, max_examples=examples())
@given(TEXTS, TEXTS)
def test_what_oslo_hides_is_hidden(before, behind):
    """Where oslo.utils hides what stands in a text, it is hidden; what is shown is shown the same twice."""
    text = f"{before}{SECRET}{behind}"
    shown = Secrets().text(text)
    if SECRET not in strutils.mask_password(text):
        assert SECRET not in shown
    assert Secrets().text(shown) == shown


def test_every_word():
    """Each word of the list is a secret's name, whatever stands around it, and a text that gives it is cut."""
    for word in SECRET_WORDS:
        assert Secrets().hidden({f"my_{word.upper()}2": 1, "text": f"a {word} = x"}) == {
            f"my_{word.upper()}2": "***",
            "text": f"a {word} =***",
        }


def test_any_depth():
    """Nesting that no recursion would come through is copied, and what is in it hidden."""
    value = {"token": SECRET}
    for _ in range(50_000):
        value = [value]
    hidden = Secrets().hidden(value)
    while isinstance(hidden, list):
        (hidden,) = hidden
    assert hidden == {"token": "***"}


def test_the_documents_name_the_rule():
    """The page on reports and that on catalogs say what is a secret, and how a catalog says more."""
    root = Path(__file__).parent.parent
    for page in ("docs/how-to/reports.md", "contracts/README.md"):
        text = (root / page).read_text(encoding="utf-8")
        assert "writeOnly" in text
        assert "`secrets`" in text
