"""A catalog from a folder of documented notifications, one a file, as Nova publishes its samples."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass, free
from notify_contracts._drafting.documents import LONGEST_NAME, VALUES, Pair, Schema, Source
from notify_contracts._drafting.importing.envelopes import PRIORITIES, completed, oslo_envelope, oslo_values
from notify_contracts._drafting.importing.files import Promise, catalog_files
from notify_contracts._drafting.importing.imported import Imported, LeftOut, once
from notify_contracts._drafting.importing.parts import PartError, Parts
from notify_contracts._drafting.importing.sampled import Sampled, type_of, values_by_part
from notify_contracts._drafting.inference.text_forms import forms
from notify_contracts._schema import quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog import PRIORITY
from notify_contracts.errors import CatalogError, SourceError
from notify_contracts.model import ENVELOPE_ATTRIBUTES

_NEARLY = (".json", ".jsonl", ".json5", ".jsonc", ".yaml", ".yml")
_ONLY_NAMED = ("event_type", "priority")


@dataclass(frozen=True)
class Document:
    """A documented notification with its shared parts put in, and the file in which it stands."""

    file: str
    content: Mapping[str, Any]

    @property
    def pair(self) -> Pair:
        """Its event type and priority."""
        return self.content["event_type"], self.content["priority"]


def documents(folder: Path) -> tuple[list[Document], tuple[LeftOut, ...]]:
    """Return the notifications that are documented in a folder, and the files that are none.

    Raise SourceError if it is no folder, CatalogError if it has no notification.
    """
    if not folder.is_dir():
        raise SourceError(f"{printable(str(folder))}: is no folder; give the one that holds the documents")
    parts = Parts(folder)
    found: list[Document] = []
    left_out: list[LeftOut] = []
    for file in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json")):
        try:
            content = parts.document(file)
        except (PartError, RecursionError) as error:
            left_out.append(LeftOut(file, str(error) if isinstance(error, PartError) else "is nested too deeply"))
            continue
        why = _why_not(content)
        if why is None:
            found.append(Document(file, content))
        else:
            left_out.append(LeftOut(file, why))
    left_out += _unread(folder)
    if not found:
        raise CatalogError(f"{printable(str(folder))}: no file in it is a notification{_first(left_out)}")
    return found, once(each for each in left_out if each.where not in parts.used)


def from_samples(folder: Path, name: str) -> Imported:
    """Return the catalog of what the documents in a folder show; raise as `documents` does."""
    found, left_out = documents(folder)
    values = [document.content for document in found]
    by_part = values_by_part(content["payload"] for content in values)
    sampled = Sampled(_names(by_part), by_part)
    what = "1 documented notification" if len(found) == 1 else f"{len(found):,} documented notifications"
    source = Source(
        name,
        f"What {name} documents",
        f"Imported from {what}: they say little, so little is a rule.",
        what,
        "Imported from documented notifications.",
    )
    promises = dict(_promises(found, sampled))
    payloads = {sampled.names[file]: sampled.part(file) for file in by_part}
    envelope = _envelope(values, sampled)
    used = {name: dict(forms()[name].schema) for name in forms() if name in sampled.used}
    files, unkept = catalog_files(source, envelope, promises, payloads, oslo_values() | used)
    return Imported(files, once((*left_out, *unkept)))


def _unread(folder: Path) -> Iterator[LeftOut]:
    """Yield the files that seem to be documents by another name, or in another form."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _NEARLY and path.suffix != ".json" and path.is_file():
            yield LeftOut(path.relative_to(folder).as_posix(), "is not read, for it does not end in .json")


def _why_not(content: Any) -> str | None:
    """Return why something is not a documented notification, None if it is one."""
    if not isinstance(content, dict) or not isinstance(content.get("event_type"), str):
        return "no notification: it has no event_type, and nothing refers to it"
    if not content["event_type"] or content["event_type"].startswith(".") or "/" in content["event_type"]:
        return f"the event type {quoted(content['event_type'])} cannot be the name of a file"
    priority = content.get("priority")
    if not isinstance(priority, str) or not PRIORITY.fullmatch(priority):
        return "its priority is missing, or no word in upper case"
    return None if "payload" in content else "it has no payload"


def _first(left_out: Sequence[LeftOut]) -> str:
    return f"; the first that is none: {left_out[0]}" if left_out else ", for none is named *.json"


def _promises(found: list[Document], sampled: Sampled) -> Iterator[tuple[Pair, Promise]]:
    by_pair: dict[Pair, list[Document]] = {}
    for document in found:
        by_pair.setdefault(document.pair, []).append(document)
    for pair, of_pair in by_pair.items():
        names = ", ".join(printable(document.file) for document in of_pair[:3])
        many = "1 sample" if len(of_pair) == 1 else f"{len(of_pair):,} samples"
        payload = sampled.schema([document.content["payload"] for document in of_pair])
        examples = tuple(completed(document.content) for document in of_pair)
        yield pair, Promise(payload, f"As {many} show it.", f"Source: {names}", examples)


def _names(by_part: Mapping[str, object]) -> dict[str, str]:
    """Return for each shared part's file the name that its schema gets."""
    named: dict[str, str] = {}
    for file in by_part:
        name = re.sub(r"[^A-Za-z0-9_-]+", "_", Path(file).stem) or "part"
        named[free(name[:LONGEST_NAME], named, "-")] = file
    return {file: name for name, file in named.items()}


def _envelope(samples: list[Mapping[str, Any]], sampled: Sampled) -> Schema:
    """Return the envelope: as samples show it, where they do, and else as oslo.messaging sends it."""
    own = Sampled({}, {}, VALUES, used=sampled.used)
    comment = f"Imported from documented notifications, {len(samples):,} of them."
    shown: dict[str, Schema] = {}
    for name in dict.fromkeys(name for sample in samples for name in sample if name not in _ONLY_NAMED):
        seen = [sample[name] for sample in samples if name in sample]
        schema = _of_attribute(name, seen, own)
        if schema is not None:
            shown[name] = schema
    priorities = dict.fromkeys((*PRIORITIES, *(sample["priority"] for sample in samples)))
    return oslo_envelope(comment, priorities, **shown)


def _of_attribute(name: str, seen: list[Any], own: Sampled) -> Schema | None:
    """Return the schema of what was seen of an attribute, None if that says less than what oslo.messaging sends."""
    if name == "payload":
        return {"type": type_of(seen)}
    if any(isinstance(value, dict | list) for value in seen):
        return {"$comment": f"seen in {len(seen):,} samples", "type": type_of(seen)}
    schema = own.schema(seen, 1)
    if name not in ENVELOPE_ATTRIBUTES:
        return schema
    if "$ref" in schema:
        return schema | {"type": "string"}
    return None if name == "publisher_id" else {"$comment": schema["$comment"], "type": type_of(seen)}
