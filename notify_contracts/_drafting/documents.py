"""The files of a catalog, made of their schemas; and a folder made of the files."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from notify_contracts._base import dataclass
from notify_contracts._schema import DIALECT
from notify_contracts._untrusted import printable, reason_of
from notify_contracts.catalog import ENVELOPE, EVENTS, MANIFEST, NOT_ENCODED
from notify_contracts.errors import CatalogError

Schema = dict[str, Any]
Files = dict[str, Any]
"""The content of the files of a catalog, by their paths in its folder."""
Texts = Mapping[str, str]
"""Their texts, by the same paths."""

Pair = tuple[str, str]
"""An event type and a priority."""

LONGEST_NAME = 240
"""Bytes that an event type, or what shared schemas are called, may have: its file's name has at most 255."""

VALUES, PAYLOADS = "values.json", "payloads"
"""The file of the forms of single values that schemas share, and the folder of the payloads that contracts share."""


@dataclass(frozen=True)
class Source:
    """Where a catalog comes from: its name, what to say of it, and where the service sends.

    `comment` is what stands at each rule that nothing else is said of, `envelope` where in an event each attribute
    does, if not as it is.
    """

    name: str
    title: str
    description: str
    source: str
    comment: str
    transport: Mapping[str, Any] = field(default_factory=dict)
    version: str = "0.1.0"
    id: str = ""
    envelope: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The catalog's id."""
        return self.id or f"https://{self.name}.invalid/contracts/"

    def files(self, envelope: Mapping[str, Any]) -> Files:
        """Return the files of the catalog before there is a contract in it, with the schema of its envelope."""
        what = "The envelope of every notification."
        return {
            MANIFEST: {
                "name": self.name,
                "id": self.base,
                "title": self.title,
                "description": self.description,
                "version": self.version,
                "source": self.source,
                "transport": dict(self.transport),
                **({"envelope": dict(self.envelope)} if self.envelope else {}),
            },
            ENVELOPE: document(uri_of(self.base, ENVELOPE), "notification", what, envelope),
        }


def uri_of(base: str, path: str) -> str:
    """Return the id of the document at `path` in the catalog whose id is `base`."""
    return base + quote(path, safe=NOT_ENCODED)


def document(uri: str, title: str, description: str, schema: Mapping[str, Any]) -> Schema:
    """Return the document whose id is `uri`."""
    return {"$schema": DIALECT, "$id": uri, "title": title, "description": description, **schema}


def event_document(base: str, event_type: str, comment: str, contracts: Mapping[str, Schema]) -> Schema:
    """Return the document of an event type with its contracts by priority; `comment` says where they come from."""
    own = {"$comment": comment, "oneOf": alternatives(contracts), "$defs": dict(contracts)}
    return document(uri_of(base, event_path(event_type)), event_type, f"Contracts of {event_type}.", own)


def alternatives(priorities: Iterable[str]) -> list[Schema]:
    """Return what an event's document says in ``oneOf`` of the contracts that it has for these priorities."""
    return [{"$ref": f"#/$defs/{priority}"} for priority in priorities]


def values_document(base: str, forms: Mapping[str, Any]) -> Schema:
    """Return the document of shared forms, by name."""
    what = "Forms of single values that several schemas share."
    return document(uri_of(base, VALUES), "shared values", what, {"$defs": dict(forms)})


def contract(
    name: Pair, words: tuple[str, str], payload: Schema, examples: Iterable[Any], always: Sequence[str] = ()
) -> Schema:
    """Return the contract of an event type and a priority: the envelope, and the payload on top of it.

    `words` are its description and its comment; `always` are attributes that it requires beside those of the envelope.
    """
    event_type, priority = name
    description, comment = words
    return {
        "title": f"{event_type} {priority}",
        "description": description,
        "$comment": comment,
        "$ref": f"../{ENVELOPE}",
        **({"required": list(always)} if always else {}),
        "properties": {"event_type": {"const": event_type}, "priority": {"const": priority}, "payload": payload},
        "examples": list(examples),
    }


def event_path(event_type: str) -> str:
    """Return where in a catalog the contracts of an event type stand."""
    return f"{EVENTS}/{event_type}.json"


def event_documents(files: Files) -> Iterator[tuple[str, Schema]]:
    """Yield the documents of event types, with their paths."""
    return ((path, content) for path, content in files.items() if path.startswith(f"{EVENTS}/"))


def pairs_in(files: Files) -> Iterator[Pair]:
    """Yield the event type and the priority of each contract."""
    return ((content["title"], priority) for _, content in event_documents(files) for priority in content["$defs"])


def require_new(folder: Path) -> None:
    """Raise CatalogError if there is anything in the folder, or if it is none, or a symbolic link."""
    try:
        is_taken = folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except (OSError, ValueError) as error:
        raise _unusable(folder, error) from None
    if is_taken:
        raise CatalogError(f"{printable(str(folder))}: is there already: give a new folder, or an empty one")


def write(files: Files, folder: Path) -> None:
    """Write the files of a catalog into a new or empty folder, which is there with all of them or not at all.

    Raise CatalogError where that cannot be.
    """
    require_new(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        is_there = folder.exists()  # perhaps as the working directory, or a volume, which nothing takes the place of
        with TemporaryDirectory(prefix=".notify-contracts-", dir=folder if is_there else folder.parent) as beside:
            made = Path(beside, "catalog")
            put({path: text_of(content) for path, content in files.items()}, made)
            if is_there:
                for path in made.iterdir():
                    path.rename(folder / path.name)
            else:
                made.rename(folder)
    except OSError as error:
        raise _unusable(folder, error) from None


def text_of(content: Any) -> str:
    """Return the text of a new file of a catalog."""
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n"


def put(texts: Texts, folder: Path) -> None:
    """Write files with these texts into a folder that has none of them; raise OSError where that cannot be."""
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def _unusable(folder: Path, error: OSError | ValueError) -> CatalogError:
    return CatalogError(f"{printable(str(folder))}: cannot be written: {reason_of(error)}")
