"""What a watch says and does when it is too slow, or when the broker goes away."""

import json
import os
import re
import signal
import socket
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from pika.exceptions import ChannelClosedByBroker

from notify_contracts import load
from notify_contracts._amqp import link
from notify_contracts._amqp.exchange import Source
from notify_contracts._live.watching import Ledger, NamedQueue, OwnQueue, Watch, consumer
from notify_contracts.errors import BrokerError, UsageError
from tests.inside_node import close_connections, exchanges_of, hung, limited, permit, told
from tests.watching import GOOD, Bus, ids_in, lines_of, numbered, stopped, until_it_watches_again

ROOM = 50
PREFETCH = 500


class _Gate:
    """A sink that lets nothing pass until it is opened, as a watcher that is far too slow."""

    def __init__(self):
        self.reached, self.opened = threading.Event(), threading.Event()

    def add(self, _arrival, _verdict):
        self.reached.set()
        self.opened.wait()

    def flush(self):
        """Do nothing: what matters is kept in the ledger."""


@pytest.fixture
def bus(broker_url, start):
    """Give an exchange of the test's own."""
    bus = Bus(broker_url, start)
    yield bus
    bus.remove()


@pytest.fixture
def lasting(local_node, start):
    """Give a durable exchange and queue on a private node."""
    bus = Bus(local_node.url, start, durable=True)
    bus.declare_queue()
    yield bus
    local_node.start()
    bus.remove()


def _until(condition):
    """Wait until something is so, as long as a test may take."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline


@pytest.mark.parametrize(("too_many", "is_exact"), [(0, True), (ROOM - 1, True), (5 * ROOM, False)])
def test_what_a_slow_watcher_misses_is_counted(bus, caplog, monkeypatch, too_many, is_exact):
    """Every notification is checked or counted as dropped; where even counting had no room, at least so many."""
    gate, missed = _Gate(), []
    ledger = Ledger(load(), "x", sinks=[gate])
    monkeypatch.setattr(ledger, "miss", lambda: missed.append(1))
    sent = PREFETCH + ROOM + too_many
    source = Source.of_topics(bus.exchange, [bus.topic])
    with Watch(bus.url, OwnQueue(source, ROOM), ledger) as watch:
        bus.send(GOOD)
        gate.reached.wait()
        bus.send(*[GOOD] * (sent - 1))
        gate.opened.set()
        _until(lambda: ledger.arrived == PREFETCH + ROOM)
    assert watch.dropped.is_exact == is_exact
    assert watch.dropped.count == (too_many if is_exact else ROOM + 1)
    if is_exact:
        assert ledger.arrived + watch.dropped.count == sent
    problems = list(watch.problems)
    assert len(problems) == bool(too_many)
    assert bool(missed) == bool(too_many)
    assert all((f"at least {ROOM + 1} " in problem) is not is_exact for problem in problems)
    assert ("notifications are being dropped" in caplog.text) == bool(too_many)


def test_a_policy_that_has_queues_refuse(lasting, local_node):
    """It does not count for the watcher's own: nobody hears a refusal of theirs, what is dropped is counted."""
    gate = _Gate()
    ledger = Ledger(load(), "x", sinks=[gate])
    source = Source.of_topics(lasting.exchange, [lasting.topic])
    with (
        limited(local_node, '{<<"overflow">>, <<"reject-publish">>}'),
        Watch(lasting.url, OwnQueue(source, ROOM), ledger) as watch,
    ):
        lasting.send(GOOD, confirmed=True)
        gate.reached.wait()
        try:
            lasting.send(*[GOOD] * (PREFETCH + ROOM), confirmed=True)
        finally:
            gate.opened.set()
        _until(lambda: ledger.arrived == PREFETCH + ROOM)
    assert watch.dropped.count == 1


def test_nothing_is_left_at_the_broker(bus):
    """Both queues of a watcher, and an exchange that it had to make, are gone with it."""
    source = Source.of_topics(f"{bus.exchange}.new", [bus.topic])
    declared = []

    class Noted(OwnQueue):
        def declare(self, channel):
            declared.append((yield from super().declare(channel)))
            return declared[0]

    with Watch(bus.url, Noted(source), Ledger(load(), "x")):
        for name in declared[0][:2]:
            with pytest.raises(ChannelClosedByBroker, match="RESOURCE_LOCKED"):
                bus.waiting(name)
    for name in declared[0][:2]:
        with pytest.raises(ChannelClosedByBroker, match="NOT_FOUND"):
            bus.waiting(name)
    with pytest.raises(ChannelClosedByBroker, match="NOT_FOUND"), bus.channel() as channel:
        channel.exchange_declare(source.exchange, passive=True)


