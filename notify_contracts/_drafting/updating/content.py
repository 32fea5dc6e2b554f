"""The files of a catalog as texts, and as what they hold."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notify_contracts._drafting.documents import Texts, text_of
from notify_contracts._lint import lint, rewritten
from notify_contracts._untrusted import parse, printable
from notify_contracts.catalog import read_regular
from notify_contracts.errors import CatalogError


def read_texts(root: Path) -> dict[str, str]:
    """Return the text of each file of JSON in a catalog; raise CatalogError for one that lint has something against."""
    if not root.is_dir():
        raise CatalogError(f"{printable(str(root))}: no such folder; give that of the catalog which is to be updated")
    for problem in lint(root):
        where = printable(f"{root}/{problem.file}#{problem.pointer}")
        raise CatalogError(f"{where}: {problem.message}; mend what catalog lint says first")
    try:
        return {path.relative_to(root).as_posix(): read_regular(path).decode() for path in sorted(root.rglob("*.json"))}
    except OSError as error:
        raise CatalogError(f"{printable(str(root))}: cannot be read: {error.strerror or error}") from None


def contents(texts: Texts) -> dict[str, Any]:
    """Return what the files hold."""
    return {file: parse(text) for file, text in texts.items()}


def texts_of(texts: Texts, files: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of files that hold something else now; what is as it was keeps its text."""
    made = {}
    for file, content in files.items():
        try:
            made[file] = rewritten(texts[file], content) if file in texts else text_of(content)
        except ValueError as error:
            raise CatalogError(f"{printable(file)}: {error}: write it anew") from None
    return made
