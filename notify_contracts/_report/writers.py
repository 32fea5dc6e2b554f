"""The forms a report can take, by name."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from notify_contracts._report.outcome import Outcome
from notify_contracts._report.written import written

if TYPE_CHECKING:
    from notify_contracts._lint import Problem

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "notify_contracts._report.plain:text",
        "brief": "notify_contracts._report.brief:brief",
        "json": "notify_contracts._report.document:json",
        "junit": "notify_contracts._report.junit:junit",
        "sarif": "notify_contracts._report.sarif:sarif",
        "gitlab": "notify_contracts._report.gitlab:gitlab",
        "ctrf": "notify_contracts._report.ctrf:ctrf",
        "github": "notify_contracts._report.github:github",
        "markdown": "notify_contracts._report.markdown:markdown",
        "html": "notify_contracts._report.html:html",
    }
)
"""Format → what writes an `Outcome` as text; only the one asked for is imported."""

_FOR_TERMINALS = ("text", "brief")

VERDICTS = "jsonl"
"""The format that is no report on the whole, but a line of JSON for every verdict, as it comes."""


PROBLEM_FORMATS = ("text", "json", "github", "sarif", "junit")
"""The formats that the problems of catalogs can take."""


def formatted(outcome: Outcome, name: str, *, colour: bool = False) -> bytes:
    """Return the outcome in the format of this name, in UTF-8; `colour` is for a terminal that shows it."""
    how = {"colour": True} if colour and name in _FOR_TERMINALS else {}
    return written(outcome, FORMATS[name], **how)


def formatted_problems(found: Iterable[tuple[Path, "Problem"]], examined: int, name: str) -> str:
    """Return problems, each with its catalog's folder, in the format of this name; `examined` counts the catalogs."""
    from notify_contracts._report import problems

    write: Callable[..., str] = getattr(problems, name)
    return write([problems.Found(*one) for one in found], examined)
