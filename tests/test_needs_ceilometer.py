"""Ceilometer's own files as needs: what they say, and that its real code makes of notifications what they predict."""

from pathlib import Path

import pytest

from notify_contracts._comparison.needs import Answer, Applied, Effect, held
from notify_contracts._comparison.needs.reading import read_consumers
from notify_contracts._comparison.needs.reading.ceilometer.forms import TIME
from notify_contracts._comparison.needs.reading.ceilometer.paths import is_constant, taken
from notify_contracts._schema import matcher
from notify_contracts.catalog import load
from notify_contracts.errors import SourceError
from notify_contracts.model import Notification

EXAMPLES = Path(__file__).parent.parent / "examples"
EVENTS = """
- event_type: ['image.*', '!image.send']
  traits: &image
    resource_id: {fields: payload.id}
    size: {type: int, fields: payload.size}
    host: {fields: 'publisher_id.`split(., 1, 1)`'}
- event_type: image.create
  traits:
    <<: *image
    status: {fields: payload.status}
"""
METERS = """
metric:
  - {name: image.size, event_type: image.up, type: gauge, unit: B, volume: $.payload.size, resource_id: $.payload.id,
     project_id: $.payload.owner}
  - {name: image.count, event_type: ['image.create'], type: gauge, unit: image, volume: 1, resource_id: $.payload.id}
"""
RESOURCES = """
resources:
  - resource_type: image
    metrics: {image.size: }
    event_delete: image.delete
    event_attributes: {id: resource_id, name: nothing}
"""
_MANY = ", ".join(f"t{number}: payload.x{number}" for number in range(150))


@pytest.fixture
def consumer(tmp_path):
    """Return what the three files say."""
    contents = {"event_definitions.yaml": EVENTS, "meters.yaml": METERS, "gnocchi_resources.yaml": RESOURCES}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    (found,) = read_consumers([str(tmp_path / name) for name in contents])
    return found


def _reads(consumer, event_type, priority="INFO"):
    needs = consumer.needs_of(event_type, priority)
    return {read.purpose or need.purpose: (str(read), read.absent) for need in needs for read in need.reads}


def test_the_last_definition_counts(consumer):
    """Of the definitions that match an event type the last one says which traits it has."""
    assert "trait status" in _reads(consumer, "image.create")
    assert "trait status" not in _reads(consumer, "image.update")
    assert _reads(consumer, "image.update")["trait size"] == ("$.payload.size", Effect.LOST)


def test_what_no_definition_matches_has_the_default_traits(consumer):
    """An excluded event type is left to the definition of everything, with traits of its own."""
    reads = _reads(consumer, "image.send")
    assert "trait resource_id" not in reads
    assert reads["trait tenant_id"] == ("$.payload.tenant_id or $._context_project_id", Effect.LOST)


def test_meters_match_at_the_beginning(consumer):
    """Event types of meters are regular expressions for the beginning of an event type."""
    assert _reads(consumer, "image.update")["meter image.size, volume"] == ("$.payload.size", Effect.FAILS)
    assert _reads(consumer, "image.upload")["meter image.size, project_id"] == ("$.payload.owner", Effect.DEFAULTED)
    assert "meter image.count, volume" not in _reads(consumer, "image.create")  # it is 1


def test_priorities(consumer):
    """Events are made of INFO and ERROR, samples of INFO and SAMPLE, nothing of WARN."""
    assert not _reads(consumer, "image.update", "WARN")
    assert "meter image.size, volume" not in _reads(consumer, "image.update", "ERROR")
    assert "trait size" not in _reads(consumer, "image.update", "SAMPLE")


def test_what_ends_a_resource_needs_its_id(consumer):
    """An event that ends a resource is lost without the trait that is its id."""
    assert _reads(consumer, "image.delete")["resource image, id"] == ("$.payload.id", Effect.FAILS)
    assert "resource image, id" not in _reads(consumer, "image.update")


