"""Several catalogs at once: what each has is judged by it, and reports show all of them."""

import json
import pickle
import re
import shutil

import pytest

from notify_contracts.catalog import joined_catalog, load
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification, Unreadable
from tests.conftest import PAIRS
from tests.watching import Bus, lines_of

GLANCE = "glance-documented"


@pytest.fixture
def both(parcels):
    """Return Glance's catalog and the parcels' as one."""
    return joined_catalog([load(GLANCE), load(parcels)])


@pytest.fixture
def recording(both, made):
    """Write a recording with the first example of every contract of both."""
    return made(b"".join(json.dumps(contract.example()).encode() + b"\n" for contract in both.contracts))


def test_each_has_its_own(both, parcels):
    """An event type is judged by the catalog that has it, and a stranger's fault names all of them."""
    assert len(both.contracts) == len(load(GLANCE).contracts) + len(load(parcels).contracts)
    for contract in both.contracts:
        assert both.check(contract.example()).contract == contract.id
        assert both.check(contract.example()).conforms
        assert contract.is_kept_by(contract.example())
    stranger = both.contract("parcel.accepted", "INFO").example() | {"event_type": "parcel.acepted"}
    violation = both.check(stranger).violations[-1]
    assert "expected an event type of glance-documented and parcels" in violation.message
    assert 'did you mean "parcel.accepted"' in violation.message


def test_a_stranger_to_catalogs_of_ones_own(parcels, tmp_path):
    """A stranger is held against the envelope of the first catalog, also where that did not come with the library."""
    other = shutil.copytree(parcels, tmp_path / "other")
    for file in other.rglob("*.json"):
        file.write_text(file.read_text().replace("https://parcels.example.org/", "https://other.invalid/"))
    (other / "events" / "parcel.lost.json").unlink()
    (other / "events" / "parcel.accepted.json").rename(other / "events" / "parcel.found.json")
    shutil.rmtree(other / "cases")
    for first, second in ((parcels, other), (other, parcels)):
        joined = joined_catalog([load(first), load(second)])
        stranger = joined.contract("parcel.accepted", "INFO").example() | {"event_type": "letter.sent"}
        assert [violation.keyword for violation in joined.check(stranger).violations] == ["unknown-event"]


def test_no_contract(both):
    """A priority for which an event type has no contract is told by the catalog that it belongs to."""
    lost = both.contract("parcel.lost", "WARN").example()
    verdict = both.check(lost | {"event_type": "parcel.accepted"})
    assert [(violation.pointer, violation.keyword) for violation in verdict.violations] == [
        ("/priority", "no-contract")
    ]
    assert both.accepts(Notification(lost))
    assert not both.accepts(Notification(lost | {"event_type": ["parcel.lost"]}))
    for catalog in (both, both.members[0], both.members[1]):  # what `check` takes, with the same answer
        for content in (lost, {"oslo.version": "2.0", "oslo.message": json.dumps(lost)}, lost | {"payload": 5}, {}):
            assert catalog.accepts(content) is catalog.check(content).conforms
        assert not catalog.accepts(Unreadable("torn"))
        with pytest.raises(UsageError, match="expected a notification or a mapping, found NoneType"):
            catalog.accepts(None)
    assert not both.check(Unreadable("torn")).conforms
    assert not both.check(lost | {"event_type": 7}).conforms


@pytest.mark.parametrize("names", [("glance-emitted", GLANCE), (GLANCE, "glance-emitted")])
def test_the_first_that_has_it(names):
    """Of an event type that both have, the contract is the first one's."""
    catalogs = [load(name) for name in names]
    both = joined_catalog(catalogs)
    firsts = {contract.uri for contract in catalogs[0].contracts}
    assert firsts <= {contract.uri for contract in both.contracts}
    further = {contract.event_type for contract in both.contracts if contract.uri not in firsts}
    assert further == set(catalogs[1].event_types) - set(catalogs[0].event_types)


def test_one_that_would_judge_nothing(run, recording, parcels, parcels_copy):
    """A catalog whose event types all belong to those before it is told of: it would be believed to judge."""
    (parcels_copy / "events" / "parcel.lost.json").unlink()
    ran = run("check", recording, "--catalog", GLANCE, "--catalog", parcels, "--catalog", parcels_copy)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert f"the catalog {parcels_copy} judged nothing: each of its event types belongs to a catalog" in ran.err
    assert run("check", recording, "--catalog", GLANCE, "--catalog", parcels_copy, "--catalog", parcels).status == 0


