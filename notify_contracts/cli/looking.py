"""Whether anything is set for a run: a look that costs nothing to speak of, for mostly nothing is."""

import os
import re
from collections.abc import Iterator

NAME = "notify-contracts.toml"
PROJECT = "pyproject.toml"
MISNAMED = ("notify_contracts.toml", "notify-contract.toml", ".notify-contracts.toml", ".notify_contracts.toml")
"""What is nearly the name of our file: whoever has such a one believes that it is read."""

FOREIGN = ("setup.cfg", "tox.ini", "tox.toml", "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml")
"""Files in which other tools find a section of their own: whoever has written one for us there believes the same."""

FILES = {
    NAME: rb"",
    **dict.fromkeys(MISNAMED, rb""),
    **dict.fromkeys(FOREIGN, rb"(?im)^\[(?:tool[:.])?notify[-_]?contracts?\]"),
    PROJECT: rb"(?im)notify[-_]contracts[\"']?\s*(?:[\].]|=(?!=))|^[ \t]*\[[^\n#]*(?:notif|contract)",
}
"""What may hold settings, or be believed to, the one that comes first first: by its name, what it then has in it.

Of a project's file that is our table, mistyped or not: a key or a heading, and no dependency on us. The pytest plugin
has the same table, for it loads nothing of the library to look.
"""

VARIABLES = "NOTIFY_CONTRACTS_"
"""What the names of all environment variables begin with that set something."""

NEARLY = ("NOTIFY_CONTRACT", "NOTIFYCONTRACT")
"""What their names begin with, mistyped or not, once they are in capitals."""


def is_anything_set() -> bool:
    """Return whether the environment, or a file in the current folder or above it, may set something."""
    return any(name.upper().startswith(NEARLY) for name in os.environ) or any(candidates(current_folder()))


def current_folder() -> str:
    """Return the current folder, empty if it is gone."""
    try:
        return os.getcwd()  # noqa: PTH109  # pathlib takes time
    except OSError:
        return ""


def candidates(folder: str) -> Iterator[str]:
    """Yield the files in a folder and above it that may hold settings, the one that comes first first."""
    while folder:
        for name, content in FILES.items():
            path = os.path.join(folder, name)  # noqa: PTH118
            if os.path.lexists(path) and (not content or _has(path, content)):
                yield path
        parent = os.path.dirname(folder)  # noqa: PTH120
        folder = "" if parent == folder else parent


def _has(path: str, content: bytes) -> bool:
    """Return whether a file has that, or cannot be read, which is said when it is to be read."""
    if not os.path.isfile(path):  # noqa: PTH113
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return re.search(content, file.read()) is not None
    except OSError:
        return True
