"""What came that has a contract, and is a step of no lifecycle: whatever is wrong with its order, nobody finds it."""

from collections import Counter

from notify_contracts._checking.lives.findings import listed_few
from notify_contracts._checking.lives.ways import ways_of
from notify_contracts._checking.summary import Summary
from notify_contracts.catalog import Catalog


def what_nobody_follows(catalog: Catalog, summary: Summary) -> tuple[str, ...]:
    """Return a note on the notifications of `summary` of which no lifecycle of `catalog` speaks, none if all do."""
    steps = {way.contract for way in ways_of(catalog).every}
    came = Counter(summary.passed) + Counter(summary.failed)
    others = [f"{contract} ({count:,})" for contract, count in came.most_common() if contract not in steps]
    return (f"followed by nobody, for they are a step of no lifecycle: {listed_few(others)}",) if others else ()
