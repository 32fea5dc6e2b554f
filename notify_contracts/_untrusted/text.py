"""Untrusted text made fit to print: shown, never obeyed."""

import json
from typing import Any

from notify_contracts._untrusted.expressions import expression

_COMMAND = expression(r"\A\s*:(?=:[A-Za-z])|(?<=#)#(?=\w*\[)")
"""What makes a command of a line for those who run CI.

GitHub obeys ``::error::`` at the beginning and ``##[error]`` anywhere, Azure Pipelines ``##vso[task.complete]``
anywhere, TeamCity ``##teamcity[message]``. Sources: ``TryParseV2`` and ``TryParse`` of actions/runner's
``ActionCommand.cs``, which trim the white space before; "Logging commands" of Azure Pipelines; "Service Messages" of
TeamCity.
"""


def printable(text: str) -> str:
    r"""Return `text` on one line: what is not printable in Unicode's sense as ``\x1b``, ``\u202e`` or ``\U000e0041``.

    That covers control characters, line ends, lone surrogates, and the invisible characters that reorder or hide text.
    It is no command either, as `unobeyed` says.
    """
    if not text.isprintable():
        text = "".join(character if character.isprintable() else _escaped(character) for character in text)
    return unobeyed(text)


def unobeyed(text: str) -> str:
    r"""Return a line, or JSON, in which whoever reads the output of a job finds no command: ``#\u0023[error]``.

    To readers of JSON that is the same text.
    """
    if "##" not in text and "::" not in text:
        return text
    return _COMMAND.sub(lambda found: f"{found[0][:-1]}\\u{ord(found[0][-1]):04x}", text)


def printable_json(value: Any) -> str:
    r"""Return `value` as indented JSON for people: what is not printable is escaped as JSON does, ``\u202e``."""
    text = unobeyed(json.dumps(value, indent=2, ensure_ascii=False))
    if text.replace("\n", "").isprintable():
        return text
    # Line ends stand between the values, never in them; everything else that is not printable is inside a string.
    return "".join(
        character if character.isprintable() or character == "\n" else json.dumps(character)[1:-1] for character in text
    )


def shortened(text: str, limit: int = 80) -> str:
    """Return `text` cut to at most `limit` characters, an ellipsis marking the cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def folded(name: str) -> str:
    """Return what is the same for names that differ by case, by what joins their words, or by white space around."""
    return name.casefold().strip().replace("_", "").replace("-", "")


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
