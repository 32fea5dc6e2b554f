"""The settings in a file, which the command reads, too; the library is loaded only where there may be one."""

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notify_contracts.cli.configuration import Value

_SETTINGS: "pytest.StashKey[Mapping[str, Value]]" = pytest.StashKey()
_VARIABLE = "NOTIFY_CONTRACTS_SETTINGS"
_FILE = "notify-contracts.toml"
_PROJECT = "pyproject.toml"
_MENTIONED = rb"notify-contracts[\"']?\s*(?:[\].]|=(?!=))"
"""What a project's file has that has the library's table: a key, and no dependency on it."""


def settings_of(config: pytest.Config) -> "Mapping[str, Value]":
    """Return what the settings' file sets that is nearest to where pytest was started; raise `pytest.UsageError`."""
    if _SETTINGS not in config.stash:
        folder = str(config.invocation_params.dir)
        config.stash[_SETTINGS] = _read(folder) if os.environ.get(_VARIABLE) or _may_have(folder) else {}
    return config.stash[_SETTINGS]


def _read(folder: str) -> "Mapping[str, Value]":
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
    return settings


def _may_have(folder: str) -> bool:
    """Return whether a folder or one above it has a file that may hold settings."""
    while True:
        # pathlib costs time that every session would pay
        if os.path.lexists(os.path.join(folder, _FILE)):  # noqa: PTH118
            return True
        project = os.path.join(folder, _PROJECT)  # noqa: PTH118
        if os.path.lexists(project) and _mentions(project):
            return True
        if (parent := os.path.dirname(folder)) == folder:  # noqa: PTH120
            return False
        folder = parent


def _mentions(path: str) -> bool:
    if not os.path.isfile(path):  # noqa: PTH113  # what cannot be read is said by whoever reads it
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return re.search(_MENTIONED, file.read()) is not None
    except OSError:
        return True
