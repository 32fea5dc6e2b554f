"""Threads, jobs that are given to a pool of them, and commands get to know the test in which they began."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from multiprocessing.forkserver import ForkServer
from os import environ  # what a command gets, whatever a test has put in its place
from typing import Any
from weakref import WeakSet

from notify_contracts._untrusted import monotonic
from notify_contracts.emitting import LISTENERS_VARIABLE
from notify_contracts.testing import announced_listeners
from pytest_notify_contracts.belonging import BEGUN, Mark

_threads: WeakSet[threading.Thread] = WeakSet()
_jobs: set[Future[Any]] = set()


@contextmanager
def carrying(shared: Callable[[], AbstractContextManager[None]] = nullcontext) -> Iterator[None]:
    """Carry the variable `BEGUN` into every thread that is started, and every job that is given to a pool, meanwhile.

    Python carries no context there before 3.14. A pool's own threads belong to nobody, each of their jobs to whoever
    gave it. A command gets the variable that says who listens where the environment lacks it that it is given, or the
    process's own, which a test may have emptied. The server that forks for multiprocessing, of which all tests use one,
    is started within `shared`. Four methods of the standard library are replaced, as tracers replace them
    (OpenTelemetry, Sentry).
    """
    start, submit, run_command = threading.Thread.start, ThreadPoolExecutor.submit, subprocess.Popen.__init__
    serve_forks = ForkServer.ensure_running

    def start_thread(thread: threading.Thread) -> None:
        mark = BEGUN.get()
        if mark is not None and not thread.ident:
            _prepare(thread, mark)
        start(thread)
        if mark is not None and not thread.daemon:
            _threads.add(thread)

    def submit_job(pool: ThreadPoolExecutor, job: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        mark = BEGUN.get()
        BEGUN.set(None)
        try:
            future = submit(pool, partial(_run, mark, job), *args, **options)
        finally:
            BEGUN.set(mark)
        if mark is not None:
            _jobs.add(future)
            future.add_done_callback(_jobs.discard)
        return future

    def init_command(process: subprocess.Popen[Any], *args: Any, **options: Any) -> None:
        listeners, given = announced_listeners(), options.get("env")
        environment = environ if given is None else given
        if listeners is not None and LISTENERS_VARIABLE not in environment:
            options["env"] = {LISTENERS_VARIABLE: listeners, **environment}
        run_command(process, *args, **options)

    def share_fork_server(server: ForkServer) -> None:
        with shared():
            serve_forks(server)

    with (
        _replaced(threading.Thread, "start", start_thread),
        _replaced(ThreadPoolExecutor, "submit", submit_job),
        _replaced(subprocess.Popen, "__init__", init_command),
        _replaced(ForkServer, "ensure_running", share_fork_server),
    ):
        yield


@contextmanager
def _replaced(owner: type, name: str, method: Callable[..., Any]) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, method)
    try:
        yield
    finally:
        if getattr(owner, name) is method:
            setattr(owner, name, before)


def join(seconds: float) -> None:
    """Wait, for so many `seconds` in all, for what tests have left running and the interpreter would wait for."""
    deadline = monotonic() + seconds
    wait(tuple(_jobs), seconds)
    for thread in tuple(_threads):
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - monotonic()))


def _prepare(thread: threading.Thread, mark: Mark) -> None:
    own = vars(thread).get("run")
    run = thread.run

    def run_marked() -> None:
        del thread.run  # else it would keep the mark for as long as there is the thread
        if own is not None:
            thread.run = own  # type: ignore[method-assign]
        BEGUN.set(mark)
        try:
            run()
        finally:
            BEGUN.set(None)  # since Python 3.14 a thread that has ended keeps its context

    thread.run = run_marked  # type: ignore[method-assign]


def _run(mark: Mark | None, job: Callable[..., Any], *args: Any, **options: Any) -> Any:
    before = BEGUN.get()
    BEGUN.set(mark)
    try:
        return job(*args, **options)
    finally:
        BEGUN.set(before)
