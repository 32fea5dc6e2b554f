"""JSON Schema 2020-12 said in draft 7, for the formats that stopped there."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._schema import UUID, rebuilt

_UUID = f"^{UUID}$"


def as_draft7(schema: Any) -> Any:
    """Return a draft 7 schema that accepts the same values as `schema`, of the keywords that a catalog may use.

    Source: JSON Schema 2020-12's change log. Draft 7 ignores what stands beside ``$ref``, and knows neither
    ``prefixItems`` nor the format ``uuid``. Newer keywords that only annotate (``contentSchema``) stay.
    """
    if not isinstance(schema, Mapping):
        return schema
    made = rebuilt(schema, as_draft7)
    if "prefixItems" in made:
        if "items" in made:
            made["additionalItems"] = made["items"]
        made["items"] = made.pop("prefixItems")
    if made.get("format") == "uuid":
        made["allOf"] = [*made.get("allOf", ()), {"pattern": _UUID}]
    if "$ref" in made and len(made) > 1:
        made["allOf"] = [{"$ref": made.pop("$ref")}, *made.get("allOf", ())]
    return made