def test_places(both):
    """Documents of either are found by their addresses, in the folder they are in."""
    for contract in both.contracts:
        assert both.document(contract.uri.partition("#")[0])
        assert both.place(contract.uri).endswith(f"/events/{contract.event_type}.json#/$defs/{contract.priority}")


def test_it_travels(both):
    """What another process makes of it says the same."""
    again = pickle.loads(pickle.dumps(both))
    assert (again.name, again.version, again.event_types) == (both.name, both.version, both.event_types)


def test_one_is_itself(parcels):
    """Of one catalog nothing is made, and one that is given twice is refused."""
    catalog = load(parcels)
    assert joined_catalog([catalog]) is catalog
    with pytest.raises(UsageError, match="is given twice"):
        joined_catalog([catalog, load(parcels.parent / "parcels")])


def test_the_command(run, recording, parcels, both):
    """Each of several --catalog counts: what one alone does not know conforms, and the matrix has all of it."""
    options = ("--catalog", GLANCE, "--catalog", parcels)
    assert run("check", recording, "--catalog", GLANCE).status == 1
    ran = run("check", recording, *options)
    assert ran.status == 0
    assert all(event_type in ran.out for event_type in both.event_types)
    count = len(both.contracts)
    assert f"{count} notifications, {count} conform" in ran.out
    assert f"{count} of {count} contracts seen" in ran.out
    assert run("check", recording, *options, "--jobs", 2).out == ran.out


@pytest.mark.parametrize("form", ["json", "html", "junit", "sarif", "markdown", "github"])
def test_reports(form, run, made, parcels):
    """Every report is made of both catalogs, also where what is broken is the second's."""
    broken = load(parcels).contract("parcel.accepted", "INFO").example()
    source = made(json.dumps(broken | {"payload": broken["payload"] | {"grams": 0}}).encode())
    ran = run("check", source, "--catalog", GLANCE, "--catalog", parcels, "--format", form)
    assert (ran.status, ran.err) == (1, "")
    assert "grams" in ran.out
    assert "glance-documented and parcels" in ran.out or form in ("github", "junit", "markdown")


def test_reports_merge(run, recording, parcels, tmp_path):
    """Reports of both together merge where both are named in their order."""
    options = ("--catalog", GLANCE, "--catalog", parcels)
    report = tmp_path / "report.json"
    run("check", recording, *options, "--format", "json", "--output", report)
    assert run("report", "merge", report, *options).status == 0
    assert run("report", "merge", report, *reversed(options[1::2])).status == 2
    ran = run("report", "merge", report)
    assert ran.status == 2
    assert "--catalog" in ran.err


def test_an_audit(run, recording, parcels):
    """Both catalogs travel to the workers."""
    ran = run("audit", recording, "--catalog", GLANCE, "--catalog", parcels, "--workers", 1)
    assert (ran.status, ran.err) == (0, "")


def test_generating(run, parcels):
    """Notifications of either are made."""
    options = ("--catalog", GLANCE, "--catalog", parcels, "--seed", 1)
    assert '"parcel.lost"' in run("generate", *options, "--event", "parcel.*", "--count", 50).out
    assert run("generate", *options, "--lifecycle", "image").status == 0


def test_one_at_a_time(run, parcels):
    """What is about one catalog takes one, and where exchanges differ one has to be chosen."""
    assert "given twice" in run("catalog", "export", "--format", "html", "--catalog", "a", "--catalog", "b").err
    ran = run("watch", "--catalog", GLANCE, "--catalog", parcels, "--for", "1s")
    assert ran.status == 2
    assert "with --exchange" in ran.err


@pytest.fixture
def bus(broker_url, start):
    """Give an exchange of the test's own."""
    bus = Bus(broker_url, start)
    yield bus
    bus.remove()


