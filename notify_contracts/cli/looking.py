"""Whether anything is set for a run: a look that costs nothing to speak of, for mostly nothing is."""

import os
import re
from collections.abc import Iterator

NAME = "notify-contracts.toml"
PROJECT = "pyproject.toml"
MISNAMED = ("notify_contracts.toml", "notify-contract.toml", ".notify-contracts.toml", ".notify_contracts.toml")
"""What is nearly the name of our file: whoever has such a one believes that it is read."""

VARIABLES = "NOTIFY_CONTRACTS_"
"""What the names of all environment variables begin with that set something."""

_MENTIONED = re.compile(
    rb"notify[-_]contracts[\"']?\s*(?:[\].]|=(?!=))|^[ \t]*\[[^\n#]*(?:notif|contract)", re.IGNORECASE | re.MULTILINE
)
"""What a project's file has that has our table, mistyped or not: a key or a heading, and no dependency on us."""


def is_anything_set() -> bool:
    """Return whether the environment, or a file in the current folder or above it, may set something."""
    return any(name.startswith(VARIABLES) for name in os.environ) or any(candidates(current_folder()))


def current_folder() -> str:
    """Return the current folder, empty if it is gone."""
    try:
        return os.getcwd()  # noqa: PTH109  # pathlib takes time
    except OSError:
        return ""


def candidates(folder: str) -> Iterator[str]:
    """Yield the files in a folder and above it that may hold settings, the one that comes first first."""
    while folder:
        for name in (NAME, *MISNAMED, PROJECT):
            path = os.path.join(folder, name)  # noqa: PTH118
            if os.path.lexists(path) and (name != PROJECT or _mentions(path)):
                yield path
        parent = os.path.dirname(folder)  # noqa: PTH120
        folder = "" if parent == folder else parent


def _mentions(path: str) -> bool:
    """Return whether a project's file speaks of us, or cannot be read, which is said when it is to be read."""
    if not os.path.isfile(path):  # noqa: PTH113
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return _MENTIONED.search(file.read()) is not None
    except OSError:
        return True
