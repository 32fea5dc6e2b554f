"""What belongs to which test: by the test in which it began, whatever it waits for and whoever runs by then."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import hypothesis  # noqa: F401 - loaded here, it is not loaded anew by the tests within tests
import pytest
from pytest_notify_contracts.belonging import BEGUN, Attempt, begun_in
from pytest_notify_contracts.carrying import carrying


@pytest.fixture
def begun(request):
    """Have what the test begins belong to an attempt of its own."""
    attempt = Attempt(request.node)
    before = BEGUN.get()
    attempt.begin()
    yield attempt
    attempt.end()
    BEGUN.set(before)


# What knows where it began


def test_threads(begun):
    """A thread belongs to the attempt that started it, a thread of a thread, too; and one of nobody to nobody."""
    found = []

    class Own(threading.Thread):
        def run(self):
            found.append(begun_in())
            inner.start()
            inner.join()

    inner = threading.Thread(target=lambda: found.append(begun_in()))
    with carrying():
        timer = threading.Timer(0, lambda: found.append(begun_in()))
        for thread in (Own(), timer):
            thread.start()
            thread.join()
        BEGUN.set(None)
        nobodys = threading.Thread(target=lambda: found.append(begun_in()))
        nobodys.start()
        nobodys.join()
    assert found == [begun, begun, begun, None]


def test_jobs(begun):
    """A job of a pool belongs to who gave it, not to who made the pool or gave its thread the first."""
    with carrying(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(begun_in).result() is begun
        BEGUN.set(None)
        assert pool.submit(begun_in).result() is None
        begun.begin()
        assert pool.submit(lambda *, x: (begun_in(), x), x=1).result() == (begun, 1)
        with pytest.raises(ZeroDivisionError):
            pool.submit(lambda: 1 / 0).result()


def test_the_library_is_left_as_it_was(begun):  # noqa: ARG001 - something may carry
    """When nothing is carried any more, the standard library is what it was, and so are threads that ran."""
    methods = threading.Thread.start, ThreadPoolExecutor.submit
    with carrying():
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
    assert "run" not in vars(thread)
    assert (threading.Thread.start, ThreadPoolExecutor.submit) == methods


def test_whether_anything_is_left(request):
    """An attempt knows whether something that began in it may still run."""
    before = BEGUN.get()
    ended = threading.Event()
    silent, noisy = Attempt(request.node), Attempt(request.node)
    with carrying():
        silent.begin()
        thread = threading.Thread(target=len, args=((),))
        thread.start()
        thread.join()
        noisy.begin()
        left = threading.Thread(target=ended.wait)
        left.start()
        silent.end()
        noisy.end()
    BEGUN.set(before)
    assert (silent.is_left, noisy.is_left) == (False, True)
    ended.set()
    left.join()
    assert not noisy.is_left


def test_a_context_is_something_left(request):
    """A context that may be entered again, as a task's is, is something that is left."""
    before = BEGUN.get()
    attempt = Attempt(request.node)
    attempt.begin()
    context = copy_context()
    attempt.end()
    BEGUN.set(before)
    assert attempt.is_left
    assert context.run(begun_in) is attempt


# As a downstream project meets it

LEFT = """
import asyncio, os, socket, unittest
from concurrent.futures import ThreadPoolExecutor

here, there = socket.socketpair()
pool, loop = ThreadPoolExecutor(1), asyncio.new_event_loop()
left = {}

def wait_and_delete():
    here.recv(1)
    delete()

async def answered():
    await loop.sock_recv(here, 1)
    delete()

def test_leaves_a_thread(notifications):
    left["thread"] = threading.Thread(target=wait_and_delete)
    left["thread"].start()

def test_after_a_thread(notifications):
    there.send(b"x")
    left["thread"].join()
    assert notifications == []

def test_leaves_a_job(notifications):
    pool.submit(delete).result()
    assert len(notifications) == 1
    left["job"] = pool.submit(wait_and_delete)

def test_after_a_job(notifications):
    there.send(b"x")
    left["job"].result()
    assert notifications == []
    pool.submit(delete).result()
    assert len(notifications) == 1

def test_leaves_a_task(notifications):
    here.setblocking(False)
    left["task"] = loop.create_task(answered(), name="answering")
    loop.run_until_complete(asyncio.sleep(0))

def test_after_a_task(notifications):
    there.send(b"x")
    loop.run_until_complete(left["task"])
    assert notifications == []
    loop.run_until_complete(asyncio.wait_for(loop.run_in_executor(None, delete), 60))
    assert len(notifications) == 1

class TestCoroutine(unittest.IsolatedAsyncioTestCase):
    @pytest.fixture(autouse=True)
    def _recorder(self, notifications):
        self.notifications = notifications

    async def test_leaves_a_thread(self):
        here.setblocking(True)
        delete()
        await asyncio.to_thread(delete)
        assert len(self.notifications) == 2
        left["thread"] = threading.Thread(target=wait_and_delete, name="mine")
        left["thread"].start()

    async def test_leaves_nothing(self):
        there.send(b"x")
        left["thread"].join()
        assert self.notifications == []
        for each in (here, there, loop):
            each.close()
        here.close()
        there.close()
"""


