"""The forms a report can take, by name."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from notify_contracts._report.outcome import Outcome

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "notify_contracts._report.plain:text",
        "brief": "notify_contracts._report.brief:brief",
        "json": "notify_contracts._report.document:json",
        "junit": "notify_contracts._report.junit:junit",
        "sarif": "notify_contracts._report.sarif:sarif",
        "github": "notify_contracts._report.github:github",
        "markdown": "notify_contracts._report.markdown:markdown",
        "html": "notify_contracts._report.html:html",
    }
)
"""Format → what writes an `Outcome` as text; only the one asked for is imported."""

_FOR_TERMINALS = ("text", "brief")

VERDICTS = "jsonl"
"""The format that is no report on the whole, but a line of JSON for every verdict, as it comes."""


def formatted(outcome: Outcome, name: str, *, colour: bool = False) -> bytes:
    """Return the outcome in the format of this name, in UTF-8; `colour` is for a terminal that shows it."""
    module, _, attribute = FORMATS[name].partition(":")
    write: Callable[..., str] = getattr(import_module(module), attribute)
    written = write(outcome, colour=True) if colour and name in _FOR_TERMINALS else write(outcome)
    return written.encode(errors="backslashreplace")
