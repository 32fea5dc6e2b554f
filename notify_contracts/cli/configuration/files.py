"""The file of settings: which one it is, and what it says."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from notify_contracts._untrusted import printable, shortened
from notify_contracts.cli.looking import FOREIGN, MISNAMED, NAME, PROJECT, candidates
from notify_contracts.errors import UsageError

_OURS = "notify-contracts"
TABLE = f"tool.{_OURS}"
VARIABLE = "NOTIFY_CONTRACTS_SETTINGS"
"""The environment variable that names the file in place of what is found; ``off`` for none."""

_OFF = "off"
_MOST_BYTES = 1024 * 1024
_LIKENESS = 0.9
_LONGEST = 40
"""How many characters of the name of a table are compared."""

_BEGINNING = re.compile(r"\s*\[\s*tool\s*\.\s*[\"']?notify-contracts[\"']?\s*\]")
_TABLE = re.compile(r"\s*\[")
_REMEDY = f"correct it, or set {VARIABLE}={_OFF} to go without"


class SettingsFile(NamedTuple):
    """The settings in a file: its absolute path, and its values by their keys.

    `unread` is the path of a project's file in the same folder whose table is not read, for this file comes first.
    """

    path: str
    values: Mapping[str, Any]
    text: str
    unread: str = ""

    @property
    def name(self) -> str:
        """Its path as people type it, fit to print."""
        return _typed(self.path)

    @property
    def note(self) -> str:
        """What is to be said of a table that is not read, empty if there is none."""
        if not self.unread:
            return ""
        return f"{_typed(self.unread)}: its [{TABLE}] is not read, for {self.name} comes first: have all in one file"

    @property
    def is_project(self) -> bool:
        """Whether it is a project's, of which one table is ours."""
        return os.path.basename(self.path) == PROJECT  # noqa: PTH119  # as it was found

    def place(self, key: str) -> str:
        """Return where the value of a key stands, with its line where that is on a line of its own."""
        line = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        is_ours = not self.is_project
        for number, text in enumerate(self.text.splitlines(), 1):
            if is_ours and line.match(text):
                return f"{self.name}:{number}"
            if _TABLE.match(text):
                is_ours = _BEGINNING.match(text) is not None
        return self.name


def found_file(folder: str, named: str = "") -> SettingsFile | None:
    """Return the file that is nearest to a folder, upwards, or the one that is `named`; None if there is none.

    In one folder ``notify-contracts.toml`` comes first, and a ``pyproject.toml`` without our table is passed over.
    Raise UsageError for one that cannot be read.
    """
    if named:
        return None if named == _OFF else _required(os.path.join(folder, named))  # noqa: PTH118  # the user's text
    file = next((file for path in candidates(folder) if (file := _read(path)) is not None), None)
    return file and file._replace(unread=_unread_beside(file))


def _unread_beside(file: SettingsFile) -> str:
    path = os.path.join(os.path.dirname(file.path), PROJECT)  # noqa: PTH118, PTH120  # as it was found
    try:
        return path if not file.is_project and os.path.lexists(path) and _read(path) is not None else ""
    except UsageError:  # nothing of it is asked for
        return ""


def _typed(path: str) -> str:
    """Return a path as people type it, fit to print."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # the current folder is gone
        return printable(path)
    return printable(path if relative.startswith(os.pardir) else relative)


def _required(path: str) -> SettingsFile:
    file = _read(path)
    if file is None:
        raise UsageError(f"{printable(path)}: has no table [{TABLE}]: {VARIABLE} names a file that has one")
    return file


def _read(path: str) -> SettingsFile | None:
    """Return the settings in a file, None if it is a project's and has none."""
    name = os.path.basename(path)  # noqa: PTH119
    is_project = name == PROJECT
    if name in MISNAMED:
        raise UsageError(f"{printable(path)}: is not read: settings stand in a {NAME}; rename it")
    if name in FOREIGN:
        where = f"in a {PROJECT}, under [{TABLE}], or in a {NAME}"
        raise UsageError(f"{printable(path)}: our settings are not read from it: they stand {where}; move them")
    data = _bytes(path)
    import tomllib

    try:
        text = data.decode("utf-8-sig")  # as Windows' editors write it
        values: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else shortened(printable(str(error)))
        raise UsageError(f"{printable(path)}: no TOML: {reason}; {_REMEDY}") from None
    if is_project:
        values = _table_of(values, path)
        if values is None:
            return None
    if not isinstance(values, dict):
        raise UsageError(f"{printable(path)}: {TABLE}: expected a table; {_REMEDY}")
    return SettingsFile(path, values, text)


def _table_of(project: Mapping[str, Any], path: str) -> Any:
    """Return our table of a project's file, None if it has none; raise UsageError where its name is mistyped."""
    tool = project.get("tool")
    tools = tool if isinstance(tool, dict) else {}
    if _OURS in tools:
        return tools[_OURS]
    places = [("", project), *((f"{name}.", inner) for name, inner in project.items() if isinstance(inner, dict))]
    for where, tables in places:
        for name, table in tables.items():
            if (isinstance(table, dict) or where in ("", "tool.")) and _is_nearly_ours(name):
                mistyped = shortened(printable(where + name))
                raise UsageError(f"{printable(path)}: no such table: [{mistyped}]; did you mean [{TABLE}]?")
    return None


def _is_nearly_ours(name: str) -> bool:
    from difflib import get_close_matches

    letters, ours = (re.sub(r"[\W_]", "", each.casefold()) for each in (name[:_LONGEST], _OURS))
    return bool(get_close_matches(letters, [ours], 1, _LIKENESS))


def _bytes(path: str) -> bytes:
    try:
        return _content(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UsageError(f"{printable(path)}: the settings cannot be read: {reason}; {_REMEDY}") from None


def _content(path: str) -> bytes:
    if not os.path.isfile(path):  # noqa: PTH113  # a pipe would be waited for
        raise ValueError("it is no file" if os.path.exists(path) else "there is no such file")  # noqa: PTH110
    if _may_be_anybodys(path):
        raise ValueError("it is another user's, in a folder to which everybody may write")
    with Path(path).open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("it is of more than 1 MiB")
    return data


def _may_be_anybodys(path: str) -> bool:
    """Return whether somebody else may have put a file where it is found, for it says which files a run writes."""
    owner = Path(path).stat().st_uid
    return owner not in (0, os.geteuid()) and bool(Path(path).parent.stat().st_mode & stat.S_IWOTH)
