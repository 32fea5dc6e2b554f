"""Rules that do nothing, or that nothing can keep: they look as if they held something."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._lint.problem import Fault
from notify_contracts._schema import (
    Documents,
    Layer,
    Pointer,
    additional_names,
    are_apart,
    children,
    did_you_mean,
    found,
    layers_of,
    layers_within,
    listed,
    map_of,
    pointer_text,
    quoted,
)
from notify_contracts._untrusted import folded

_MOST_TOLD = 20  # of one schema: each is compared with all properties
_ALSO_HOLD = ("allOf", "anyOf", "else", "oneOf", "then")


def idle(
    documents: Documents, uri: str, schema: Any, pointer: Pointer = (), above: Sequence[Layer] = ()
) -> Iterator[Fault]:
    """Yield what does nothing in a schema of the document at `uri`, and in those within it.

    Those `above` hold for the same value. All of them are sound, and so is what they refer to.
    """
    if not isinstance(schema, Mapping):
        return
    here = [*above, Layer(f"{uri}#{pointer_text(pointer)}", schema)]
    never = _never(documents, schema.get("if"), here, "/if") if "if" in schema else ()
    for place, message in (*_required(schema), *never):
        yield pointer_text(pointer) + place, message
    for path, child in children(schema):
        yield from idle(documents, uri, child, (*pointer, *path), here if path[0] in _ALSO_HOLD else ())


def _required(schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the required names that the properties beside them have otherwise, or not at all where these are all."""
    declared = map_of(schema, "properties")
    otherwise = {folded(name): name for name in declared}
    unknown = additional_names(schema, dict.fromkeys(schema.get("required", ()))) if declared else []
    for name in unknown[:_MOST_TOLD]:
        meant = otherwise.get(folded(name))
        if meant is not None:
            yield "/required", f"{quoted(name)} is no property beside it; did you mean {quoted(meant)}?"
        elif schema.get("additionalProperties") is False:
            hint = did_you_mean(name, declared)
            yield "/required", f"{quoted(name)} has to be there, and additionalProperties forbids it{hint}"


def _never(documents: Documents, condition: Any, beside: Iterable[Layer], place: str) -> Iterator[Fault]:
    """Yield where a condition compares with what the schemas `beside` it never allow."""
    holding = layers_of(documents, beside)
    for name, inner in map_of(condition, "properties").items():
        here = place + pointer_text(("properties", name))
        others = [layer for layer in layers_within(documents, holding, name) if layer.always]
        if apart := next((layer.schema for layer in others if are_apart(inner, layer.schema)), None):
            wanted = listed(inner)[0]
            hint = did_you_mean(wanted, listed(apart))
            yield here, f"never holds: what stands beside the condition does not allow {found(wanted)}{hint}"
        yield from _never(documents, inner, others, here)
