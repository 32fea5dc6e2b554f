"""The conformance kit for consumers: what is right passes all of it, and each of its tests finds its own fault."""

from textwrap import dedent

import pytest

from notify_contracts.catalog import cases_of, load
from tests.telling import telling

HEAD = '''
import pytest
from notify_contracts import load
from notify_contracts.conformance import ConsumerConformance
from notify_contracts.wire import decode


class InvalidNotification(Exception):
    """A notification that the consumer will not have."""

from concurrent.futures import Future

CATALOG = load()


def consume(notification, catalog=CATALOG):
    """Do what a consumer that checks everything does."""
    if not catalog.check(notification).conforms:
        raise InvalidNotification("no")
'''
CONSUMER = """
@pytest.mark.contracts("image.create")
class TestConsumer(ConsumerConformance):
    rejected_by = InvalidNotification
{attributes}

    @pytest.fixture
    def handle(self):
        def handle(notification):
{handle}
        return handle
"""


@pytest.fixture
def outcomes(run_tests):
    """Run tests and return how they ended."""
    return lambda tests, *options: run_tests(HEAD + dedent(tests), *options)


def _consumer(handle="consume(notification)", attributes=""):
    indented = (
        "\n".join(" " * 4 + line for line in dedent(attributes).strip().splitlines()),
        "\n".join(" " * 12 + line for line in dedent(handle).strip().splitlines()),
    )
    return CONSUMER.format(attributes=indented[0], handle=indented[1])


@pytest.mark.parametrize("catalog", telling(["glance-documented", "glance-emitted"], ["glance-documented"]))
def test_a_consumer_that_checks_passes(outcomes, catalog):
    """A consumer that checks everything passes every test for every contract, and nothing is skipped."""
    tests = _consumer().replace('@pytest.mark.contracts("image.create")', "")
    tests = f"CATALOG = load({catalog!r})\n{tests.replace('consume(notification)', 'consume(notification, CATALOG)')}"
    passed, skipped, failed = outcomes(tests, f"--notify-catalog={catalog}")
    assert (skipped, failed) == ({}, {})
    contracts = {"glance-documented": 33, "glance-emitted": 35}[catalog]
    assert len(passed) == 3 * contracts + 1


def test_a_catalog_that_is_not_glance(outcomes, parcels):
    """So it does for another catalog, that of the class."""
    tests = f"CATALOG = load({str(parcels)!r})\n" + _consumer("consume(notification, CATALOG)")
    marks = f'@pytest.mark.notifications(catalog={str(parcels)!r})\n@pytest.mark.contracts("parcel.*")'
    passed, skipped, failed = outcomes(tests.replace('@pytest.mark.contracts("image.create")', marks))
    assert (skipped, failed) == ({}, {})
    assert set(passed) == {
        "test_rejects_without_contract",
        *(
            f"{name}[{contract}]"
            for name in ("test_accepts", "test_rejects", "test_notification_is_not_changed")
            for contract in ("parcel.accepted-INFO", "parcel.lost-WARN", "parcel.lost-ERROR")
        ),
    }


@pytest.mark.parametrize("form", ["1.0", "2.0"])
def test_bodies(outcomes, form):
    """A consumer of message bodies is given bytes in the format that it says."""
    handle = f"""
    assert type(notification) is bytes
    content = decode(notification)
    assert content.format_version == "{form}" and len(content.context["_unique_id"]) == 32
    consume(content.envelope)
    """
    passed, skipped, failed = outcomes(_consumer(handle, f'form = "{form}"'))
    assert failed == {}
    assert len(passed) == 2 * 3 + 1
    assert "bytes, which cannot be changed" in skipped["test_notification_is_not_changed[image.create-INFO]"]


@pytest.mark.exhaustive
def test_in_several_processes(downstream):
    """Under xdist the tests are the same."""
    downstream.makepyfile(HEAD + dedent(_consumer()))
    downstream.runpytest("-pxdist", "-n2").assert_outcomes(passed=3 * 3 + 1)


