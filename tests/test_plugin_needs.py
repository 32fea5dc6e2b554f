"""``--notify-needs``: the tests of a project write what its consumer reads."""

import json

import pytest

from notify_contracts.testing.needs import reads_of_session, recording_needs
from tests import small

SESSION = reads_of_session, recording_needs
"""Loaded before sessions within tests, which forget what they have loaded: each would have reads of its own."""

RECORDING = """
    @pytest.mark.contracts("image.upload", "image.delete", priority="INFO")
    def test_it(contract, notification_reads):
        sent = notification_reads.noting(contract.example())
        if sent["event_type"] == "image.upload":
            sent["payload"]["id"]
"""
SKIPPED = """
    def test_skipped(notification_reads):
        pytest.skip("not today")
"""
ID = {"places": ["$.payload.id"], "form": {"type": "string"}, "absent": "fails"}
EVENT_TYPE = {"places": ["$.event_type"], "form": {"type": "string"}, "absent": "fails"}


def _needs(made):
    """Return the name of the consumer, and what it reads of each event type."""
    content = json.loads((made / "needs.json").read_text())
    return content["consumer"], {need["event_types"][0]: need["reads"] for need in content["needs"]}


def test_needs(distributed, pytester):
    """What each process has recorded makes one file, for the consumer that is named."""
    result = distributed(RECORDING).run("--notify-needs=needs.json", "--notify-consumer=billing")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["notify-contracts: needs.json: what billing reads of notifications"])
    assert _needs(pytester.path) == ("billing", {"image.delete": [EVENT_TYPE], "image.upload": [EVENT_TYPE, ID]})


@pytest.mark.parametrize(
    ("tests", "options", "said"),
    [
        (RECORDING, ["-vk", "upload"], "only a part of the tests was asked for (-k)"),
        (RECORDING, ["-pshards"], "test_it.py::test_it[image.delete-INFO] records what is read, and was not run"),
        (RECORDING + SKIPPED, ["-v"], "test_it.py::test_skipped records what is read, and was not run"),
        (RECORDING + "\n    def test_broken(): assert False", [], "not all tests have passed"),
        ("def test_it(): pass", [], "nothing was read of any notification"),
    ],
)
def test_nothing_is_written(in_a_shell, project, tests, options, said):
    """A file that would say less than the consumer reads is not written: what there was stays."""
    (in_a_shell / "needs.json").write_text("as it was")
    (in_a_shell / "shards.py").write_text("def pytest_collection_modifyitems(items): del items[1:]")
    result = project(tests).run("--notify-needs=needs.json", *options)
    assert f"notify-contracts: needs.json: not written, for {said}" in result.stdout.str()
    assert (result.ret == 0) is bool(options), "who tries out a part is not failed"
    assert (in_a_shell / "needs.json").read_text() == "as it was"


@pytest.fixture
def in_a_shell(pytester, monkeypatch):
    """Give the project's folder, outside of CI, where -k tries out a part."""
    for variable in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(variable, raising=False)
    pytester.syspathinsert()
    return pytester.path


def test_nowhere(project):
    """A file in no folder is refused before any test runs."""
    result = project(RECORDING).run("--notify-needs=nowhere/needs.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: notify_needs '*needs.json' cannot be written; give a file in a folder that *"])


def test_conformance_and_fuzzing(project, pytester, monkeypatch):
    """What the kit and hypothesis hand to a consumer shows what it needs, in whatever form it takes it."""
    monkeypatch.setenv("CI", "true")  # where -k is a whole run
    made = project("""
        import json
        from notify_contracts.conformance import ConsumerConformance
        from notify_contracts.fuzzing import fuzz_consumer
        from hypothesis import settings

        class Rejected(Exception): pass

        class Consumer(ConsumerConformance):
            rejected_by = Rejected
            ignores = ("envelope", "payload", "type", "required")

        def size_of(sent):
            return sent["payload"]["size"] if isinstance(sent["payload"], dict) else None

        @pytest.mark.contracts("image.upload", priority="INFO")
        class TestDicts(Consumer):
            @pytest.fixture
            def handle(self): return size_of

        @pytest.mark.contracts("image.activate", priority="INFO")
        class TestBytes(Consumer):
            form = "1.0"
            @pytest.fixture
            def handle(self): return lambda body: size_of(json.loads(body))

        @fuzz_consumer(event="image.update", priority="INFO", rejected_by=Rejected,
                       ignores=["envelope", "payload", "unknown-event", "no-contract"],
                       settings=settings(max_examples=3, database=None))
        def test_fuzzed(sent): size_of(sent)
    """)
    made.run("--notify-needs=needs.json", "-k", "accepts or fuzzed").assert_outcomes(passed=3, deselected=6)
    _, reads = _needs(pytester.path)
    there = {"for": "size, which may be null", "places": ["$.payload"], "absent": "fails"}
    there["form"] = {"type": "object", "required": ["size"]}
    for event_type in ("image.upload", "image.update"):
        assert there in reads[event_type]
    assert [read["places"] for read in reads["image.activate"]] == [["$.payload"], ["$.payload.size"]]