def test_no_exchange_is_left_at_the_broker(lasting, local_node):
    """What a watch has bound to the exchange is gone with it, also after a lost connection."""
    with lasting.watch() as process:
        assert "notify-contracts.probe" in exchanges_of(local_node)
        close_connections(local_node)
        while b"watching again after" not in process.stderr.readline():
            pass
        lasting.send(GOOD)
        process.stdout.readline()
        assert stopped(process)[0] == 2
    assert "notify-contracts" not in exchanges_of(local_node)


def test_a_restart(lasting, local_node, tmp_path):
    """It watches again. With a lasting queue nothing is missed, and what had not been acknowledged comes again, marked.

    With a queue of its own it says for how long it did not watch, and what that means.
    """
    paths = tmp_path / "own", tmp_path / "lasting"
    with (
        paths[0].open("wb") as one,
        paths[1].open("wb") as other,
        lasting.watch(stdout=one) as own,
        lasting.watch(shared=True, stdout=other) as shared,
    ):
        told(local_node, "mnesia:sync_log().")  # or RabbitMQ may lose the queue itself
        lasting.send(*map(numbered, range(600)), confirmed=True)
        local_node.kill()
        local_node.start()
        said, said_of_lasting = map(until_it_watches_again, (own, shared))
        lasting.send(*map(numbered, range(600, 610)))
        _until(lambda: len(ids_in(paths[1])) == 610)
        _until(lambda: ids_in(paths[0]) >= {numbered(number)["message_id"] for number in range(600, 610)})
        (status, _, err), (status_of_lasting, _, err_of_lasting) = map(stopped, (own, shared))
    assert "was lost; attempt 1 in" in said[0]
    assert all(line.startswith("notify-contracts: ") for line in said)
    assert said[-1].endswith("s: what was sent meanwhile may be missing\n")
    assert said_of_lasting[-1].endswith("s: what was sent meanwhile is in the queue, if that is durable\n")
    assert (status, status_of_lasting) == (2, 0)
    assert re.search(
        "problem: the connection was lost once, for .* s in all, what was sent meanwhile was not checked", err
    )
    assert re.search("\nthe connection was lost once, for .* s in all\n", err_of_lasting)
    lines = lines_of(paths[1].read_bytes())
    again = sum(line.get("redelivered", False) for line in lines)
    assert len(lines) - 610 <= again
    assert (f"{again} had been delivered before" in err_of_lasting) == bool(again)


def test_a_broker_that_refuses_later_ends_it(lasting, local_node):
    """When the broker comes to refuse what is needed, there is the summary, one line and status 2."""
    with lasting.watch(shared=True) as process:
        lasting.send(GOOD)
        process.stdout.readline()
        permit(local_node, "notify", ".*", ".*", "^$")
        try:
            close_connections(local_node)
            _, err = process.communicate(timeout=60)
        finally:
            permit(local_node, "notify", ".*", ".*", ".*")
    assert process.returncode == 2
    assert b"1 notifications, 1 conform" in err
    assert b"refused to let us watch: ACCESS_REFUSED" in err
    assert b"Traceback" not in err


@pytest.mark.parametrize("seconds", [60, 0])
def test_what_has_come_before_the_end(bus, monkeypatch, seconds):
    """A watcher that is behind takes what waits in its queue before it ends, or says how much it could not."""
    monkeypatch.setattr(consumer, "_LAST_TAKEN", seconds)
    gate = _Gate()
    ledger = Ledger(load(), "x", sinks=[gate])
    watch = Watch(bus.url, OwnQueue(Source.of_topics(bus.exchange, [bus.topic])), ledger)
    sent = 4 * PREFETCH
    with watch:
        bus.send(GOOD)
        gate.reached.wait()
        bus.send(*[GOOD] * (sent - 1))
        threading.Timer(0.2, gate.opened.set).start()
    if seconds:
        assert (ledger.arrived, list(watch.problems)) == (sent, [])
    else:
        (problem,) = watch.problems
        told = re.match(r"at least ([\d,]+) notifications that had come before the end were not checked", problem)
        assert 0 < int(told[1].replace(",", "")) <= sent - ledger.arrived


