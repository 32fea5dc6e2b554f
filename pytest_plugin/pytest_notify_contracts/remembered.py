"""The settings in a file, which the command reads, too; the library is loaded only where there may be one."""

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notify_contracts.cli.configuration import Value

_SETTINGS: "pytest.StashKey[Mapping[str, Value]]" = pytest.StashKey()
_NOTE: "pytest.StashKey[str]" = pytest.StashKey()
_SECTION = rb"(?im)^\[(?:tool[:.])?notify[-_]?contracts?\]"
NEARLY = ("NOTIFY_CONTRACT", "NOTIFYCONTRACT")
FILES = {
    "notify-contracts.toml": rb"",
    "notify_contracts.toml": rb"",
    "notify-contract.toml": rb"",
    ".notify-contracts.toml": rb"",
    ".notify_contracts.toml": rb"",
    "setup.cfg": _SECTION,
    "tox.ini": _SECTION,
    "tox.toml": _SECTION,
    "pytest.ini": _SECTION,
    ".pytest.ini": _SECTION,
    "pytest.toml": _SECTION,
    ".pytest.toml": _SECTION,
    "pyproject.toml": rb"(?im)notify[-_]contracts[\"']?\s*(?:[\].]|=(?!=))|^[ \t]*\[[^\n#]*(?:notif|contract)",
}
"""What may hold settings, or be believed to, by its name: what it then has in it. It is the library's table."""


def settings_of(config: pytest.Config) -> "Mapping[str, Value]":
    """Return what the settings' file sets that is nearest to where pytest was started; raise `pytest.UsageError`."""
    if _SETTINGS not in config.stash:
        folder = str(config.invocation_params.dir)
        settings, note = _read(folder) if _is_anything_set(folder) else ({}, "")
        config.stash[_SETTINGS], config.stash[_NOTE] = settings, note
    return config.stash[_SETTINGS]


def note_of(config: pytest.Config) -> str:
    """Return what is to be said of settings that are not read, empty if there is nothing."""
    settings_of(config)
    return config.stash[_NOTE]


def _read(folder: str) -> "tuple[Mapping[str, Value], str]":
    from notify_contracts.cli.configuration import URL_VARIABLE, configured
    from notify_contracts.errors import NotifyContractsError

    try:
        found = configured(folder)
    except NotifyContractsError as error:
        raise pytest.UsageError(str(error)) from None
    settings: dict[str, Any] = {key: given.value for key, given in found.all_of_file()}
    if os.environ.get(URL_VARIABLE):  # which comes first
        settings.pop("broker", None)
        settings.pop("url", None)
    return settings, found.note


def _is_anything_set(folder: str) -> bool:
    """Return whether the environment, or a file in a folder or above it, may set something."""
    return any(name.upper().startswith(NEARLY) for name in os.environ) or may_have(folder)


def may_have(folder: str) -> bool:
    """Return whether a folder or one above it has a file that may hold settings."""
    while True:
        for name, content in FILES.items():
            path = os.path.join(folder, name)  # noqa: PTH118  # pathlib costs time that every session would pay
            if os.path.lexists(path) and (not content or _has(path, content)):
                return True
        if (parent := os.path.dirname(folder)) == folder:  # noqa: PTH120
            return False
        folder = parent


def _has(path: str, content: bytes) -> bool:
    if not os.path.isfile(path):  # noqa: PTH113  # what cannot be read is said by whoever reads it
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return re.search(content, file.read()) is not None
    except OSError:
        return True
