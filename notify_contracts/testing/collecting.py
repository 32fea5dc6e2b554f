"""Recording what this process emits while a context lasts."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import get_args

from notify_contracts._schema import quoted
from notify_contracts.catalog import Catalog, load
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.testing.recorder import Recorder
from notify_contracts.testing.sources import Source, listening
from notify_contracts.testing.strictness import Strictness
from notify_contracts.wire import FORMAT_VERSIONS, FormatVersion

_OVER = "the recording is over: record in its with block, or ask assert_conforms, which checks one notification at once"


def recording(
    catalog: Catalog | str | Path | None = None,
    *,
    source: Source = "notifier",
    strictness: str = Strictness.STRICT,
    wire: FormatVersion = "2.0",
) -> AbstractContextManager[Recorder]:
    """Give a recorder of everything that `source` emits in this process, checked at the end.

    `source` is the reference ``"notifier"``; ``"oslo.messaging"`` with its driver ``contracts``; or ``"logging"``.
    `wire` is oslo.messaging's format that production has: ``"1.0"`` (driver ``messaging``) cannot carry some values.
    Raise `ContractViolatedError` at the end if anything breaks its contract, and `DeliveryError` if an emitter
    swallowed that something was not delivered, unless `strictness` says otherwise.
    Raise `UsageError` at once for a source, a format or a strictness that there is not: nothing would be recorded.
    """
    _require_one_of("source", source, get_args(Source))
    _require_one_of("wire", wire, FORMAT_VERSIONS)
    recorder = _Recorder(catalog if isinstance(catalog, Catalog | None) else load(catalog), strictness, source)
    return _Recording(recorder, source, wire)


def _require_one_of(argument: str, given: object, there_are: Sequence[str]) -> None:
    if given not in there_are:
        raise UsageError(f"there is no {argument} {quoted(str(given))}; choose from {', '.join(there_are)}")


class _Recorder(Recorder):
    """Records nothing more when it `is_over`, for nobody would check it; what was recorded may still be asked."""

    is_over = False

    def record(self, thing: object) -> Notification | Unreadable:
        __tracebackhide__ = True
        if self.is_over:
            raise UsageError(_OVER)
        return super().record(thing)

    def __repr__(self) -> str:
        return f"<{Recorder.__name__} of {len(self)}>"


class _Recording(AbstractContextManager[Recorder]):
    """No generator: contextlib's frames would stand between the test and what it is told."""

    def __init__(self, recorder: "_Recorder", source: Source, wire: FormatVersion) -> None:
        self._recorder = recorder
        self._listening = listening(source, recorder.take, wire)

    def __enter__(self) -> Recorder:
        self._listening.__enter__()
        return self._recorder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        self._listening.__exit__(kind, error, traceback)
        self._recorder.is_over = True
        if error is None:
            self._recorder.verify()
