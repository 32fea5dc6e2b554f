"""The judge decides whether a consumer handles the notifications of a trial as it must."""

from collections.abc import Callable, Iterator
from operator import is_
from typing import Any, NamedTuple

from hypothesis.errors import UnsatisfiedAssumption

from notify_contracts._untrusted import NotJsonError, dump, parse, shortened
from notify_contracts.fuzzing.deadline import HangError, call_within
from notify_contracts.fuzzing.failures import ConsumerFailedError, Failure, Reporter
from notify_contracts.fuzzing.trials import Given, Trial
from notify_contracts.generate._mutations import canonical
from notify_contracts.testing.needs import Reads, reads_of_session

Handle = Callable[..., object]

MOST_HANGS = 12
"""The number of calls for which one test waits the whole deadline; then it looks for nothing smaller.

For so many more it waits where it tries what the consumer needs.
"""

_LONGEST_ERROR = 200
_MOST_EXAMPLES = 2  # of a contract; of a kind of notification three are tried at most


class Rejections(NamedTuple):
    """The ways a consumer rejects: it raises one of `by`, or `dead_lettered` says that it put a notification aside."""

    by: type[Exception] | tuple[type[Exception], ...]
    dead_lettered: Callable[[Any], object] | None

    def __str__(self) -> str:
        by = self.by if isinstance(self.by, tuple) else (self.by,)
        return " or ".join([each.__name__ for each in by] + (["dead-lettering it"] if self.dead_lettered else []))


class _Step(NamedTuple):
    """One call of the consumer: the notification, described by `what`, and whether the consumer must reject it."""

    what: str
    given: Given
    to_be_rejected: bool
    details: str = ""


class _Finding(NamedTuple):
    failure: Failure
    given: tuple[Given, ...]


