"""The forms that a report of needs can take, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from notify_contracts._report.needs.standing import Standing
from notify_contracts._report.written import written

NEEDS_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "notify_contracts._report.needs.plain:text",
        "json": "notify_contracts._report.needs.document:json",
        "markdown": "notify_contracts._report.needs.remark:markdown",
        "github": "notify_contracts._report.needs.annotations:github",
        "junit": "notify_contracts._report.needs.suite:junit",
        "html": "notify_contracts._report.needs.page:html",
    }
)
"""Format → what writes it as text; only the one asked for is imported."""


def formatted_needs(standing: Standing, name: str) -> bytes:
    """Return what was found in the format of this name, in UTF-8."""
    return written(standing, NEEDS_FORMATS[name])
