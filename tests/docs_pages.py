"""The pages of the documentation, taken apart into what a reader does: files to save, commands to type, code to run."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GENERATED = DOCS / "reference" / "generated"

_PART = re.compile(
    r"^#+ (?P<title>[^\n]+)$"
    r"|(?:Save this as `(?P<file>[^`]+)`:\n\n)?^```(?P<language>\S*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A fenced block under a heading; `file` is the name under which a reader saves it."""

    section: str
    language: str
    text: str
    file: str | None


def pages():
    """Return the pages that are written by hand."""
    return sorted(path for path in DOCS.rglob("*.md") if GENERATED not in path.parents)


def blocks(page):
    """Yield the blocks of a page in their order."""
    section = ""
    for part in _PART.finditer(page.read_text(encoding="utf-8")):
        if part["title"]:
            section = part["title"]
        else:
            yield Block(section, part["language"], part["text"], part["file"])


def sections(page):
    """Return the blocks of a page by the title of their section."""
    found = {}
    for block in blocks(page):
        found.setdefault(block.section, []).append(block)
    return found


def code(section):
    """Return the Python of a section that is not to be saved, as one file."""
    return "\n".join(block.text for block in section if block.language == "python" and block.file is None)


class Typed(NamedTuple):
    """A command, and the output that a page shows for it; None where it shows none."""

    command: str
    shown: str | None


def typed(text):
    """Yield the commands of a console block."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield Typed(command, shown or None)


def matches(shown, printed):
    """Whether a page shows what was printed; an ellipsis stands for anything, alone on a line for any lines."""
    lines = "".join(
        ".*?" if line == "…\n" else re.escape(line).replace("…", "[^\n]*") for line in shown.splitlines(keepends=True)
    )
    return re.fullmatch(lines, printed, re.DOTALL) is not None
