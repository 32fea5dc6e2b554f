"""The parts of the reference that are made from the command and from the catalogs, anew at every build."""

import os
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from shutil import rmtree

from notify_contracts.catalog import builtin_names
from notify_contracts.cli import main
from notify_contracts.cli.configuration import SETTINGS

_KINDS = {
    "names": "names, one or several",
    "globs": "names or globs of event types, one or several",
    "catalogs": "names or folders, one or several",
    "file": "a file",
    "reports": "texts, one or several",
    "switch": "true or false",
    "count": "`auto` or a number",
    "percent": "a percentage",
    "url": "a URL",
    "text": "a text",
}

_PAGES = """
```{toctree}
:hidden:
:glob:

events/*
```
"""


def write_reference(folder: Path) -> None:
    """Write the command's help and the catalogs as documents into `folder`, whatever was there before."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "command.md").write_text("".join(_help()), encoding="utf-8")
    (folder / "settings.md").write_text("".join(_settings()), encoding="utf-8")
    for name in builtin_names():
        _run("catalog", "export", "--catalog", name, "--format", "markdown", "--output", str(folder / name))
        with (folder / name / "index.md").open("a", encoding="utf-8") as index:
            index.write(_PAGES)


def _settings() -> Iterator[str]:
    """Yield the table of the settings: what each is, of what kind, and by what else it is set."""
    yield "| key | is | of | default | else set by |\n|---|---|---|---|---|\n"
    for setting in SETTINGS:
        of = ", ".join(f"`{choice}`" for choice in setting.choices) or _KINDS[setting.kind]
        others = [setting.option, f"pytest's `--{setting.ini.replace('_', '-')}`" if setting.ini else None]
        options = [other if other.startswith("pytest") else f"`{other}`" for other in others if other]
        default = f"`{setting.default}`" if setting.default and ";" not in setting.default else setting.default
        others_in_words = ", ".join([*options, f"`{setting.variable}`"])
        yield f"| `{setting.key}` | {setting.help} | {of} | {default} | {others_in_words} |\n"


def _help(*words: str) -> Iterator[str]:
    """Yield the help of a command and then that of its own commands, each under a heading."""
    text = _run(*words, "--help")
    title = " ".join(("notify-contracts", *words))
    yield f"{'#' * (len(words) + 2)} {title}\n\n```text\n{text}```\n\n"
    commands = re.search(r"^  (?:COMMAND|ACTION)\n((?:    .+\n)+)", text, re.MULTILINE)
    for name in re.findall(r"^    (\w+)", commands[1], re.MULTILINE) if commands else ():
        yield from _help(*words, name)


def _run(*arguments: str) -> str:
    os.environ |= {"COLUMNS": "100", "NO_COLOR": "1"}
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            status = main([*arguments])
        except SystemExit as stop:
            status = stop.code
    if status:
        raise SystemExit(f"notify-contracts {' '.join(arguments)}: {said.getvalue()}")
    return said.getvalue()