def test_a_policy_that_lets_messages_expire_at_once(lasting, local_node):
    """Where what is dropped cannot be counted, for it does not last, it is told that something was."""
    gate = _Gate()
    queue = OwnQueue(Source.of_topics(lasting.exchange, [lasting.topic]))
    with _policy(local_node, "message-ttl", 0), Watch(lasting.url, queue, Ledger(load(), "x", sinks=[gate])) as watch:
        lasting.send(GOOD)
        gate.reached.wait()
        lasting.send(*[GOOD] * (PREFETCH + 10))
        gate.opened.set()
    (problem,) = watch.problems
    assert re.match(r"at least [1-9]\d* notifications were dropped unchecked: .* a policy .* expire", problem)


def test_a_policy_that_lets_unused_queues_go(lasting, local_node):
    """The queues of a watch are used, whether anything comes or not."""
    with _policy(local_node, "expires", 1000), lasting.watch() as process:
        time.sleep(3)
        lasting.send(GOOD)
        process.stdout.readline()
        status, _, err = stopped(process)
    assert (status, "was lost" in err) == (0, False)


@contextmanager
def _policy(node, key, value):
    """Have a policy for the queues of watches, for as long as the block lasts."""
    pattern, definition = "^notify-contracts[.]watch[.]", json.dumps({key: value})
    node.rabbitmqctl("set_policy", "of-a-test", pattern, definition, "--apply-to", "queues")
    try:
        yield
    finally:
        node.rabbitmqctl("clear_policy", "of-a-test")


def test_a_broker_that_does_not_come_back(lasting, local_node):
    """A watch that ends while the broker is away is not all well, whatever it had seen before."""
    with lasting.watch() as own, lasting.watch(shared=True) as shared:
        lasting.send(GOOD)
        for process in (own, shared):
            process.stdout.readline()
        local_node.kill()
        for process in (own, shared):
            assert b"was lost" in process.stderr.readline()
            status, _, err = stopped(process)
            assert status == 2
            assert "problem: amqp://" in err
            assert "could not be heard for the last" in err


