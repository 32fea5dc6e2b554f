"""The forms that a comparison can take, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.written import written

COMPARISON_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "notify_contracts._report.comparison.plain:text",
        "json": "notify_contracts._report.comparison.document:json",
        "markdown": "notify_contracts._report.comparison.remark:markdown",
        "github": "notify_contracts._report.comparison.annotations:github",
        "junit": "notify_contracts._report.comparison.suite:junit",
        "html": "notify_contracts._report.comparison.page:html",
    }
)
"""Format → what writes a comparison as text; only the one asked for is imported."""


def formatted_comparison(compared: Compared, name: str) -> bytes:
    """Return a comparison in the format of this name, in UTF-8."""
    return written(compared, COMPARISON_FORMATS[name])


def changelog(compared: Compared) -> bytes:
    """Return the lines for a changelog of the catalog, in UTF-8."""
    return written(compared, "notify_contracts._report.comparison.bullets:lines")
