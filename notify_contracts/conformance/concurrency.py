"""Calls from several threads at once, as close to each other as can be."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

Item = TypeVar("Item")

_OFTEN = 1e-6  # seconds between changes of threads: what can come between two steps, does


def call_concurrently(call: Callable[[Item], object], portions: Sequence[Sequence[Item]]) -> None:
    """Call `call` with every item of every portion, a thread for each portion; raise what a call raises."""
    barrier = Barrier(len(portions))

    def work(portion: Sequence[Item]) -> None:
        barrier.wait()
        for item in portion:
            call(item)

    with _changing_often(), ThreadPoolExecutor(len(portions)) as pool:
        for done in [pool.submit(work, portion) for portion in portions]:
            done.result()


@contextmanager
def _changing_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_OFTEN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
