"""A document of somebody else's in JSON or YAML, as plain JSON values, and the places that its references name."""

import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._schema import at, fragment_parts, quoted
from notify_contracts._untrusted import NotJsonError, parse, printable, reading_yaml, reason_of
from notify_contracts.catalog import read_regular
from notify_contracts.errors import SourceError

_MOST_VALUES = 1_000_000  # a few lines of YAML may stand for billions
_DEEPEST = 200
_LEAST, _LARGEST = -(2**63), 2**64 - 1
_MOST_STEPS = 64  # references that lead to references
_JSON_SCHEMA = re.compile(r"aai\.asyncapi|schema\+(?:json|yaml)|openapi")

# What a plain word means in YAML 1.2, which is less than in 1.1: no dates, and neither yes nor no.
_PLAIN_WORDS = (
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("tag:yaml.org,2002:merge", r"^<<$", ["<"]),
)


def read_document(path: Path) -> dict[str, Any]:
    """Return the object that a file holds; raise SourceError if it cannot be read, or holds something else."""
    shown = printable(str(path))
    try:
        content = read_regular(path)
    except (OSError, ValueError) as error:
        raise SourceError(f"{shown}: cannot be read: {reason_of(error)}") from None
    try:
        document = parse(content) if content.lstrip()[:1] == b"{" else _of_yaml(content, shown)
    except NotJsonError as error:
        raise SourceError(f"{shown}: is not JSON: {error}") from None
    if not isinstance(document, dict):
        raise SourceError(f"{shown}: holds no object, and so no such document")
    return document


def _of_yaml(content: bytes, shown: str) -> Any:
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the one in C is several times as fast
        """Reads plain words as YAML 1.2 does."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    for tag, pattern, first in _PLAIN_WORDS:
        Loader.add_implicit_resolver(tag, re.compile(pattern), first)
    with reading_yaml(shown):
        loader = Loader(content)
        root = loader.get_single_node()
        if root is None:
            return None
        _refuse_twice(root)
        return _Copying().copied(loader.construct_document(root), 0)


def _refuse_twice(root: Any) -> None:
    """Raise a YAMLError if a key stands twice in a mapping, as YAML 1.2 does; merges come later, and may override."""
    import yaml

    waiting, known = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        keys: set[str] = set()
        for key in [key for key, _ in pairs if isinstance(key, yaml.ScalarNode) and key.value != "<<"]:
            if key.value in keys:
                raise yaml.composer.ComposerError(None, None, f"{quoted(key.value)} stands twice", key.start_mark)
            keys.add(key.value)
        inner = [*chain.from_iterable(pairs)] if pairs else node.value if isinstance(node, yaml.SequenceNode) else []
        for each in reversed(inner):  # so that the first in the file is found first
            if id(each) not in known:
                known.add(id(each))
                waiting.append(each)


def inside(value: Any, *names: str) -> Any:
    """Return what is in a value under one name after the other, None where nothing is."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def bare(schema: Any) -> Any:
    """Return the JSON Schema that a Multi Format Schema Object of AsyncAPI 3 holds, and what else comes as it is."""
    if isinstance(schema, Mapping) and "schema" in schema and is_json_schema(schema.get("schemaFormat", "")):
        return schema["schema"]
    return schema


def is_json_schema(schema_format: Any) -> bool:
    """Whether what AsyncAPI calls ``schemaFormat`` is JSON Schema, or a kind of it."""
    return _JSON_SCHEMA.search(str(schema_format)) is not None


@dataclass
class _Copying:
    """Makes plain JSON values of what YAML holds, and counts them."""

    count: int = 0

    def copied(self, value: Any, depth: int) -> Any:
        """Return a copy with texts as keys; raise ValueError if it is too much, or no JSON."""
        self.count += 1
        if self.count > _MOST_VALUES:
            raise ValueError(f"it holds more than {_MOST_VALUES:,} values, each counted as often as it is referred to")
        if depth > _DEEPEST:
            raise ValueError("it is nested too deeply")
        if isinstance(value, dict):
            return {_key(key): self.copied(each, depth + 1) for key, each in value.items()}
        if isinstance(value, list):
            return [self.copied(each, depth + 1) for each in value]
        if isinstance(value, int) and not _LEAST <= value <= _LARGEST:
            return float(value)  # as for JSON
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float) and value - value == 0:
            return value
        raise ValueError(f"{type(value).__name__} is no JSON")


def _key(key: Any) -> str:
    if isinstance(key, bool) or key is None:
        return {True: "true", False: "false", None: "null"}[key]
    return str(key)


@dataclass(frozen=True)
class Places:
    """The places of a document that references in it name; no other document is read."""

    document: Mapping[str, Any]

    def pointer(self, reference: str) -> tuple[str, ...] | None:
        """Return the place that a reference names, None if it leads out of the document or nowhere."""
        document, _, fragment = reference.partition("#")
        if document not in ("", self._own_id):
            return None
        if fragment and not fragment.startswith("/"):
            return self._anchored(fragment)
        parts = fragment_parts(fragment)
        try:
            at(self.document, parts)
        except (LookupError, ValueError):
            return None
        return parts

    @property
    def _own_id(self) -> str:
        own = self.document.get("$id", self.document.get("id"))
        return own.partition("#")[0] if isinstance(own, str) else ""

    def _anchored(self, name: str) -> tuple[str, ...] | None:
        """Return the place that bears a name: ``$anchor``, and until draft 7 an id of a hash and the name."""
        waiting: list[tuple[tuple[str, ...], Any]] = [((), self.document)]
        while waiting:
            pointer, value = waiting.pop()
            if isinstance(value, Mapping):
                if value.get("$anchor") == name or f"#{name}" in (value.get("$id"), value.get("id")):
                    return pointer
                waiting += [((*pointer, str(key)), each) for key, each in value.items()]
            elif isinstance(value, list):
                waiting += [((*pointer, str(number)), each) for number, each in enumerate(value)]
        return None

    def followed(self, value: Any) -> Any:
        """Return what stands where references lead, one after the other, bare; None if that is nowhere."""
        for _ in range(_MOST_STEPS):
            value = bare(value)
            if not isinstance(value, Mapping) or "$ref" not in value:
                return value
            pointer = self.pointer(value["$ref"]) if isinstance(value["$ref"], str) else None
            if pointer is None:
                return None
            value = at(self.document, pointer)
        return None