def test_against_glance(consumer):
    """What Glance's contracts give: some guaranteed, some not, and nothing of a payload that is a text."""
    (found,) = held([consumer], load("glance-emitted"))
    answers = {(one.contract.id, one.read.purpose): one.answer for one in found.answers}
    assert answers["image.update-INFO", "meter image.size, resource_id"] is Answer.GUARANTEED
    assert answers["image.update-INFO", "meter image.size, volume"] is Answer.POSSIBLE
    assert answers["image.delete-INFO", "resource image, id"] is Answer.GUARANTEED
    assert answers["image.upload-ERROR", "trait resource_id"] is Answer.IMPOSSIBLE
    assert answers["image.send-INFO", "trait tenant_id"] is Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ("payload.id", "$.payload.id"),
        ("$.payload.image_meta.'org.openstack'", "$.payload.image_meta['org.openstack']"),
        ("payload.volume_attachment[0].server_id", "$.payload.volume_attachment[0].server_id"),
        ("payload.metadata[?key=image_id].value", "$.payload.metadata[?@.key == 'image_id'].value"),
        ("$.payload.metrics[?(@.name='cpu')].value * 100", "$.payload.metrics[?@.name == 'cpu'].value"),
        ("$.payload.measurements.[*].result", "$.payload.measurements[*].result or $.payload.measurements.result"),
        (["payload.a", "ctxt.b"], "$.payload.a or $._context_b"),
        ("(payload.a)|(payload.b)", "$.payload.a or $.payload.b"),
        ("metadata.timestamp", "$.timestamp"),
        (7, ""),
    ],
)
def test_paths(fields, paths):
    """A path of jsonpath-rw-ext is the place in the notification that it leads to."""
    found = taken(fields)
    shown = " or ".join(map(str, found.paths))
    assert (shown, found.unclear) == (paths, "")


_ODD = (
    *(
        "payload..id",
        "payload.`sub(/a/, b)`",
        "payload.a - payload.b",
        "payload.[",
        "payload.a b",
        None,
        [],
        "x" * 2000,
    ),
    *("payload.a|payload.b", "payload.*", "payload.$.publisher_id", "payload.a[0]", "payload.a[*]", "payload.a[?b=5]"),
)


@pytest.mark.parametrize("fields", _ODD)
def test_what_is_not_understood_is_said(fields):
    """What is not understood is never guessed."""
    found = taken(fields)
    assert found.unclear or not found.paths


def test_an_item_of_null_loses_the_whole_event(tmp_path):
    """Ceilometer raises where null stands in place of a list, and then makes nothing of the notification."""
    file = tmp_path / "event_definitions.yaml"
    file.write_text("- {event_type: a, traits: {server: 'payload.volume_attachment[0].server_id'}}")
    (consumer,) = read_consumers([str(file)])
    lost = {}
    for name, attachments in {"none": [], "null": None, "text": "ab", "object": {"a": 1}}.items():
        payload = {"volume_attachment": attachments}
        envelope = {"message_id": "1", "publisher_id": "p", "event_type": "a", "priority": "INFO", "payload": payload}
        lacks = Applied(consumer).lacks(Notification({**envelope, "timestamp": "2026-11-29 10:00:00"}, {}))
        lost[name] = {one.effect for one in lacks if one.read.purpose == "trait server"}
    assert lost == {
        "none": {Effect.LOST}, "text": {Effect.LOST},
        "null": {Effect.LOST, Effect.FAILS}, "object": {Effect.LOST, Effect.FAILS},
    }  # fmt: skip


def test_constants():
    """A name, a unit or a type that is no place of a message stays what is written."""
    assert is_constant("image.size")
    assert is_constant("B")
    assert not is_constant("$.payload.metrics.[*].name")
    assert not is_constant("ctxt.user_id")


