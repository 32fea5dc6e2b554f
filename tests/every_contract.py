"""Every contract of the catalogs that generated notifications are tried with."""

from pathlib import Path

import pytest

from notify_contracts.catalog import load

CATALOGS = ("glance-documented", "glance-emitted", str(Path(__file__).parent / "catalogs" / "parcels"))
EXHAUSTIVE = {True: (), False: (pytest.mark.exhaustive,)}
CONTRACTS = [
    pytest.param(
        name,
        contract.event_type,
        str(contract.priority),
        id=f"{Path(name).name}-{contract.id}",
        # Elsewhere, both ways are asked of a few contracts of every catalog.
        marks=EXHAUSTIVE[name == CATALOGS[2] or contract.event_type in ("image.create", "task.run")],
    )
    for name in CATALOGS
    for contract in load(name).contracts
]
each_catalog = pytest.mark.parametrize("name", CATALOGS, ids=lambda name: Path(name).name)
