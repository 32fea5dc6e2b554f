"""A schema that accepts the same values and asks Python of fewer texts whether they have a format."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._schema.documents import rebuilt
from notify_contracts._schema.languages import LANGUAGES


def quickened(schema: Any) -> Any:
    """Return `schema` with a pattern of texts that surely have it beside each format.

    The engine matches a pattern by itself, in a tenth of the time that asking Python takes; of what does not match it
    asks as before.
    """
    if not isinstance(schema, Mapping):
        return schema
    made = rebuilt(schema, quickened)
    if "format" not in made:
        return made
    language = LANGUAGES[made["format"]]
    surely = {"pattern": language.surely} | ({} if language.longest is None else {"maxLength": language.longest})
    either = {"anyOf": [surely, {"format": made.pop("format")}]}
    return {**made, "allOf": [*made.get("allOf", ()), either]}