class Judge:
    """Runs a consumer on trials and raises its failures."""

    def __init__(self, rejections: Rejections, deadline: float, reporter: Reporter) -> None:
        self._rejections = rejections
        self._deadline = deadline
        self._reporter = reporter
        self._found: dict[bytes, _Finding] = {}
        self._hangs = self._hangs_without = 0
        self._tried: set[str] = set()  # contracts
        self._over = False

    def judge(self, handle: Handle, trial: Trial) -> None:
        """Have the notifications of a trial handled; raise `ConsumerFailedError` for the first that goes wrong.

        Once a consumer is spoilt, or has hung often, only what has failed already fails: hypothesis asks that the same
        trial always ends alike, and its search must come to an end. Of the trials that come first one fails at most.
        """
        __tracebackhide__ = True
        is_judged = not self._over and not (trial.is_first and self._found)
        if is_judged and (finding := self._finding(handle, trial)):
            self._found[trial.key] = finding
        if trial.key in self._found:
            failure, given = self._found[trial.key]
            raise ConsumerFailedError(self._reporter.message(failure, given), given) from failure.error

    def _finding(self, handle: Handle, trial: Trial) -> _Finding | None:
        before: tuple[Given, ...] = ()
        for step in _steps(trial):
            as_given = dump(step.given) if isinstance(step.given, dict) else step.given
            wrong, error = self._fault_of(handle, step, as_given)
            given = (*before, _original(step.given, as_given))
            if wrong:
                details = "; ".join(filter(None, (step.details, _shortened_error(error) if error else "")))
                self._over = self._over or bool(before and self._refuses_what_it_took(handle, trial))
                return _Finding(Failure(f"{step.what} {wrong}", trial.contract.id, details, error), given)
            if (reads := reads_of_session()) is not None and not before and not step.to_be_rejected:
                self._try_without(reads, handle, trial)
                if self._hangs_without >= MOST_HANGS:
                    self._over = True
                    what = f"without some of its members a notification was not done with in {self._deadline:g} s"
                    details = f"{MOST_HANGS} times, so what it needs cannot be tried"
                    return _Finding(Failure(what, trial.contract.id, details), given)
            before = given if step.to_be_rejected else ()
        return None

    def _try_without(self, reads: Reads, handle: Handle, trial: Trial) -> None:
        """Note what the consumer reads of a notification that it has taken, and whether it does without each place.

        The first time that also goes for examples of the contract, for what hypothesis makes first has little in it.
        """

        class RejectedError(Exception):
            """The consumer has rejected it, however it does that."""

        def given(content: Any) -> None:
            notification = content if trial.form == "envelope" else trial.given(content)
            if self._hangs_without >= MOST_HANGS:
                raise RejectedError
            try:
                rejected, error = self._outcome(handle, notification)
            except HangError:
                self._hangs_without += 1
                raise
            if rejected:
                raise RejectedError
            if error is not None:
                raise error

        contract, folder = trial.contract, trial.contract.schemas.folder
        examples = contract.examples[:_MOST_EXAMPLES] if contract.id not in self._tried else ()
        self._tried.add(contract.id)
        for whole in (*examples, trial.whole) if not self._over else ():
            sent = folder.sent(whole) if trial.form == "envelope" else whole
            reads.taking(folder.envelopes).try_without(given, sent, rejected_by=RejectedError)

    def _refuses_what_it_took(self, handle: Handle, trial: Trial) -> bool:
        """Return whether the consumer refuses a notification that it took before: then later trials prove nothing."""
        step = next(_steps(trial))
        as_given = dump(step.given) if isinstance(step.given, dict) else step.given
        return bool(self._fault_of(handle, step, as_given)[0])

    def _fault_of(self, handle: Handle, step: _Step, as_given: bytes) -> tuple[str, BaseException | None]:
        """Return the failure in words, empty if there was none, and the exception that the consumer raised."""
        __tracebackhide__ = True
        try:
            rejected, error = self._outcome(handle, step.given)
        except HangError:
            self._hangs += 1
            self._over = self._over or self._hangs >= MOST_HANGS
            return f"was not done with in {self._deadline:g} s", None
        if isinstance(step.given, dict) and not _is_still(step.given, as_given):
            return "was changed by the consumer", None
        if step.to_be_rejected:
            return "" if rejected else f"was not rejected by {self._rejections}" if error else "was accepted", error
        return "was rejected" if rejected else "was not handled" if error else "", error

    def _outcome(self, handle: Handle, given: Given) -> tuple[bool, BaseException | None]:
        """Return whether the consumer rejected, and its exception; raise `HangError` if it did not return in time."""
        __tracebackhide__ = True
        try:
            call_within(self._deadline, lambda: handle(given))
            return bool(self._rejections.dead_lettered and self._rejections.dead_lettered(given)), None
        except (HangError, UnsatisfiedAssumption):
            raise
        except self._rejections.by as error:
            return True, error
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is told apart from a rejection
            return False, error


class Judges:
    """Has a judge for each run of a test: with other fixtures or parameters it is another test."""

    def __init__(self, rejections: Rejections, deadline: float, reporter: Reporter) -> None:
        self._how = rejections, deadline, reporter
        self._others: tuple[Any, ...] = ()
        self._judge = Judge(*self._how)

    def of(self, others: tuple[Any, ...]) -> Judge:
        """Return the judge of the run whose function gets these other arguments."""
        if len(self._others) != len(others) or not all(map(is_, self._others, others)):
            self._others, self._judge = others, Judge(*self._how)
        return self._judge


def _steps(trial: Trial) -> Iterator[_Step]:
    yield _Step("a notification that keeps its contract", trial.given(trial.whole), to_be_rejected=False)
    if trial.broken is not None:
        pointer, keyword = trial.broken.violation.pointer, trial.broken.violation.keyword
        details = f"{trial.broken.description} ({pointer} {keyword})" if pointer else trial.broken.description
        yield _Step("a broken notification", trial.given(trial.broken.content), to_be_rejected=True, details=details)
        what = "after a broken notification, one that keeps its contract"
        yield _Step(what, trial.given(trial.following), to_be_rejected=False, details=details)


def _original(given: Given, as_given: bytes) -> Given:
    """Return the notification as the consumer was given it, before it could change it."""
    original: Given = parse(as_given) if isinstance(given, dict) else given
    return original


def _is_still(given: dict[str, Any], as_given: bytes) -> bool:
    try:
        return canonical(parse(dump(given))) == canonical(parse(as_given))
    except NotJsonError:
        return False


def _shortened_error(error: BaseException) -> str:
    return shortened(f"{type(error).__name__}: {error}".rstrip(": "), _LONGEST_ERROR)