def test_events(project, pytester, monkeypatch):
    """Of events with another envelope only what the consumer reads is needed, whoever hands them over."""
    monkeypatch.setenv("CI", "true")  # where -k is a whole run
    envelope = {"message_id": "{/id}", "event_type": "{/head/type}", "priority": "INFO", "payload": "{/data}"}
    schema = {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}}
    small.write(pytester.path / "catalog", schema, {"size": 3}, envelope=envelope)
    file = pytester.path / "catalog" / "notification.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"required": ["event_type", "priority", "payload"]}))
    made = project("""
        from notify_contracts.conformance import ConsumerConformance
        from notify_contracts.fuzzing import fuzz_consumer
        from hypothesis import settings

        def size_of(event):
            return event["data"]["size"] + 1

        def test_noting(notification_reads, notification_catalog):
            sent = notification_catalog.sent(notification_catalog.contract("a.b", "INFO").example())
            size_of(notification_reads.noting(sent))
            notification_reads.try_without(size_of, sent)

        class TestConsumer(ConsumerConformance):
            rejected_by = ()
            def is_rejected(self, handle, sent): handle(sent)
            @pytest.fixture
            def handle(self): return size_of

        def test_fuzzed(fuzz_consumer):
            fuzz_consumer(size_of, rejected_by=(KeyError, TypeError), settings=settings(max_examples=3, database=None),
                          ignores=["envelope", "payload", "unknown-event", "no-contract"])
    """)
    for chosen in ("noting", "accepts", "fuzzed"):
        made.run("--notify-needs=needs.json", "--notify-catalog=catalog", "-k", chosen).assert_outcomes(
            passed=1, deselected=5
        )
        assert _needs(pytester.path)[1] == {"a.b": [{**ID, "places": ["$.payload.size"], "form": {"type": "number"}}]}


def test_a_consumer_that_waits_for_what_is_not_there(project, pytester):
    """Where it waits too often for its needs to be tried, the test fails."""
    made = project("""
        import time
        from hypothesis import settings
        from notify_contracts.fuzzing import fuzz_consumer

        @fuzz_consumer(event="image.create", priority="INFO", rejected_by=KeyError, deadline=0.05,
                       ignores=["envelope", "payload", "unknown-event", "no-contract"],
                       settings=settings(max_examples=3, database=None))
        def test_fuzzed(sent):
            wanted = ("message_id", "publisher_id", "event_type", "priority", "timestamp", "payload")
            while any(name not in sent or sent[name] is None or isinstance(sent[name], int | list) for name in wanted):
                time.sleep(0.01)
    """)
    result = made.run("--notify-needs=needs.json")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*without some of its members a notification was not done with in 0.05 s: 12 times*"])
    assert not (pytester.path / "needs.json").exists()


def test_what_a_fuzzed_consumer_needs_of_items(project, pytester):
    """Examples of a contract are tried, too: of what hypothesis makes first, lists are empty."""
    schema = {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "object"}}}}
    schema["properties"]["tags"]["items"] |= {"required": ["key"], "properties": {"key": {"type": "string"}}}
    small.write(pytester.path / "catalog", schema, {"tags": [{"key": "a"}]})
    made = project("""
        from hypothesis import settings
        from notify_contracts.fuzzing import fuzz_consumer

        @fuzz_consumer("catalog", rejected_by=KeyError, settings=settings(max_examples=3, database=None),
                       ignores=["envelope", "payload", "unknown-event", "no-contract"])
        def test_fuzzed(sent):
            payload = sent.get("payload")
            for tag in payload.get("tags", ()) if isinstance(payload, dict) else ():
                tag["key"].upper() if isinstance(tag, dict) else tag
    """)
    made.run("--notify-needs=needs.json").assert_outcomes(passed=1)
    assert "key of each item" in (pytester.path / "needs.json").read_text()
