"""``notify-contracts watch`` on a real broker: what it sees, what it leaves alone, how it ends."""

import json
import re
import signal
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from notify_contracts import load
from tests.watching import BAD, GOOD, Bus, ids_in, lines_of, numbered, stopped

ENDING = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture
def bus(broker_url, start):
    """Give an exchange of the test's own."""
    bus = Bus(broker_url, start)
    yield bus
    bus.remove()


# What it sees, and what it says


def test_a_line_for_each_notification_and_a_summary(bus):
    """Off a terminal there is a line of JSON for each, as it comes, and the summary on standard error at the end."""
    with bus.watch() as process:
        bus.send(GOOD, BAD, b"not json")
        lines = [json.loads(process.stdout.readline()) for _ in range(3)]
        status, out, err = stopped(process)
    assert [line["conforms"] for line in lines] == [True, False, False]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert lines[0]["source"] == f"exchange {bus.exchange}"
    assert (status, out) == (1, "")
    assert "3 notifications, 1 conform, 2 do not" in err
    assert "image.delete-INFO /payload (type)" in err


def test_others_lose_nothing(bus):
    """What a publisher has put into its queue for its consumers is still there, and nothing is left of the watcher."""
    bus.declare_queue()
    with bus.watch("--count", 2) as process:
        bus.send(GOOD, GOOD)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, len(lines_of(out))) == (0, 2)
    assert bus.waiting() == 2
    assert "conform" in err.decode()


def test_all_topics_and_priorities(bus):
    """Whatever the priority, what goes to the topics that are named is watched, and nothing else."""
    with bus.watch("--topic", "second", "--count", 4, "--allow-unknown") as process, bus.channel() as channel:
        for key in ("third.info", "second.error", f"{bus.topic}.warn", "second.debug", f"{bus.topic}.info"):
            channel.basic_publish(bus.exchange, key, json.dumps(GOOD | {"message_id": key}))
        out, _ = process.communicate(timeout=60)
    seen = [line["message_id"] for line in lines_of(out)]
    assert seen == ["second.error", f"{bus.topic}.warn", "second.debug", f"{bus.topic}.info"]


def test_reports(bus, tmp_path):
    """The common reports are written at the end; a recording is what check reads, and says the same."""
    report, recording = tmp_path / "report.json", tmp_path / "recording.jsonl"
    options = ("--format", "json", "--report", f"text:{tmp_path / 'report.txt'}", "--output", report)
    with bus.watch("--count", 3, *options, "--record", recording) as process:
        bus.send(GOOD, BAD, b"\xff")
        assert process.communicate(timeout=60)[0] == b""
    seen = json.loads(report.read_text())
    assert seen["totals"] == {**seen["totals"], "notifications": 3, "conforming": 1, "unreadable": 1}
    assert seen["sources"] == [f"exchange {bus.exchange} at {redacted_url(bus.url)}"]
    assert "3 notifications" in (tmp_path / "report.txt").read_text()
    where = ("--exchange", bus.exchange, "--topic", bus.topic)
    with bus.start("check", recording, *where, "--format", "json") as process:
        checked = json.loads(process.communicate(timeout=60)[0])
    assert checked["totals"] == seen["totals"]


@pytest.mark.parametrize("is_chosen", [False, True])
def test_an_exchange_that_is_not_watched(bus, parcels_copy, is_chosen):
    """Of several exchanges that a catalog names the first is watched; that the others are not is said, unless asked."""
    manifest = parcels_copy / "catalog.json"
    told = json.loads(manifest.read_text())
    told["transport"] = {"exchange": [bus.exchange, "lockers"], "topic": bus.topic}
    manifest.write_text(json.dumps(told))
    notification = load(parcels_copy).contract("parcel.accepted", "INFO").example()
    options = ("--exchange", bus.exchange) if is_chosen else ()
    with bus.start("watch", "--url", bus.url, "--catalog", parcels_copy, "--count", 1, *options) as process:
        process.stderr.readline()
        bus.send(notification)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert (b"nothing was heard on lockers, which parcels names, too" in err) != is_chosen


