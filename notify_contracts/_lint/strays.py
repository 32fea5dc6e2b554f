"""Files that look like a part of a catalog, and that nobody reads: a contract that is not there breaks nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

from notify_contracts._lint.problem import Problem
from notify_contracts.catalog import ENVELOPE, LIFECYCLES, MANIFEST

_ENDING = ".json"
_ENDINGS = re.compile(r"(.+)\.(?:json(?:5|c|\W.*)?|ya?ml)", re.IGNORECASE | re.DOTALL)
_AT_THE_TOP = (MANIFEST, ENVELOPE, LIFECYCLES, "values.json")


def strays(root: Path) -> Iterator[Problem]:
    """Yield what would be read under the name that it nearly has, but for copies of files that are there."""
    for path in sorted(root.rglob("*")):
        file = path.relative_to(root)
        if path.suffix == _ENDING or any(part.startswith(".") for part in file.parts) or not path.is_file():
            continue
        if (found := _ENDINGS.fullmatch(path.name)) is None:
            continue
        meant = path.with_name(found[1].lower() + _ENDING if len(file.parts) == 1 else found[1] + _ENDING)
        if not meant.exists() and (len(file.parts) > 1 or meant.name in _AT_THE_TOP):
            yield Problem(file.as_posix(), "", f"is not read, for it does not end in {_ENDING}")
