"""Rules that do nothing, or that nothing can keep: they look as if they held something."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from notify_contracts._lint.problem import Fault
from notify_contracts._schema import (
    Documents,
    Layer,
    Pointer,
    additional_names,
    children,
    contradiction,
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
_OPTIONS = ("anyOf", "oneOf")
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
    is_option = len(pointer) > 1 and pointer[-2] in _OPTIONS
    told = [*_required(schema), *_kept_by_nothing(documents, here if is_option else here[-1:])]
    if "if" in schema:
        told += _never(documents, schema["if"], here, "/if")
    for place, message in told:
        yield pointer_text(pointer) + place, message
    for path, child in children(schema):
        yield from idle(documents, uri, child, (*pointer, *path), here if path[0] in _ALSO_HOLD else ())


def _kept_by_nothing(documents: Documents, here: Sequence[Layer]) -> Iterator[Fault]:
    """Yield where the last of some schemas contradicts itself or the others, or what it says of a property does."""
    adds = any(keyword in layer.schema for layer in here for keyword in ("$ref", "allOf"))
    holding = layers_of(documents, here) if adds else here
    if why := contradiction(_stated(holding)):
        yield "", f"nothing keeps it: {why}"
    elif len(holding) > 1:
        for name in map_of(here[-1].schema, "properties"):
            stated = _stated(layers_within(documents, holding, name))
            if len(stated) > 1 and (why := contradiction(stated)):
                yield pointer_text(("properties", name)), f"nothing keeps it: {why}"


def _stated(layers: Iterable[Layer]) -> list[Mapping[str, Any]]:
    """Return the schemas that hold always; what is forbidden altogether is meant to be."""
    return [layer.schema for layer in layers if layer.always and isinstance(layer.schema, Mapping)]


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
    required = condition.get("required", ()) if isinstance(condition, Mapping) else ()
    for closed in (schema for schema in _stated(holding) if schema.get("additionalProperties") is False):
        for name in additional_names(closed, dict.fromkeys(required))[:_MOST_TOLD]:
            hint = did_you_mean(name, map_of(closed, "properties"))
            yield f"{place}/required", f"never holds: additionalProperties beside it forbids {quoted(name)}{hint}"
    for name, inner in map_of(condition, "properties").items():
        here = place + pointer_text(("properties", name))
        others = [layer for layer in layers_within(documents, holding, name) if layer.always]
        wanted = listed(inner)
        if wanted and contradiction([inner, *_stated(others)]):
            hint = did_you_mean(wanted[0], chain.from_iterable(map(listed, _stated(others))))
            yield here, f"never holds: what stands beside the condition does not allow {found(wanted[0])}{hint}"
        yield from _never(documents, inner, others, here)
