"""The forms a report can take, by name."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from notify_contracts.report.outcome import Outcome

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "notify_contracts.report.text:text",
        "json": "notify_contracts.report.document:json",
        "junit": "notify_contracts.report.junit:junit",
        "sarif": "notify_contracts.report.sarif:sarif",
        "github": "notify_contracts.report.github:github",
        "markdown": "notify_contracts.report.markdown:markdown",
        "html": "notify_contracts.report.html:html",
    }
)
"""Format → what writes an `Outcome` as text; only the one asked for is imported."""

VERDICTS = "jsonl"
"""The format that is no report on the whole, but a line of JSON for every verdict, as it comes."""


def formatted(outcome: Outcome, name: str) -> bytes:
    """Return the outcome in the format of this name, in UTF-8."""
    module, _, attribute = FORMATS[name].partition(":")
    write: Callable[[Outcome], str] = getattr(import_module(module), attribute)
    return write(outcome).encode(errors="backslashreplace")