FAULTS = {
    "not every optional value": (
        """
        if notification.get("payload") and isinstance(notification["payload"], dict):
            if notification["payload"].get("checksum", 0) is None:
                raise InvalidNotification("no checksum")
        consume(notification)
        """,
        {"test_accepts[image.create-INFO]"},
        "image.create-INFO: the consumer does not accept what keeps the contract, ",
        "  rejected: example 1",
    ),
    "a crash at what is valid": (
        """
        consume(notification)
        if isinstance(notification["payload"], dict):
            notification["payload"]["properties"]["os_version"]
        """,
        {"test_accepts[image.create-INFO]"},
        "image.create-INFO: the consumer does not accept what keeps the contract, ",
        "  KeyError: 'os_version' (neither accepted nor rejected): example 1",
    ),
    "an owner that may be missing": (
        """
        if isinstance(notification.get("payload"), dict) and "owner" not in notification["payload"]:
            notification = {**notification, "payload": {"owner": "somebody", **notification["payload"]}}
        consume(notification)
        """,
        {"test_rejects[image.create-INFO]"},
        "image.create-INFO: the consumer does not reject what breaks it",
        '  accepted: case "INFO: owner is missing" (/payload/owner required)',
    ),
    "a crash at what is broken": (
        """
        if (notification.get("event_type"), notification.get("priority")) == ("image.create", "INFO"):
            isinstance(notification.get("payload"), dict) and notification["payload"]["owner"]
        consume(notification)
        """,
        {"test_rejects[image.create-INFO]"},
        "image.create-INFO: the consumer does not reject what breaks it",
        "  KeyError: 'owner' (neither accepted nor rejected): case \"INFO: owner is missing\" (/payload/owner req",
    ),
    "any event type": (
        """
        if isinstance(notification.get("event_type"), str):
            notification = {**notification, "event_type": "image.create"}
        consume(notification)
        """,
        {"test_rejects_without_contract"},
        "the consumer does not reject what has no contract, ",
        "(/event_type unknown-event)",
    ),
    "a change": (
        """
        consume(notification)
        if isinstance(notification["payload"], dict):
            del notification["payload"]["properties"]
        """,
        {"test_notification_is_not_changed[image.create-INFO]"},
        "image.create-INFO: the consumer changes the notification that it is given, ",
        "  expected an object of 1 property at /payload/properties, found nothing: example 1",
    ),
}


FEW = ("not every optional value", "a crash at what is broken", "a change")


@pytest.mark.parametrize("fault", telling(FAULTS, FEW))
def test_faults(outcomes, fault):
    """A consumer that is wrong in one way fails the test for it and no other, and is told every case."""
    handle, tests, first, line = FAULTS[fault]
    _, skipped, failed = outcomes(_consumer(handle))
    assert skipped == {}
    assert set(failed) == tests
    (text,) = failed.values()
    assert text.startswith(first)
    assert line in text
    for noise in ("conformance", "During handling", "Traceback"):
        assert noise not in text


def test_every_case_is_listed(outcomes):
    """A consumer that accepts everything is told of every case that breaks the contract, each with its violation."""
    catalog = load()
    _, _, failed = outcomes(_consumer("pass"))
    cases = [case for case in cases_of(catalog, "image.create") if not case.valid]
    listed = {line for text in failed.values() for line in text.splitlines() if line.startswith("  accepted: case ")}
    assert len(listed) == len(cases)
    assert all(any(f'"{case.description}"' in line for line in listed) for case in cases)
    assert set(failed) == {"test_rejects_without_contract"} | {
        f"test_rejects[image.create-{priority}]" for priority in ("INFO", "WARN", "ERROR")
    }


def test_what_a_consumer_may_ignore(outcomes):
    """What is ignored, by keyword or by kind, is not asked for; everything else still is."""
    lenient = """
    violations = CATALOG.check(notification).violations
    if any(violation.keyword not in ("additionalProperties", "unknown-event") for violation in violations):
        raise InvalidNotification("no")
    """
    _, _, failed = outcomes(_consumer(lenient))
    assert set(failed) == {
        "test_rejects_without_contract",
        *(f"test_rejects[image.create-{p}]" for p in ("INFO", "WARN", "ERROR")),
    }
    _, _, failed = outcomes(_consumer(lenient, 'ignores = ("additionalProperties", "unknown-event")'))
    assert failed == {}
    _, _, failed = outcomes(_consumer("pass", 'ignores = ("envelope", "unknown-event")'))
    assert set(failed) == {f"test_rejects[image.create-{priority}]" for priority in ("INFO", "WARN", "ERROR")}
    assert all("/payload" in line for text in failed.values() for line in text.splitlines()[1:])


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (
            '("additionalPropertys",)',
            'ignores names "additionalPropertys", which no case of glance-documented breaks; did you mean "additional',
        ),
        ('("no-contract",)', 'ignores names "no-contract", which no case of glance-documented breaks; there are '),
        ('"format"', 'ignores is a list of names: write ("format",)'),
    ],
)
def test_what_cannot_be_ignored(outcomes, names, message):
    """A name that no case knows would say nothing, and is refused."""
    _, _, failed = outcomes(_consumer(attributes=f"ignores = {names}"))
    assert set(failed) == {"test_rejects_without_contract"} | {
        f"test_rejects[image.create-{priority}]" for priority in ("INFO", "WARN", "ERROR")
    }
    assert all(text.startswith(message) for text in failed.values())


