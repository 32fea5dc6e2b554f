"""What is set: by the environment, else by a file."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from notify_contracts._schema import did_you_mean
from notify_contracts._untrusted import printable, shortened
from notify_contracts.cli.configuration.files import TABLE, VARIABLE, SettingsFile, found_file
from notify_contracts.cli.configuration.table import SETTING, SETTINGS, Setting
from notify_contracts.cli.configuration.values import Value, of_environment, of_file
from notify_contracts.cli.looking import VARIABLES, current_folder
from notify_contracts.errors import UsageError

_BEGINNING = re.compile("^NOTIFY_?CONTRACTS?_?")
_LIKENESS = 0.8
_LONGEST = 40
"""How many characters of the name of a variable are compared."""


class Given(NamedTuple):
    """A value that was set, and where: a variable, or a place in a file."""

    value: Value
    where: str
    is_of_file: bool = False


class Configured:
    """The settings of an environment and of a file, or of none.

    Raise UsageError if the file has a key that there is not, or a value of a wrong type.
    """

    def __init__(self, environment: Mapping[str, str], file: SettingsFile | None) -> None:
        self.file = file
        self._environment = environment
        self._of_file = dict(_values(file)) if file is not None else {}

    @property
    def note(self) -> str:
        """What is to be said of settings that are not read, empty if there is nothing."""
        return "" if self.file is None else self.file.note

    def given(self, key: str) -> Given | None:
        """Return what the environment, else the file sets for a key, None if neither does.

        Raise UsageError if that is no value for it. An empty variable sets nothing.
        """
        setting = SETTING[key]
        if not (text := self._environment.get(setting.variable)):
            return self.of_file(key)
        try:
            return Given(of_environment(setting, text), setting.variable)
        except ValueError as error:
            raise UsageError(f"{setting.variable}: {error}") from None

    def of_file(self, key: str) -> Given | None:
        """Return what the file sets for a key, None if it does not."""
        if key not in self._of_file or self.file is None:
            return None
        return Given(self._of_file[key], self.file.place(key), is_of_file=True)

    def all_of_file(self) -> Iterator[tuple[str, Given]]:
        """Yield all that the file sets, by its keys."""
        return ((key, given) for key in self._of_file if (given := self.of_file(key)) is not None)

    def rows(self) -> Iterator[tuple[Setting, Given | None]]:
        """Yield every setting, and what is set for it."""
        return ((setting, self.given(setting.key)) for setting in SETTINGS)


def configured(folder: str | None = None) -> Configured:
    """Return what is set for whoever works in a folder, the current one by default; raise UsageError."""
    _refuse_mistyped(os.environ)
    return Configured(os.environ, found_file(folder or current_folder(), os.environ.get(VARIABLE, "")))


def _refuse_mistyped(environment: Mapping[str, str]) -> None:
    """Raise UsageError for a variable whose name is nearly that of a setting.

    Every other may be somebody's own, with a name that begins as ours do.
    """
    known = {VARIABLE, *(setting.variable for setting in SETTINGS)}
    ours = sorted(variable.removeprefix(VARIABLES) for variable in known)
    for variable in environment:
        name = _BEGINNING.sub("", variable.upper())
        if name == variable.upper() or variable in known:
            continue
        from difflib import get_close_matches

        for meant in get_close_matches(name[:_LONGEST], ours, 1, _LIKENESS):
            raise UsageError(f'no such setting: {shortened(printable(variable))}; did you mean "{VARIABLES}{meant}"?')


def _values(file: SettingsFile) -> Iterator[tuple[str, Value]]:
    folder = os.path.dirname(file.path)  # noqa: PTH120
    for key, value in file.values.items():
        if key not in SETTING:
            meant = (
                _heading(file, value)
                or did_you_mean(key, SETTING)
                or "; notify-contracts settings --help says what there is"
            )
            raise UsageError(f"{file.place(key)}: no such setting: {shortened(printable(key))}{meant}")
        try:
            yield key, of_file(SETTING[key], value, folder)
        except ValueError as error:
            raise UsageError(f"{file.place(key)}: {key}: {error}") from None


def _heading(file: SettingsFile, value: object) -> str:
    """Return what to say of a table where a setting is expected, nothing of what is none."""
    if not isinstance(value, dict):
        return ""
    return f"; settings stand {f'right under [{TABLE}]' if file.is_project else 'in this file without a heading'}"