def test_a_watch(bus, parcels, both):
    """A watch binds the topics of both catalogs, and a queue that is there is consumed whatever they are bound to."""
    options = ("--catalog", GLANCE, "--catalog", parcels, "--count", 2)
    sent = [contract.example() for contract in (both.contract("image.delete", "INFO"), both.contract(*PAIRS[0]))]
    with bus.start("watch", "--url", bus.url, "--exchange", bus.exchange, *options) as process:
        while b"watching" not in process.stderr.readline():
            pass
        with bus.channel() as channel:
            for member, notification in zip(both.members, sent, strict=True):
                channel.basic_publish(bus.exchange, f"{member.topic}.info", json.dumps(notification))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, len(lines_of(out))) == (0, 2), err
    bus.declare_queue()
    bus.send(*sent)
    with bus.watch(*options, shared=True) as process:
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_all_topics_of_a_catalog(bus, parcels_copy, catalog_of):
    """A watch binds every topic that a catalog names, not only the default one."""
    manifest = parcels_copy / "catalog.json"
    stated = json.loads(manifest.read_text())
    topics = ["first", "second"]
    manifest.write_text(json.dumps({**stated, "transport": {**stated["transport"], "topic": topics}}))
    sent = catalog_of(parcels_copy).contract(*PAIRS[0]).example()
    options = ("--exchange", bus.exchange, "--catalog", parcels_copy, "--count", 2)
    with bus.start("watch", "--url", bus.url, *options) as process:
        while b"watching" not in process.stderr.readline():
            pass
        with bus.channel() as channel:
            for topic in topics:
                channel.basic_publish(bus.exchange, f"{topic}.{sent['priority'].lower()}", json.dumps(sent))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, len(lines_of(out))) == (0, 2), err


def test_a_verification(run, broker_url):
    """The examples of both pass every driver."""
    names = (GLANCE, "glance-emitted")
    ran = run("verify", "--url", broker_url, *(word for name in names for word in ("--catalog", name)))
    assert (ran.status, ran.err) == (0, "")
    contracts = len(joined_catalog([load(name) for name in names]).contracts)
    assert f"{contracts} of {contracts} contracts seen" in ran.out


@pytest.fixture
def letters(parcels, tmp_path):
    """Return the parcels' catalog with all of it about letters, but for the name of the lifecycle."""
    other = shutil.copytree(parcels, tmp_path / "letters")
    shutil.rmtree(other / "cases")
    for file in sorted(other.rglob("*.json")):
        text = file.read_text().replace("https://parcels.example.org/", "https://letters.invalid/")
        file.write_text(text.replace("parcel.lost", "letter.lost").replace("parcel.accepted", "letter.accepted"))
    for file in sorted(other.glob("events/parcel.*")):
        file.rename(file.with_name(file.name.replace("parcel.", "letter.")))
    path = other / "catalog.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"name": "letters"}))
    return other


@pytest.mark.parametrize("is_first", [True, False])
def test_lives_of_each(is_first, parcels, letters, run, made):
    """Lifecycles of several catalogs are followed though they have one name, and findings say of which they are."""
    first, second = (parcels, letters) if is_first else (letters, parcels)
    both = [load(parcels).contract("parcel.accepted", "INFO"), load(letters).contract("letter.accepted", "INFO")]
    envelopes = [contract.example() | {"message_id": f"0000000{n}"} for n, contract in enumerate(both * 2)]
    source = made(b"".join(json.dumps(envelope).encode() + b"\n" for envelope in envelopes))
    options = ("--catalog", first, "--catalog", second, "--lifecycles")
    ran = run("check", source, *options, "--format", "jsonl")
    messages = re.findall(r"message...(\w+(?: of \w+)?) RR", ran.out)
    assert ran.status == 1
    name = f"parcel of {'letters' if is_first else 'parcels'}"
    assert {*messages} == {"parcel", name}


def test_lives_of_both(parcels, parcels_copy, recording, run):
    """A lifecycle with steps of one before it is refused where others, of its own catalog, would be followed by nobody.

    Given first, it follows them all.
    """
    event, lives = parcels_copy / "events" / "parcel.accepted.json", parcels_copy / "lifecycles.json"
    further = event.with_name("parcel.found.json")
    further.write_text(event.read_text().replace("parcel.accepted", "parcel.found"))
    content = json.loads(lives.read_text())
    lives.write_text(json.dumps(content).replace("parcel.accepted", "parcel.found", 1))
    content["parcel"]["states"]["at home"] += json.loads(lives.read_text())["parcel"]["states"]["at home"]
    lives.write_text(json.dumps(content))
    ran = run("check", recording, "--catalog", parcels, "--catalog", parcels_copy, "--lifecycles")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "others, such as parcel.found INFO: give only one of the two" in ran.err
    ran = run("check", recording, "--catalog", parcels_copy, "--catalog", parcels, "--catalog", GLANCE, "--lifecycles")
    assert "lives: " in ran.out
