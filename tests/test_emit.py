"""``notify-contracts emit``: one notification, right by default, wrong if asked for."""

import json
from pathlib import Path

import pytest

from notify_contracts import Notification
from notify_contracts.tap import Tap
from tests.removing import removing

UUID = "dc78c8d5-10bb-4452-9d15-613728fd7fba"


@pytest.mark.parametrize(("event", "priority"), [("image.create", "INFO"), ("task.failure", "ERROR")])
def test_example_to_log(event, priority, run, tmp_path, command):
    """An example is logged as a service logs it, and check reads it back."""
    emitted = command("emit", event, priority.lower(), "--example")
    assert emitted.status == 0
    log = tmp_path / "service.log"
    log.write_text(emitted.out)
    checked = run("check", log, "--format", "jsonl")
    assert (checked.status, json.loads(checked.out)["contract"]) == (0, f"{event}-{priority}")


def test_payload_from_file(command, tmp_path):
    """The payload may stand in a file."""
    file = tmp_path / "payload.json"
    file.write_text(f'"{UUID}"')
    emitted = command("emit", "image.delete", "--payload", f"@{file}", "--driver", "log")
    assert (emitted.status, UUID in emitted.out) == (0, True)


def test_refused(run):
    """What breaks its contract is not sent, and every violation is named in a line of its own: status 1."""
    refused = run("emit", "image.send", "--payload", '{"bytes_sent": -1}')
    assert (refused.status, refused.out) == (1, "")
    lines = refused.err.splitlines()
    assert len(lines) == 6
    assert all("--unchecked" in line for line in lines)
    assert any("/payload/bytes_sent minimum: expected at least 0, found -1" in line for line in lines)


def test_unchecked(command):
    """With --unchecked it is sent all the same, to test consumers with."""
    sent = command("emit", "image.delete", "--payload", "7", "--unchecked")
    assert (sent.status, '"payload":7' in sent.out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["image.create"], "--payload"),
        (["image.create", "--payload", "text"], "needs its own quotes"),
        (["image.create", "--payload", "@missing.json"], "missing.json: cannot be read"),
        (["image.crate", "--example"], 'did you mean "image.create"?'),
        (["image.create", "DEBUG", "--example"], "choose from INFO, WARN, ERROR"),
        (["image.create", "--example", "--driver", "pigeon"], "'messaging'"),
        (["image.create", "--example", "--url", "http://localhost/"], "amqp"),
    ],
)
def test_wrong_arguments(arguments, said, run):
    """What cannot be done is said in one line, with status 2 and nothing sent."""
    failed = run("emit", *arguments)
    assert (failed.status, failed.out, failed.err.count("\n")) == (2, "", 1)
    assert said in failed.err


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_through_the_broker(version, run, broker_url):
    """It arrives on the exchange, topic and in the format that were asked for."""
    where = f"test-emit-{version}"
    with removing(broker_url, where, where), Tap(broker_url, where, [where]) as tap:
        options = ["--url", broker_url, "--exchange", where, "--topic", where, "--format-version", version]
        assert run("emit", "image.delete", "WARN", "--example", *options).status == 0
        (arrived,) = tap.expect(1)
        tap.nothing_more()
    assert isinstance(arrived, Notification)
    assert (arrived.event_type, arrived.priority, arrived.format_version) == ("image.delete", "WARN", version)
    assert arrived.delivery.routing_key == f"{where}.warn"


def test_a_service_with_quorum_queues(run, broker_url):
    """Where a service has quorum queues, what the refusal advises makes it one of theirs."""
    where = "emit-to-quorum-queues"
    emit = (
        "emit",
        "image.delete",
        "--example",
        "--url",
        broker_url,
        "--exchange",
        where,
        "--topic",
        where,
        "--durable",
    )
    with removing(broker_url, where, where):
        first, another, same = (
            run(*emit, *options) for options in (("--queue-type", "quorum"), (), ("--queue-type", "quorum"))
        )
    assert (first.status, another.status, same.status) == (0, 2, 0)
    assert another.err.endswith("; use the same queue_type, or delete it first\n")
    unknown = run(*emit, "--queue-type", "stream")
    assert unknown.err == "notify-contracts: queue_type is 'stream'; choose from classic, quorum\n"


def test_password_is_not_shown(run):
    """A broker that cannot be reached is named without its password."""
    failed = run("emit", "image.create", "--example", "--url", "amqp://me:s3cret@localhost:1/", "--retry", "0")
    assert (failed.status, failed.err.count("\n")) == (2, 1)
    assert "s3cret" not in failed.err


def test_broker_of_the_environment(command):
    """Without --url the broker is the one that the environment names."""
    ran = command(
        "emit", "image.create", "--example", "--driver", "messaging", "--retry", "0",
        env={"NOTIFY_CONTRACTS_AMQP_URL": "amqp://somebody:secret@127.0.0.1:1/"},
    )  # fmt: skip
    assert ran.status == 2
    assert "nothing listens at amqp://somebody:***@127.0.0.1:1/" in ran.err


@pytest.mark.parametrize(("driver", "said"), [("noop", "made, and sent to nobody,"), ("log", "sent")])
def test_what_nobody_gets(run, driver, said):
    """Of what a driver sends to nobody it is not said that it was sent."""
    ran = run("emit", "image.delete", "--example", "--driver", driver)
    assert (ran.status, ran.err.startswith(f"{said} image.delete INFO by {driver}: ")) == (0, True)


def test_a_full_disk_is_told(start):
    """A line that could not be written to the log is not sent: one line and status 2."""
    with Path("/dev/full").open("wb") as full, start("emit", "image.upload", "--example", stdout=full) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err == b"notify-contracts: the line was not written to the log: No space left on device\n"