@pytest.mark.parametrize(
    ("text", "is_time"),
    [
        ("2026-11-29 10:00:00.123456", True),
        ("2024-02-29T10:00:00Z", True),
        ("2026-02-29 10:00:00", False),
        ("20261129T1000+0200", True),
        ("2026-11-29 10:00:60", False),
        ("yesterday", False),
        ("", False),
    ],
)
def test_times(text, is_time):
    """A time that iso8601 reads is one, and a day that no calendar has is none."""
    assert matcher(TIME["pattern"])(text) is is_time


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- {event_type: a}", "event_definitions.yaml:1: expected traits as a mapping"),
        (
            "- {event_type: [], traits: {}}",
            "event_definitions.yaml:1: expected event_type as a text or a list of texts",
        ),
        ("- event_type: a\n  traits:\n    b: {type: text}", "event_definitions.yaml:3: the trait b has no fields"),
        (
            "- event_type: a\n  traits:\n    b: {type: x, fields: c}",
            "event_definitions.yaml:3: the trait b has a type other",
        ),
        ("metric: 5", "event_definitions.yaml: expected a list of meters under metric"),
        (
            "metric: [{name: a, type: gauge, event_type: b, unit: B, volume: 1, resource_id: c, lookup: true}]",
            "event_definitions.yaml:1: expected lookup as a text or a list of texts",
        ),
        ("metric: [{name: a}]", "event_definitions.yaml:1: the meter lacks type, event_type"),
        (
            "metric: [{name: a, type: b, unit: c, volume: 1, resource_id: d, event_type: '(a+)+$(?!b)'}]",
            "event_definitions.yaml:1: event_type (a+)+$(?!b): groups that repeat",
        ),
        (
            "metric: [{name: a, type: b, unit: '%', volume: 1, resource_id: payload.d, event_type: e}]",
            "event_definitions.yaml:1: unit %: Ceilometer reads it as a path, cannot, and leaves the meter out",
        ),
        ("resources: []", "event_definitions.yaml: resources name traits: give the file of event definitions, too"),
        ("a: b", "no event definitions, meters or resources"),
        ("- [", ": is no YAML"),
        ("!!python/object/apply:os.system [id]", "is no YAML"),
        ("[" * 1200, "is no YAML"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(tmp_path, content, said):
    """A file that cannot be read says which line, and what is wrong there."""
    file = tmp_path / "event_definitions.yaml"
    file.write_text(content)
    with pytest.raises(SourceError) as caught:
        read_consumers([str(file)])
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_meters_of_several_files(tmp_path):
    """Of meters with one name the last of the first file counts, as Ceilometer loads them."""
    meter = "{{name: a, type: gauge, unit: B, volume: $.payload.{}, resource_id: $.payload.id, event_type: e}}"
    for name, places in {"1.yaml": "xy", "2.yaml": "z"}.items():
        tmp_path.joinpath(name).write_text(f"metric: [{', '.join(map(meter.format, places))}]")
    (found,) = read_consumers([str(tmp_path / "1.yaml"), str(tmp_path / "2.yaml")])
    assert _reads(found, "e")["meter a, volume"] == ("$.payload.y", Effect.FAILS)
    assert len(found.needs) == 2


def test_one_file_of_event_definitions(tmp_path):
    """Ceilometer reads one file of event definitions; of two nobody could tell which of their definitions counts."""
    for name in ("1.yaml", "2.yaml"):
        tmp_path.joinpath(name).write_text(EVENTS)
    with pytest.raises(SourceError, match="Ceilometer reads one file of event definitions: leave 1"):
        read_consumers([str(tmp_path / "1.yaml"), str(tmp_path / "2.yaml")])


def test_a_catalog_tells_who_reads_a_field(consumer, tmp_path, run):
    """``catalog show --needs`` tells for each field who reads it, and names the fields that nobody reads."""
    assert consumer.name == "ceilometer"
    files = [argument for file in sorted(tmp_path.glob("*.yaml")) for argument in ("--needs", str(file))]
    shown = run("catalog", "show", "image.upload", "INFO", "--catalog", "glance-emitted", *files).out
    assert "$.payload.size  ceilometer, meter image.size, volume: fails where absent" in shown
    assert "nobody reads: name, status, " in shown
