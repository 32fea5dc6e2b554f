"""Which priorities there are: what the envelope of a catalog allows."""

from collections.abc import Mapping

from notify_contracts._schema import Documents, Layer, layers_of, layers_within


def allowed_priorities(documents: Documents, envelope: str) -> tuple[str, ...] | None:
    """Return the priorities that the schema at the URI `envelope` allows, in its order; None if it lists none.

    They stand as ``enum`` or ``const`` under ``properties``, ``priority``, directly or behind ``$ref`` and ``allOf``.
    """
    allowed: list[str] | None = None
    for layer in layers_within(documents, layers_of(documents, [Layer(envelope, documents(envelope))]), "priority"):
        schema = layer.schema if layer.always and isinstance(layer.schema, Mapping) else {}
        listed = [schema["const"]] if "const" in schema else schema.get("enum")
        if isinstance(listed, list):
            allowed = [name for name in (listed if allowed is None else allowed) if name in listed]
    return None if allowed is None else tuple(dict.fromkeys(name for name in allowed if isinstance(name, str)))
