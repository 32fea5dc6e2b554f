"""What differs between two catalogs, and whom it concerns."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._comparison.comparing import SECONDS, compare
    from notify_contracts._comparison.falling import Fallen, Falling
    from notify_contracts._comparison.findings import (
        Comparison,
        Direction,
        Finding,
        Kind,
        Level,
        Reworded,
        Side,
        State,
        Undecided,
        Version,
        Witness,
    )
    from notify_contracts._comparison.identity import digest
    from notify_contracts._comparison.revision import PREFIX, catalog_at, folder_in_repository
    from notify_contracts._comparison.statements import Stated, stated

__all__ = [
    "PREFIX",
    "SECONDS",
    "Comparison",
    "Direction",
    "Fallen",
    "Falling",
    "Finding",
    "Kind",
    "Level",
    "Reworded",
    "Side",
    "State",
    "Stated",
    "Undecided",
    "Version",
    "Witness",
    "catalog_at",
    "compare",
    "digest",
    "folder_in_repository",
    "stated",
]
