"""Recording what this process emits while a context lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notify_contracts.catalog import Catalog, load
from notify_contracts.testing.recorder import Recorder
from notify_contracts.testing.sources import Source, listening
from notify_contracts.testing.strictness import Strictness


@contextmanager
def recording(
    catalog: Catalog | str | Path | None = None,
    *,
    source: Source = "notifier",
    strictness: str = Strictness.STRICT,
) -> Iterator[Recorder]:
    """Give a recorder of everything that `source` emits in this process, checked at the end.

    `source` is the reference ``"notifier"``; ``"oslo.messaging"`` with its driver ``contracts``; or ``"logging"``.
    Raise `ContractViolatedError` at the end if anything breaks its contract, and `DeliveryError` if an emitter
    swallowed that something was not delivered, unless `strictness` says otherwise.
    """
    __tracebackhide__ = True
    recorder = Recorder(catalog if isinstance(catalog, Catalog | None) else load(catalog), strictness)
    with listening(source, recorder.take):
        yield recorder
    recorder.verify()