def test_a_consumer_that_rejects_in_its_own_way(outcomes):
    """One that answers instead of raising says so in is_rejected; what it raises then is no rejection."""
    attributes = """
    def is_rejected(self, handle, notification):
        return handle(notification) == "dead letter"
    """
    answering = """
    if CATALOG.check(notification).conforms:
        return "handled"
    claimed = (notification.get("event_type"), notification.get("priority"))
    payload = notification.get("payload")
    if claimed == ("image.create", "INFO") and isinstance(payload, dict) and "owner" not in payload:
        raise InvalidNotification("raised")
    return "dead letter"
    """
    passed, _, failed = outcomes(_consumer(answering, attributes))
    assert set(failed) == {"test_rejects[image.create-INFO]"}
    assert "  InvalidNotification: raised (neither accepted nor rejected): case " in failed.popitem()[1]
    assert len(passed) == 3 * 3


def test_a_consumer_that_is_not_described(outcomes):
    """A class without a consumer, or without its way to reject, is told what it needs."""
    _, _, failed = outcomes("class TestConsumer(ConsumerConformance):\n    pass")
    assert failed["test_rejects_without_contract"].startswith(
        "TestConsumer needs a fixture handle that returns handle(notification)"
    )
    _, _, failed = outcomes(_consumer().replace("rejected_by = InvalidNotification", ""))
    assert failed["test_accepts[image.create-INFO]"].startswith("TestConsumer does not say how it rejects: set ")


NEVER_RUN = {
    "handle is a coroutine function: ": ("async def handle", ""),
    "handle is a generator function: ": ("def handle", "yield "),
    "handle is an asynchronous generator function: ": ("async def handle", "yield "),
    "a Future was returned that is not done: ": ("def handle", "return Future() or "),
}


@pytest.mark.parametrize(("said", "how"), NEVER_RUN.items(), ids=NEVER_RUN)
def test_a_consumer_that_never_runs(outcomes, said, how):
    """What does not run when it is called handles nothing: it accepts no notification, and leaves none unchanged."""
    definition, before = how
    tests = _consumer(f"{before}consume(notification)")
    passed, _, failed = outcomes(tests.replace("def handle(notification)", f"{definition}(notification)"))
    assert passed == {}
    assert failed["test_accepts[image.create-INFO]"].startswith(said)


def test_a_form_that_there_is_not(outcomes):
    """A form that there is not is no rejection."""
    passed, _, failed = outcomes(_consumer(attributes='form = "body"').replace("InvalidNotification\n", "Exception\n"))
    assert [name for name in passed if "test_rejects" in name] == []
    assert failed["test_rejects[image.create-INFO]"] == (
        "TestConsumer has a form 'body'; choose from envelope, 1.0, 2.0"
    )


def test_cases_that_cannot_be_read(outcomes, parcels_copy):
    """A catalog whose cases are none ends in one line."""
    (parcels_copy / "cases" / "parcel.lost.json").write_text("[7]")
    tests = _consumer().replace('"image.create"', '"parcel.lost"')
    _, _, failed = outcomes(tests, f"--notify-catalog={parcels_copy}")
    text = failed["test_accepts[parcel.lost-WARN]"]
    assert "parcel.lost.json: is no file of cases" in text
    assert "run catalog lint" in text
    assert len(text.splitlines()) == 1


def test_a_catalog_without_cases(outcomes, parcels_copy):
    """Where a catalog has no case that breaks a contract, the test is skipped with the reason: nothing was shown."""
    (parcels_copy / "cases" / "parcel.lost.json").unlink()
    tests = f"CATALOG = load({str(parcels_copy)!r})\n" + _consumer("consume(notification, CATALOG)")
    passed, skipped, failed = outcomes(
        tests.replace('"image.create"', '"parcel.lost"'), f"--notify-catalog={parcels_copy}"
    )
    assert failed == {}
    assert len(passed) == 2 * 2
    assert set(skipped) == {
        "test_rejects[parcel.lost-WARN]",
        "test_rejects[parcel.lost-ERROR]",
        "test_rejects_without_contract",
    }
    assert "parcels has no case of this; notify-contracts generate --broken --catalog " in str(skipped)
