"""``notify-contracts settings``: what is set for runs in this folder, and where."""

import argparse
from collections.abc import Iterator

from notify_contracts._untrusted import printable
from notify_contracts.cli.configuration import SETTINGS, TABLE, Configured, Given, Setting, configured, shown
from notify_contracts.cli.looking import NAME, PROJECT
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.standard_output import show, show_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = (
        "Shows every setting, its value and where that comes from: an environment variable, else the nearest\n"
        f"{NAME} or {PROJECT} with a table [{TABLE}], from this folder upwards,\n"
        "else the default. Options of the command line, and pytest's own before the file, come first.\n"
        "No password is shown."
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    width = max(len(setting.key) for setting in SETTINGS) + 1
    lines = (f"  {f'{setting.key}:':<{width}} {setting.help}." for setting in SETTINGS)
    parser.epilog = "\n".join(["settings:", *lines])
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    """Show them."""
    found = configured()
    if found.note:
        say(found.note)
    if options.format == "json":
        rows = [_row(setting, given) for setting, given in found.rows()]
        file = None if found.file is None else printable(found.file.path)
        show_json({"file": file, "settings": rows})
    else:
        show(*_lines(found))
    return 0


def _lines(found: Configured) -> Iterator[str]:
    rows = list(found.rows())
    width = max(len(setting.key) for setting, _ in rows)
    for setting, given in rows:
        where = "default" if given is None else given.where
        yield f"{setting.key:<{width}}  {_value(setting, given)}  ({where})"
    if found.file is None:
        yield f"no file: neither a {NAME} nor a {PROJECT} with a table [{TABLE}] is here or above"


def _value(setting: Setting, given: Given | None) -> str:
    return (shown(setting, given.value) if given is not None else setting.default) or "-"


def _row(setting: Setting, given: Given | None) -> dict[str, object]:
    value: str | list[str] = _value(setting, given)
    if given is not None and isinstance(given.value, tuple):
        value = [shown(setting, text) for text in given.value]
    return {
        "key": setting.key,
        "value": None if value == "-" else value,
        "from": "default" if given is None else "file" if given.is_of_file else "environment",
        "where": None if given is None else given.where,
        "variable": setting.variable,
        "option": setting.option,
        "pytest": setting.ini,
    }
