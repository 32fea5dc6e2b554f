"""The files of a catalog, made of their schemas; and a folder made of the files."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from notify_contracts._schema import DIALECT
from notify_contracts._untrusted import printable
from notify_contracts.catalog import ENVELOPE, EVENTS, NOT_ENCODED
from notify_contracts.errors import CatalogError

Schema = dict[str, Any]
Files = dict[str, Any]
"""The content of the files of a catalog, by their paths in its folder."""
Texts = Mapping[str, str]
"""Their texts, by the same paths."""


def uri_of(base: str, path: str) -> str:
    """Return the id of the document at `path` in the catalog whose id is `base`."""
    return base + quote(path, safe=NOT_ENCODED)


def document(uri: str, title: str, description: str, schema: Mapping[str, Any]) -> Schema:
    """Return the document whose id is `uri`."""
    return {"$schema": DIALECT, "$id": uri, "title": title, "description": description, **schema}


def event_document(base: str, event_type: str, comment: str, contracts: Mapping[str, Schema]) -> Schema:
    """Return the document of an event type with its contracts by priority; `comment` says where they come from."""
    own = {
        "$comment": comment,
        "oneOf": [{"$ref": f"#/$defs/{priority}"} for priority in contracts],
        "$defs": dict(contracts),
    }
    return document(uri_of(base, event_path(event_type)), event_type, f"Contracts of {event_type}.", own)


def contract(
    name: tuple[str, str], words: tuple[str, str], payload: Schema, examples: Iterable[Any], always: Sequence[str] = ()
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


def free(name: str, taken: Collection[str], between: str = " ") -> str:
    """Return a name, with a number behind it where it is taken."""
    number, said = 1, name
    while said in taken:
        number += 1
        said = f"{name}{between}{number}"
    return said


def require_new(folder: Path) -> None:
    """Raise CatalogError if there is anything in the folder, or if it is none."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CatalogError(f"{printable(str(folder))}: is there already: give a new folder, or an empty one")
    except OSError as error:
        raise _unusable(folder, error) from None


def write(files: Files, folder: Path) -> None:
    """Write the files of a catalog into a new or empty folder, which is there with all of them or not at all.

    Raise CatalogError where that cannot be.
    """
    require_new(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            made = Path(beside, "catalog")
            put({path: text_of(content) for path, content in files.items()}, made)
            made.replace(folder)
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


def _unusable(folder: Path, error: OSError) -> CatalogError:
    return CatalogError(f"{printable(str(folder))}: cannot be written: {error.strerror or error}")