def test_what_waits_for_something(project):
    """A thread at a socket, a job in a pool and a task of a loop that lives on are blamed on the test they began in."""
    result = project(LEFT).run()
    result.assert_outcomes(passed=8, errors=4)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_leaves_a_thread*",
            "thread 'Thread-*', which the test left running, emitted it: wait for it in the test",
            "*ERROR at teardown of test_leaves_a_job*",
            "thread 'ThreadPoolExecutor-*', which the test left running, emitted it: wait for it in the test",
            "*ERROR at teardown of test_leaves_a_task*",
            "task 'answering', which the test left running, emitted it: wait for it in the test",
            "*ERROR at teardown of TestCoroutine.test_leaves_a_thread*",
            "thread 'mine', which the test left running, emitted it: wait for it in the test",
        ]
    )


SHARED = """
import queue
work = queue.Queue()

@pytest.fixture(scope="module", autouse=True)
def worker():
    def run():
        while work.get():
            delete()
            work.task_done()
    thread = threading.Thread(target=run)
    thread.start()
    yield
    work.put(None)
    thread.join()

def test_unheard():
    threading.Thread(target=lambda: ended.wait(60) and (delete(), told.set())).start()

ended, told = threading.Event(), threading.Event()

@pytest.mark.parametrize("n", [1, 2])
def test_worker(notifications, n):
    work.put(1)
    work.join()
    assert len(notifications) == 1

def test_not_of_this_test(notifications):
    ended.set()
    told.wait(60)
    assert notifications == []
"""


def test_what_tests_share(project):
    """What a wider fixture began works for the test that runs; what a test without recorder left is for none."""
    project(SHARED).passes(4)


ASYNCIO = """
import asyncio, pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")

@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def jobs():
    async def work():
        while await jobs.get():
            delete()
            jobs.task_done()
    jobs = asyncio.Queue()
    task = asyncio.create_task(work())
    yield jobs
    task.cancel()

@pytest_asyncio.fixture(loop_scope="module")
async def own():
    delete()
    yield
    delete()

async def test_leaves(notifications, own, jobs):
    global go, task
    async def wait():
        await go.wait()
        delete()
    go = asyncio.Event()
    task = asyncio.create_task(wait(), name="waiting")
    await asyncio.sleep(0)

async def test_next(notifications, own, jobs):
    go.set()
    await task
    assert len(notifications) == 1
    jobs.put_nowait(1)
    await jobs.join()
    assert len(notifications) == 2
"""


def test_pytest_asyncio(project):
    """In a loop that tests share, a task is of the test in which it began; one of a wider fixture is nobody's."""
    pytest.importorskip("pytest_asyncio")
    result = project(ASYNCIO).run("-p", "asyncio", "-o", "asyncio_default_fixture_loop_scope=function")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_leaves*", "task 'waiting', which the test left running*"])


# A function that is called many times

PARALLEL = """
calls = []

def test_recorded(notifications):
    delete()
    notifications.one("image.delete")

def test_free():
    calls.append(1)

def test_count(logged_notifications):
    log_delete()
    logged_notifications.one("image.delete")
    assert len(calls) == 6
"""


def test_threads_of_one_test(project):
    """pytest-run-parallel calls a test that has a recorder once, in one thread, and says why; others as ever."""
    pytest.importorskip("pytest_run_parallel")
    options = ("-p", "run-parallel", "--parallel-threads=3", "--iterations=2", "--strict-markers", "-v")
    result = project(PARALLEL).run(*options)
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*test_recorded was not run in parallel: all threads would share its recorder*"])


EXAMPLES = """
from hypothesis import HealthCheck, Phase, assume, given, settings, strategies as st

pytestmark = pytest.mark.filterwarnings("ignore")
often = settings(suppress_health_check=list(HealthCheck), max_examples=20, deadline=None, database=None,
                 phases=[Phase.generate, Phase.shrink])

@pytest.fixture
def before():
    create()

@often
@given(n=st.integers(0, 9))
def test_each(notifications, before, n):
    assert notifications == []
    for _ in range(n):
        delete()
    assume(n % 2)
    assert len(notifications) == n

@often
@given(n=st.integers(0, 99))
def test_broken(notifications, n):
    if n > 41:
        delete("no id")

@often
@given(is_right=st.booleans())
def test_given_up(notifications, is_right):
    delete(*() if is_right else ["no id"])
    assume(is_right)

@pytest.fixture
def wrong():
    delete("no id")

@often
@given(n=st.integers(0, 9))
def test_wrong_before(wrong, notifications, n):
    raise AssertionError("not reached")
"""


def test_examples(project):
    """Each finds an empty recorder; one that breaks a contract is found, made small and shown, given up or not."""
    result = project(EXAMPLES).run()
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*_ test_broken _*",
            "image.delete-INFO is broken at /payload: *",
            "*  1. image.delete INFO *",
            "*n=42,",
            "*_ test_given_up _*",
            "image.delete-INFO is broken at /payload: *",
            "*_ test_wrong_before _*",
            "image.delete-INFO is broken at /payload: *",
        ]
    )
    result.stdout.no_fnmatch_line("*not reached*")
