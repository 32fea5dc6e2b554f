"""The engine: a Dask cluster that is there, or one of this machine's own for as long as it is needed."""

import logging
import os
import re
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from notify_contracts._audit.dependencies import extra_cluster
from notify_contracts._audit.packing import require_same_release
from notify_contracts._base import DISTRIBUTION, release, without_signals
from notify_contracts._untrusted import printable, redacted
from notify_contracts.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client

_SECONDS_TO_CONNECT = 10
_SILENCE = logging.CRITICAL + 1
# Dask lets go for good of a worker that is not there when so much time has passed since it was lost: where its next one
# was lost, too, or takes long to start. An audit whose last worker went like this would wait for ever.
_FOR_EVER = {"distributed.deploy.lost-worker-timeout": "1000 days"}
# Its workers look a hundred times a second at what they do, for a dashboard that nobody has.
_UNWATCHED = {"distributed.worker.profile.enabled": False}
# A worker is forked off a process that has imported Dask; each would import it itself, which takes most of its start.
_FORKED = {"distributed.worker.multiprocessing-method": "forkserver"}
_PACKAGE = re.compile(r"^\| ([\w.-]+) +\|", re.MULTILINE)


@contextmanager
def own_cluster(workers: int | None) -> Iterator["Client"]:
    """Start so many worker processes on this machine; None for one a core.

    Raise UsageError without the extra ``cluster``.
    """
    with extra_cluster():
        import dask
        from distributed import Client, LocalCluster

    with dask.config.set(_FOR_EVER | _UNWATCHED | _FORKED), ExitStack() as stack:
        with _without_interrupts():
            cluster = LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},  # nobody would look at it, and others on the network must not
                silence_logs=_SILENCE,  # that a worker was lost is no news: what it had in hand is done again
            )
            stack.enter_context(cluster)
        yield stack.enter_context(Client(cluster))


@contextmanager
def joined_cluster(scheduler: str, say: Callable[[str], object]) -> Iterator["Client"]:
    """Connect to the scheduler at an address: ``tcp://host:8786``; `say` is told in a line what is worth knowing of it.

    Raise ClusterError if it cannot be reached, UsageError without the extra ``cluster``.
    """
    with extra_cluster():
        from distributed import Client
        from distributed.comm.addressing import resolve_address
        from distributed.utils import silence_logging_cmgr

    shown = redacted(scheduler)
    try:
        resolve_address(scheduler)  # at once, where the client would go on trying
        with warnings.catch_warnings(record=True) as warned:
            client = Client(scheduler, timeout=_SECONDS_TO_CONNECT)
    except (OSError, TypeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ClusterError(f"--scheduler {shown}: cannot be reached: {printable(why)}") from None
    with silence_logging_cmgr(_SILENCE), client:
        for package in mismatched(warned):
            say(f"{shown}: has another version of {package} than this machine: install the same if something fails")
        facts: Any = client.get_versions(packages=[DISTRIBUTION])
        # Before any work: a scheduler or a worker that cannot unpickle it would drop the connection.
        for place, found in {shown: facts["scheduler"], **facts["workers"]}.items():
            require_same_release(place, found["packages"][DISTRIBUTION], release())
        if not facts["workers"]:
            say(f"{shown}: has no workers yet: waiting for the first")
        yield client


def mismatched(warned: Iterable[warnings.WarningMessage]) -> list[str]:
    """Return the packages that Dask has warned of, for they have not the same version on all machines."""
    tables = "\n".join(str(warning.message) for warning in warned)
    return [package for package in _PACKAGE.findall(tables) if package != "Package"]


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Have the processes that are started in the block hear no SIGINT: whoever starts them ends them.

    A terminal sends it to all of them, and each that was still starting would show where it was.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # where it is started within the block, it unblocks the signal
    with without_signals((signal.SIGINT,)):
        yield