def redacted_url(url):
    """Return a URL without its password, independently of how the command does it."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":***@")


def test_no_credentials(bus, tmp_path):
    """Neither lines, warnings, reports nor errors show the password."""
    secret = urlsplit(bus.url).password
    report = tmp_path / "report.json"
    with bus.watch("--report", f"json:{report}", "--metrics-port", "0") as process:
        bus.send(BAD)
        process.stdout.readline()
        _, out, err = stopped(process)
    assert secret not in (out + err + report.read_text()).replace(redacted_url(bus.url), "")
    wrong = bus.url.replace(f":{secret}@", ":s3cret-and-wrong@")
    with bus.start("watch", "--url", wrong) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert b"s3cret-and-wrong" not in out + err
    assert err.count(b"\n") == 1


def test_what_is_known_fails_nothing(bus, tmp_path):
    """With the baseline that a watch wrote, another is well until something new comes, which alone is told."""
    known = tmp_path / "known.json"
    with bus.watch("--count", 2, "--write-baseline", known) as process:
        bus.send(GOOD, BAD)
        process.communicate(timeout=60)
    assert (process.returncode, json.loads(known.read_text())["known"][0]["keyword"]) == (0, "type")
    with bus.watch("--fail-fast", "--only-violations", "--baseline", known) as process:
        bus.send(BAD, GOOD, BAD | {"payload": "no UUID"})
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert [line["number"] for line in lines_of(out)] == [3]
    assert "baseline: 1 new, 1 known, 0 expired, 0 gone" in err.decode()
    assert err.decode().count(" x image.delete-INFO") == 1


# How it ends


@pytest.mark.parametrize("number", ENDING)
@pytest.mark.parametrize(("notification", "status"), [(GOOD, 0), (BAD, 1)])
def test_signals_end_it_well(bus, number, notification, status):
    """SIGINT and SIGTERM end it with the summary, and the status says what was found."""
    with bus.watch() as process:
        bus.send(notification)
        process.stdout.readline()
        ended, _, err = stopped(process, number)
    assert ended == status
    assert "1 notifications" in err
    assert "Traceback" not in err


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see which signals a thread takes")
def test_signals_are_left_to_the_main_thread(bus):
    """Another thread that takes a signal does not wake the one that waits and is to handle it."""
    with bus.watch("--metrics-port", "0") as process:
        taking = {}
        for task in Path(f"/proc/{process.pid}/task").iterdir():
            blocked = int(re.search(r"SigBlk:\s*(\w+)", task.joinpath("status").read_text())[1], 16)
            taking[int(task.name)] = [number for number in ENDING if not blocked >> (number - 1) & 1]
        main = taking.pop(process.pid)
        assert main == ENDING
        assert len(taking) >= 2  # what serves the connection, and the metrics
        assert not any(taking.values())


def test_a_second_signal_ends_it_at_once(bus):
    """Where the first signal cannot end it, for nobody reads what it writes, the second does."""
    with bus.watch() as process:
        bus.send(*[GOOD] * 1000)  # far more than a pipe holds
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        while process.poll() is None:
            process.send_signal(signal.SIGTERM)
    assert process.returncode == -signal.SIGTERM


def test_the_first_violation_ends_it(bus):
    """--fail-fast ends with the first violation, which is the last that is counted."""
    with bus.watch("--fail-fast") as process:
        bus.send(GOOD, BAD, GOOD, BAD)
        out, err = process.communicate(timeout=60)
    assert [line["conforms"] for line in lines_of(out)] == [True, False]
    assert process.returncode == 1
    assert b"2 notifications" in err


def test_time_ends_it(bus):
    """--for ends it; where nothing need arrive, nothing seen is nothing wrong."""
    with bus.watch("--for", "0.1s", "--allow-none") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"0 notifications" in err


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_nothing_arrives(bus, form):
    """A watch that has seen nothing says where it listened and what may be mistyped, and its status is 2."""
    with bus.watch("--for", "0.1s", "--topic", "mistyped", "--format", form) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert f"nothing arrived from exchange {bus.exchange}: --exchange, --topic".encode() in err
    assert err.count(b"--allow-none") == 1


@pytest.mark.parametrize(
    ("options", "sent", "said"),
    [
        (["--event", "task.*"], GOOD, "1 messages arrived: no notification is left by --event;"),
        (["--allow-unknown"], GOOD | {"event_type": "volume.create"}, "give the catalog that has them with --catalog"),
    ],
)
def test_nothing_is_judged(bus, options, sent, said):
    """What is not selected, or has no contract, is not enough, unless it is allowed to be."""
    where = ("--exchange", bus.exchange, "--topic", bus.topic)
    for allowed, status in (((), 2), (("--allow-none",), 0)):
        with bus.start("watch", "--url", bus.url, *where, *options, *allowed, "--metrics-port", "0") as process:
            metrics = process.stderr.readline().decode().split()[-1]
            assert b"watching" in process.stderr.readline()
            bus.send(sent)
            while "notify_contracts_messages_total 1.0" not in urlopen(metrics).read().decode():
                pass
            found, _, err = stopped(process)
        assert (found, said in err) == (status, not allowed)


def test_an_exchange_that_nobody_has_declared(bus):
    """An exchange that had to be made is told at the beginning: its name may be mistyped."""
    options = ("--exchange", f"{bus.exchange}.mistyped", "--for", "0.1s")
    with bus.start("watch", "--url", bus.url, *options) as process:
        _, err = process.communicate(timeout=60)
    first, second, *_ = err.decode().splitlines()
    assert first.startswith(f"notify-contracts: nobody has declared the exchange {bus.exchange}.mistyped at ")
    assert "watching" in second
    assert process.returncode == 2


def test_selections_add_up(bus):
    """Several --event and --priority are all looked at."""
    with bus.watch("--event", "image.delete", "--event", "image.create", "--count", 2) as process:
        bus.send(GOOD, GOOD | {"event_type": "image.update"}, GOOD | {"event_type": "image.create"})
        out, _ = process.communicate(timeout=60)
    assert [line["event_type"] for line in lines_of(out)] == ["image.delete", "image.create"]


def test_a_reader_that_goes_away_ends_it(bus):
    """A closed pipe ends it silently with status 2."""
    bus.declare_queue()
    with bus.watch(shared=True) as process:
        process.stdout.close()
        bus.send(GOOD)
        assert process.wait(timeout=60) == 2
        assert process.stderr.read() == b""
    assert bus.waiting() == 1


def test_started_again_it_loses_nothing(bus, tmp_path):
    """What a watch has recorded and acknowledged is still there when it is started again, and its lines are, too."""
    recording, lines, report = (tmp_path / name for name in ("recording", "lines", "report"))
    reports = ("--report", f"jsonl:{lines}", "--format", "json", "--output", report)
    bus.declare_queue()
    bus.send(*map(numbered, range(4)))
    for _ in range(2):
        with bus.watch("--count", 2, "--record", recording, *reports, shared=True) as process:
            process.communicate(timeout=60)
        assert process.returncode == 0
    assert len(lines_of(recording.read_bytes())) == 4
    assert len(ids_in(lines)) == 4
    assert json.loads(report.read_bytes())["totals"]["notifications"] == 2
    assert bus.waiting() == 0


def test_a_full_disk_ends_it(bus, tmp_path):
    """A recording that cannot be written is told, in the report, too; what was not recorded is not acknowledged."""
    bus.declare_queue()
    with bus.watch("--record", "/dev/full", "--report", f"json:{tmp_path / 'report'}", shared=True) as process:
        bus.send(GOOD)
        _, err = process.communicate(timeout=60)
    said = "/dev/full: cannot be written: No space left on device"
    assert process.returncode == 2
    assert err.decode().endswith(f"notify-contracts: {said}\n")
    assert json.loads((tmp_path / "report").read_text())["problems"] == [said]
    assert b"Traceback" not in err
    assert bus.waiting() == 1


# A named queue


def test_a_count_leaves_the_rest(bus):
    """What is beyond --count stays in the queue."""
    bus.declare_queue()
    bus.send(*map(numbered, range(700)))
    with bus.watch("--count", 600, shared=True) as process:
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(lines_of(out)) == 600
    assert bus.waiting() == 100


def test_a_queue_that_is_missing(bus):
    """A named queue that does not exist is an error that says so."""
    with bus.start("watch", "--url", bus.url, "--queue", bus.queue) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert f"no queue '{bus.queue}'".encode() in err
    assert err.count(b"\n") == 1


def test_a_queue_that_is_created(bus):
    """--create declares it, bound to the exchange, and it stays for other watchers."""
    where = ("--exchange", bus.exchange, "--topic", bus.topic)
    with bus.watch("--create", *where, "--count", 1, shared=True) as process:
        bus.send(GOOD)
        process.communicate(timeout=60)
    assert process.returncode == 0
    bus.send(GOOD)
    assert bus.waiting() == 1


def test_a_queue_that_was_created_otherwise(bus, command):
    """To declare a queue that is there with other arguments is no use, and no reason to delete it: it can be taken."""
    with bus.channel() as channel:
        channel.queue_declare(bus.queue, arguments={"x-message-ttl": 3_600_000})
    bus.send(GOOD)
    where = ("watch", "--url", bus.url, "--queue", bus.queue)
    ran = command(*where, "--create", "--exchange", bus.exchange)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "is there, declared otherwise (PRECONDITION_FAILED - inequivalent arg 'x-message-ttl'" in ran.err
    assert ran.err.endswith("; leave --create out\n")


def test_watchers_share_a_queue_and_lose_nothing_when_one_is_killed(bus):
    """Of two watchers one is killed midway: every notification has a line, and only what is marked has two."""
    everything = [numbered(number) for number in range(6_000)]
    bus.declare_queue()
    with bus.watch(shared=True) as killed, bus.watch(shared=True) as other:
        bus.send(*everything[:3_000])
        early = [killed.stdout.readline()]
        killed.kill()
        early = lines_of(b"".join(early + killed.stdout.readlines()))
        bus.send(*everything[3_000:])
        late, wanted = [], {notification["message_id"] for notification in everything} - _ids(early)
        while wanted:  # each line is waited for, and ends when the watcher does
            late.append(json.loads(other.stdout.readline()))
            wanted.discard(late[-1]["message_id"])
        other.send_signal(signal.SIGINT)
        late += map(json.loads, other.stdout)
        err = other.stderr.read().decode()
        assert other.wait(timeout=60) == 0
    assert _ids(early) & _ids(late) <= {line["message_id"] for line in late if line.get("redelivered")}
    assert (len(_ids(early)), len(_ids(late))) == (len(early), len(late))
    assert f"{len(late)} notifications, {len(late)} conform" in err


def _ids(lines):
    return {line["message_id"] for line in lines}


@pytest.mark.parametrize(("options", "status"), [((), 2), (("--allow-none",), 0)])
def test_ended_before_its_count(options, status, bus):
    """A watch that was to see a number and is ended before that has not seen it: that is no success."""
    with bus.watch("--count", 3, *options) as process:
        bus.send(GOOD)
        process.stdout.readline()
        ended, _, err = stopped(process, signal.SIGTERM)
    assert ended == status
    assert ("ended after 1 of --count 3; --allow-none if that is well" in err) == bool(status)


@pytest.mark.parametrize(("sent", "status"), [((GOOD,), 2), ((GOOD, GOOD), 0)], ids=["too few", "enough"])
def test_a_count_in_a_limited_time(sent, status, bus):
    """Of a number and a time, what comes first ends the watch; a number that did not come is no success."""
    with bus.watch("--count", 2, "--for", "3s" if status else "10m") as process:
        bus.send(*sent)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, len(lines_of(out))) == (status, len(sent))
    assert (b"ended after 1 of --count 2; --allow-none if that is well" in err) == bool(status)


# What makes no sense


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--create"], "--create goes with --queue: add that, or leave --create out"),
        (["--queue", "q", "--queue-length", "5"], "--queue-length and --queue were given: leave one of them out"),
        (["--binding", "a.#", "--topic", "a"], "--binding and --topic were given: leave one of them out"),
        (["--mask"], "--mask goes with --record"),
        (["--metrics-host", "::1"], "--metrics-host goes with --metrics-port"),
        (["--open-lives", "5"], "--open-lives goes with --lifecycles"),
        (["--queue", "q", "--exchange", "e"], "add --create"),
        (["--queue", "q" * 300], "too long"),
        (["--only-violations", "--format", "json"], "--format jsonl"),
        (["--for", "soon"], "such as 30s"),
        (["--for", "0"], "such as 30s"),
        (["--metrics-port", "70000"], "a port from 0 to 65535"),
        (["--url", "http://x"], "is not a broker's URL"),
        (["--record", "a", "--output", "a", "--format", "json"], "the file of a report"),
        (["--url", "amqp://guest:guest@127.0.0.1:1/"], "nothing listens at amqp://guest:***@127.0.0.1:1/"),
    ],
)
def test_usage(options, said, run):
    """What cannot be done is one line and status 2."""
    ran = run("watch", *options)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
