"""Many parts checked at a time, and their results taken in order."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from io import FileIO
from os import dup, fstat
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import Generic, Self

from notify_contracts._checking.checking import PartialResult, Result, Work
from notify_contracts._checking.parallel.job import Job
from notify_contracts._checking.parallel.worker import Worker, checked
from notify_contracts.capture import Part, Recording
from notify_contracts.errors import NotifyContractsError, SourceError

PART = 4 * 1024 * 1024
"""Bytes of a part: enough for its way to cost nothing, few enough for all processes to end at about the same time."""

_SHARES = 16  # larger parts for each process, if the work has larger ones
_AHEAD = 2  # parts for each process, under way or waiting for their turn


class Pool(Generic[Result]):
    """Processes that share the `sources`, this one among them; `results` yields what these come to, as one would.

    This one cuts the sources into parts and counts their lines, so that every part knows its place; between that, and
    while the others start, it checks parts itself. Only a few parts for each process are under way or wait for their
    turn. Leaving the context ends the other processes, whatever they do.
    """

    def __init__(self, sources: Sequence[str], asked: Work[Result], processes: int) -> None:
        self._asked = asked
        self._processes = processes
        self._selector = DefaultSelector()
        self._at_work: dict[Worker, Job[Result]] = {}
        self._free: list[Worker] = []
        self._departures = self._departing(sources)
        self._ahead: Job[Result] | None = None
        self._jobs: deque[Job[Result]] = deque()
        self._awaited: Recording | None = None
        self._turn = -1
        self._mine: tuple[Job[Result], Generator[PartialResult[Result] | NotifyContractsError]] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as undone:
            undone.callback(self._end)
            for _ in range(self._processes - 1):
                self._hire()
            undone.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._departures.close()
        if self._mine is not None:
            self._mine[1].close()
        for key in tuple(self._selector.get_map().values()):
            if isinstance(key.data, Worker):
                key.data.end()
        self._selector.close()
        for job in (*self._jobs, self._ahead):
            if job is not None:
                job.close()

    def results(self) -> Iterator[PartialResult[Result]]:
        """Yield what the next of the sources comes to.

        Raise SourceError if it cannot be read to its end, or if a process that checked a part of it has died.
        """
        self._turn += 1
        while True:
            self._depart()
            job = self._jobs[0] if self._jobs else None
            is_mine = job is not None and job.turn == self._turn
            if job is not None and is_mine:
                yield from job.landed()
            if job is None or not job.is_over:
                self._listen(0 if self._checks() else None)
                continue
            job.close()  # before it is let go of: an interrupt may come at any time, and whoever has it closes it
            self._jobs.popleft()
            if not is_mine:  # what was under way when its source had failed
                continue
            if job.error is not None:
                if job.last.summary is not None:
                    yield job.last
                raise job.error
            if job.part is None:
                return
            yield job.last

    def _departing(self, sources: Sequence[str]) -> Generator[Job[Result] | Recording]:
        """Yield every part of every source, the end of each, and a recording where it has nothing more yet."""
        for turn, source in enumerate(sources):
            error = None
            try:
                with Recording(source) as recording:
                    for part in recording.parts(self._size_of_parts(recording)):
                        if turn < self._turn:  # it has failed
                            break
                        yield recording if part is None else Job(turn, source, part, file=_file_of(recording, part))
            except SourceError as failure:
                error = failure
            yield Job(turn, source, None, error)

    def _size_of_parts(self, recording: Recording) -> int:
        """Return the bytes of each, more for a large file if the work says so by the `largest_part` that it has."""
        size = fstat(recording.fileno()).st_size // (_SHARES * self._processes)  # 0 of a pipe
        return max(PART, min(size, getattr(self._asked, "largest_part", PART)))

    def _depart(self) -> None:
        """Give parts to the processes that are free, unless that would be too far ahead or have to be waited for.

        The next one is cut then, so that the process that asks for it next has it at once.
        """
        self._await(None)
        while self._free and len(self._jobs) < _AHEAD * self._processes:
            departing = self._cut()
            if departing is None:
                return
            self._jobs.append(departing)
            if departing.part is not None:
                worker = self._free.pop()
                self._at_work[worker] = departing
                worker.give(departing.source, departing.part)
                if departing.file is not None:
                    worker.hand_on(departing.file)
        self._ahead = self._cut()

    def _cut(self) -> Job[Result] | None:
        """Return what departs next; None where there is nothing more, or nothing yet."""
        if self._ahead is not None:
            departing, self._ahead = self._ahead, None
            return departing
        found = next(self._departures, None)
        if isinstance(found, Job):
            return found
        self._await(found)
        return None

    def _checks(self) -> bool:
        """Check a little of a part here; return False if there is none that may be begun."""
        if self._mine is None:
            if self._awaited is not None or len(self._jobs) >= _AHEAD * self._processes:
                return False
            departing = self._cut()
            if departing is None:
                return False
            self._jobs.append(departing)
            if departing.part is None:
                return True
            # Another descriptor, for what checks the part closes its file; it is begun at once, and so sees to that.
            file = None if departing.file is None else FileIO(dup(departing.file))
            self._mine = departing, checked(departing.source, departing.part, file, self._asked)
        job, found = self._mine
        message = next(found, None)
        if message is None:
            job.is_over, self._mine = True, None
        else:
            job.take(message)
        return True

    def _listen(self, seconds: float | None) -> None:
        """Wait, at most for so many seconds, until a process says something, or there is more of what is awaited."""
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Worker):
                self._hear(key.data)

    def _hear(self, worker: Worker) -> None:
        """Take what a process has said, until it says that it is free."""
        try:
            while (message := worker.hear()) is not None:
                self._at_work[worker].take(message)
                if not worker.has_said_more():
                    return
        except EOFError:
            self._replace(worker)
            return
        if worker in self._at_work:
            self._at_work.pop(worker).is_over = True
        self._free.append(worker)

    def _replace(self, worker: Worker) -> None:
        """Bury a process that has died; what it was checking is lost, the other parts are not."""
        died = f"has died ({worker.died_of()})"
        self._selector.unregister(worker)
        worker.end()
        if worker in self._at_work:
            job = self._at_work.pop(worker)
            job.lose(f"the process that checked them {died}; try --jobs 1")
        elif worker in self._free:
            self._free.remove(worker)
        else:
            return  # before it could begin, as another would: what is there is left to the others, and to this one
        self._hire()

    def _hire(self) -> None:
        worker = Worker(self._asked)
        self._selector.register(worker, EVENT_READ, worker)

    def _await(self, recording: Recording | None) -> None:
        """Have `_listen` end when there is more of `recording`, too."""
        if self._awaited is not None:
            self._selector.unregister(self._awaited)
        if recording is not None:
            self._selector.register(recording, EVENT_READ)
        self._awaited = recording


def _file_of(recording: Recording, part: Part) -> int | None:
    """Return the descriptor of the file that a part is to be read from, None if it brings its content."""
    return recording.fileno() if part.content is None else None
