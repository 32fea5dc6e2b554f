"""From single samples to schemas: little evidence, so few rules, each of them with how much it is worth.

What was seen is worth as much as there are *different* values, for documents are copies of each other. Fewer than
`ENOUGH` of them say neither that null never comes, nor which form texts have, nor that numbers are whole. It is no part
of what `catalog infer` learns by: that adds up counts of columns, in which neither which values differ nor from which
shared part one was taken can be told any more, and both decide here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import PAYLOADS, VALUES, Schema
from notify_contracts._drafting.importing.parts import Shared
from notify_contracts._drafting.inference.kinds import as_type, types_of
from notify_contracts._drafting.inference.text_forms import covering, form_of
from notify_contracts._schema import json_type
from notify_contracts._untrusted import dump

ENOUGH = 3
_DEEPEST = 64  # levels; of what is below nothing is said


@dataclass
class Sampled:
    """Makes schemas of samples; `parts` are the values by shared part, `used` the names of forms referred to.

    `names` says under which name the schema of a part stands, and `beside` where, seen from the schema.
    """

    names: Mapping[str, str]
    parts: Mapping[str, Sequence[Any]]
    values: str = f"../{VALUES}"
    beside: str = f"../{PAYLOADS}/"
    used: set[str] = field(default_factory=set)

    def schema(self, samples: Sequence[Any], depth: int = 0) -> Schema:
        """Return the schema of what was seen at one place."""
        if depth > _DEEPEST:
            return {}
        count = len({dump(sample) for sample in samples})
        there = [sample for sample in samples if sample is not None]
        part = _common_part(there)
        if part is not None:
            return self._of_part(part, len(there) < len(samples))
        kinds = _kinds_of(there)
        if "integer" in kinds and count < ENOUGH:
            kinds = kinds - {"integer"} | {"number"}
        if not kinds:
            return {"$comment": f"{_seen(samples, count)}, null: it says nothing of what else may come"}
        comment = _seen(samples, count)
        if len(there) < len(samples):
            kinds.add("null")
        elif depth and count < ENOUGH:
            kinds.add("null")
            comment += ": too few to say that null never comes"
        schema: Schema = {"$comment": comment, "type": as_type(types_of(kinds))}
        texts = [sample for sample in there if isinstance(sample, str)]
        if texts and len(texts) == len(there):
            schema |= self._of_texts(set(texts))
        objects = [sample for sample in there if isinstance(sample, dict)]
        if objects:
            schema |= self._of_objects(objects, depth)
        items = [item for sample in there if isinstance(sample, list) for item in sample]
        if items:
            schema["items"] = self.schema(items, depth + 1)
        return schema

    def part(self, file: str) -> Schema:
        """Return the schema of a shared part: of every value that a document took from it."""
        return self.schema([_plain(value) for value in self.parts[file]])

    def _of_part(self, part: str, can_be_null: bool) -> Schema:  # noqa: FBT001
        reference: Schema = {"$ref": f"{self.beside}{self.names[part]}.json"}
        if not can_be_null:
            return reference
        return {"title": f"{self.names[part]} or null", "anyOf": [reference, {"type": "null"}]}

    def _of_texts(self, texts: set[str]) -> Schema:
        if len(texts) < ENOUGH:
            return {}
        form = covering({form_of(text) for text in texts})
        if form is None or form.is_ambiguous:
            return {}
        self.used.add(form.name)
        return {"$ref": f"{self.values}#/$defs/{form.name}"}

    def _of_objects(self, objects: Sequence[Mapping[str, Any]], depth: int) -> Schema:
        """Return what objects have in common; of a small one within another nobody knows whether its names are data."""
        names = dict.fromkeys(name for each in objects for name in each)
        if depth and len(names) < ENOUGH:
            return {"$comment": f"{len(objects)} seen, with {len(names)} names, which may be data: too few to tell"}
        schema: Schema = {}
        required = [name for name in names if all(name in each for each in objects)]
        if required:
            schema["required"] = required
        schema["properties"] = {
            name: self.schema([each[name] for each in objects if name in each], depth + 1) for name in names
        }
        return schema


def values_by_part(values: Iterable[Any]) -> dict[str, list[Any]]:
    """Return by shared part the values that were taken from it, wherever they are."""
    found: dict[str, list[Any]] = {}
    waiting = list(values)[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Shared):
            found.setdefault(value.part, []).append(value)
        if isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
    return found


def type_of(samples: Iterable[Any]) -> str | list[str]:
    """Return the JSON type of the samples, or their types."""
    return as_type(types_of(_kinds_of(samples)))


def _kinds_of(samples: Iterable[Any]) -> set[str]:
    return set(filter(None, map(json_type, samples)))


def _plain(value: Any) -> Any:
    """Return the value of a part as that of the part itself, which refers to others."""
    return dict(value) if isinstance(value, Shared) else value


def _common_part(samples: Sequence[Any]) -> str | None:
    """Return the shared part that all of the samples were taken from, None if there is none."""
    parts = {sample.part if isinstance(sample, Shared) else None for sample in samples}
    return parts.pop() if len(parts) == 1 else None


def _seen(samples: Sequence[Any], count: int) -> str:
    return "1 sample" if len(samples) == 1 else f"{len(samples):,} samples, {count:,} different"
