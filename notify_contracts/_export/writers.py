"""The formats of exported documents, and what each can do."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, Protocol

from notify_contracts._export.selection import Selection


class Page(NamedTuple):
    """A document of a folder; `name` is relative to it, with forward slashes."""

    name: str
    text: str


class Format(Protocol):
    """A format writes a selection as one document, or as a folder of them."""

    def document(self, selection: Selection, /) -> str:
        """Return everything in one document."""

    def pages(self, selection: Selection, /) -> Iterator[Page]:
        """Yield everything as the documents of a folder."""


FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "asyncapi": "notify_contracts._export.asyncapi:YAML",
        "asyncapi-json": "notify_contracts._export.asyncapi:JSON",
        "html": "notify_contracts._export.html:HTML",
        "json-schema": "notify_contracts._export.json_schema:NEWEST",
        "json-schema-draft-07": "notify_contracts._export.json_schema:DRAFT_7",
        "markdown": "notify_contracts._export.markdown:MARKDOWN",
    }
)
"""Name → where the format stands."""


def format_named(name: str) -> Format:
    """Return the format of one of the names in `FORMATS`."""
    module, _, attribute = FORMATS[name].partition(":")
    found: Format = getattr(import_module(module), attribute)
    return found
