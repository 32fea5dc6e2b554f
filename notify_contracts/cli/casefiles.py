"""``generate --broken --output DIR/``: case files of a catalog, with as few cases as break every rule."""

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from notify_contracts._report import write_whole
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.cli.progress import counted_with_progress
from notify_contracts.errors import UsageError
from notify_contracts.generate import Broken, minimal_broken

_MANY = 10  # contracts, which take a few seconds


def case_of(broken: Broken[Any], description: str | None = None) -> dict[str, Any]:
    """Return a case as contracts/case.schema.json has it: the violation never parts from its notification."""
    violation = {"pointer": broken.violation.pointer, "keyword": broken.violation.keyword}
    return {
        "description": description or broken.description,
        "valid": False,
        "violations": [violation],
        "notification": broken.content,
    }


def write_case_files(catalog: Catalog, options: argparse.Namespace, seed: int) -> None:
    """Write a file of cases for each event type that is selected, whole; raise UsageError before one is overwritten."""
    of_event: dict[str, list[Contract]] = {}
    for contract in catalog.selected(options.event, options.priority):
        of_event.setdefault(contract.event_type, []).append(contract)
    folder = Path(options.output)
    paths = {event_type: folder / f"{event_type}.json" for event_type in of_event}
    for path in paths.values():
        if os.path.lexists(path):
            raise UsageError(
                f"{printable(str(path))}: is there already, and cases may be somebody's: give a new folder"
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{printable(str(folder))}: cannot be written: {error.strerror}") from None
    for event_type in counted_with_progress(paths, len(paths), "generate", _MANY):
        cases = _unique(case for one in of_event[event_type] for case in _cases(catalog, one, options, seed))
        write_whole(str(paths[event_type]), _written(cases))


def _cases(catalog: Catalog, contract: Contract, options: argparse.Namespace, seed: int) -> Iterator[dict[str, Any]]:
    for number, example in enumerate(contract.examples, 1):
        yield {
            "description": f"{contract.priority}: example {number}",
            "valid": True,
            "violations": [],
            "notification": example,
        }
    for broken in minimal_broken(catalog, contract, seed=seed, without=options.without):
        yield case_of(broken, f"{contract.priority}: {broken.description}")


def _unique(cases: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield cases with descriptions of which none is another's."""
    seen: dict[str, int] = {}
    for case in cases:
        description = case["description"]
        seen[description] = seen.get(description, 0) + 1
        again = f" ({seen[description]})" if seen[description] > 1 else ""
        yield case | {"description": f"{description}{again}"}


def _written(cases: Iterable[Mapping[str, Any]]) -> bytes:
    """Return cases as people read them: a member of a case on each line."""
    return ("[\n" + ",\n".join(map(_lines, cases)) + "\n]\n").encode()


def _lines(case: Mapping[str, Any]) -> str:
    members = [f'    "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in case.items()]
    return "  {\n" + ",\n".join(members) + "\n  }"