def _is_halted(pid):
    """Whether all threads of a process have heard that they are to stop: until then some of them may answer."""
    stats = [task.joinpath("stat").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return all(stat.rpartition(")")[2].split()[0] == "T" for stat in stats)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see that a process has stopped")
def test_a_broker_that_answers_no_more(lasting, local_node):
    """A broker that hangs is not taken for one on which nothing is sent."""
    with lasting.watch() as process:
        lasting.send(GOOD)
        process.stdout.readline()
        os.kill(local_node.pid, signal.SIGSTOP)
        try:
            _until(lambda: _is_halted(local_node.pid))
            status, _, err = stopped(process)
        finally:
            os.kill(local_node.pid, signal.SIGCONT)
    assert status == 2
    assert "did not answer any more" in err


def test_a_broker_that_blocks_publishers(lasting, local_node):
    """A watch sends nothing, so a broker that reads no more from who does lets it consume what there is."""
    lasting.send(*[GOOD] * 1000, confirmed=True)
    told(local_node, "vm_memory_monitor:set_vm_memory_high_watermark(0.0).")
    try:
        where = ("--exchange", lasting.exchange, "--topic", lasting.topic)
        with lasting.watch("--create", "--durable", *where, shared=True) as process:
            for _ in range(1000):
                process.stdout.readline()
            status, _, err = stopped(process)
        assert lasting.waiting() == 0
    finally:
        told(local_node, "vm_memory_monitor:set_vm_memory_high_watermark(0.4).")
    assert status == 0
    assert "1000 notifications, 1000 conform" in err
    assert "Warning" not in err


@pytest.mark.parametrize("options", [(), ("--queue", "q", "--create")])
def test_an_exchange_that_is_deleted_and_made_again(lasting, options):
    """The queue is bound again, and that something was missed is a problem."""
    options = [lasting.queue if option == "q" else option for option in options]
    with lasting.watch("--durable", *options) as process:
        lasting.send(GOOD)
        process.stdout.readline()
        with lasting.channel() as channel:
            channel.exchange_delete(lasting.exchange)
        lasting.declare()
        lasting.send(*[GOOD] * 10)  # which nobody may hear
        assert b"was deleted: nothing arrives" in process.stderr.readline()
        assert b"is bound again" in process.stderr.readline()
        lasting.send(GOOD)
        process.stdout.readline()
        status, _, err = stopped(process)
    assert status == 2
    assert "problem: the exchange was deleted once and bound again: for" in err


def test_an_exchange_that_stays_away(lasting):
    """The end proves once more that what is sent arrives; where it does not, that is a problem."""
    with lasting.watch() as process:
        lasting.send(GOOD)
        process.stdout.readline()
        with lasting.channel() as channel:
            channel.exchange_delete(lasting.exchange)
        status, _, err = stopped(process)
    assert status == 2
    assert "problem: the exchange was deleted and is not there again" in err


def test_a_queue_that_is_deleted(lasting):
    """A named queue that somebody deletes, and that is not there again in the end, is a problem."""
    with lasting.watch(shared=True) as process:
        lasting.send(GOOD)
        process.stdout.readline()
        with lasting.channel() as channel:
            channel.queue_delete(lasting.queue)
        assert b"was deleted by somebody" in process.stderr.readline()
        status, _, err = stopped(process)
    assert status == 2
    assert "could not be heard for the last" in err


def test_a_queue_that_hangs(lasting, local_node, monkeypatch):
    """A broker that is there, and never says that we consume, is not waited for."""
    monkeypatch.setattr(link, "_ANSWERING_SECONDS", 0.2)
    monkeypatch.setattr(link, "_CLOSING_SECONDS", 0.2)
    watch = Watch(lasting.url, NamedQueue(lasting.queue), Ledger(load("glance-documented"), "a test"))
    with hung(local_node, lasting.queue), pytest.raises(BrokerError, match=r"has not answered for 0\.2 s"):
        watch.__enter__()


@pytest.mark.parametrize("made_again", [True, False])
def test_an_exchange_that_may_only_be_read(lasting, local_node, made_again):
    """Without the permission to write, it is noticed that the exchange is away, and said that not all would be."""
    permit(local_node, "notify", ".*", "^(notify-contracts|amq).*", ".*")
    try:
        with lasting.watch() as process:
            permit(local_node, "notify", ".*", ".*", ".*")
            lasting.send(GOOD)
            process.stdout.readline()
            permit(local_node, "notify", ".*", "^(notify-contracts|amq).*", ".*")
            if not made_again:
                with lasting.channel() as channel:
                    channel.exchange_delete(lasting.exchange)
                assert b"was deleted: nothing arrives" in process.stderr.readline()
            status, _, err = stopped(process)
    finally:
        permit(local_node, "notify", ".*", ".*", ".*")
    assert status == (0 if made_again else 2)
    assert "this user may not bind to the exchange" in err
    assert "notify-contracts" not in exchanges_of(local_node)


def test_a_watch_that_has_not_begun():
    """It is closed without a word, and a watch is entered once."""
    source = Source.of_topics("exchange", ["topic"])
    watch = Watch("amqp://127.0.0.1:1/", OwnQueue(source), Ledger(load(), "x"))
    watch.close()
    with pytest.raises(BrokerError, match="nothing listens"), watch:
        pytest.fail("nobody is there")
    with pytest.raises(UsageError, match="entered once"), watch:
        pytest.fail("it has ended")


def test_ended_before_it_has_begun(start):
    """A watch that was told to end while a broker did not answer has heard nothing: a problem, whatever is allowed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"amqp://user:secret@127.0.0.1:{server.getsockname()[1]}"
        process = start("watch", "--url", url, "--exchange", "x", "--allow-none", "--format", "brief")
        with server.accept()[0]:
            out = stopped(process, signal.SIGTERM)[1]
    assert process.returncode == 2
    assert f"problem: {url.replace('secret', '***')} had not answered yet: nothing was heard" in out


def test_a_failure_while_checking_is_raised(bus):
    """What a sink raises ends the watch, is raised by it, and leaves the message where it was."""

    class Broken(_Gate):
        def add(self, _arrival, _verdict):
            raise BrokerError("no room")

    bus.declare_queue()
    bus.send(GOOD)
    watch = Watch(bus.url, NamedQueue(bus.queue), Ledger(load(), "x", sinks=[Broken()]))
    with pytest.raises(BrokerError, match="no room"), watch:
        watch.wait(60)
    assert bus.waiting() == 1
