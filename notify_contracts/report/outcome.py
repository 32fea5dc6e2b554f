"""What a run of `check` came to: the one value that every report is written from."""

from dataclasses import dataclass

from notify_contracts.alternatives import Hint
from notify_contracts.catalog import Catalog
from notify_contracts.summary import Summary


@dataclass(frozen=True, slots=True)
class Outcome:
    """A summary, the catalog it was made with, where the notifications came from, and a hint if there is one."""

    catalog: Catalog
    sources: tuple[str, ...]
    summary: Summary
    hint: Hint | None = None
