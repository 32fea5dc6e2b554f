r"""Text made fit for Markdown: shown, never obeyed, whether CommonMark, GitHub or Python-Markdown reads it."""

import re

from notify_contracts._untrusted import printable

_BACKSLASHED = r"\`*{}[]#"
"""The characters that every reader takes literally after a backslash; for the others there are entities."""
_MARKUP = re.compile(r"[\\`*{}\[\]#<>&|~$@^=]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_BEGINNING = re.compile(r"(?:[-+=:!]|[0-9]+[.)])")
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_.,:;/()<>=+ -]*[A-Za-z0-9_.,:;/()<>=+-]")


def escaped(text: str) -> str:
    """Return `text` on one line as Markdown that shows it as it is, at the beginning of a line too."""
    line = " ".join(filter(str.strip, map(printable, text.split("\n")))).strip()
    made = _MARKUP.sub(_escape, line)
    return _escape_beginning(made) if _BEGINNING.match(made) else made


def code(text: str) -> str:
    """Return `text` as code; plain text where a code span could not hold it in a table."""
    return f"`{text}`" if _PLAIN_CODE.fullmatch(text) and not text.startswith(" ") else escaped(text)


def fenced(text: str, language: str) -> str:
    """Return `text` as a block of code, within a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def anchor(heading: str) -> str:
    """Return the fragment that leads to a heading, as GitHub and Python-Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\{character}" if character in _BACKSLASHED else f"&#{ord(character)};"


def _escape_beginning(text: str) -> str:
    # A number is a list's only with the mark behind it.
    mark = len(text) - len(text.lstrip("0123456789"))
    return f"{text[:mark]}&#{ord(text[mark])};{text[mark + 1 :]}"
