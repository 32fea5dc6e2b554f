"""From contracts that were read somewhere to the files of a catalog that lints clean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from notify_contracts._drafting.documents import Files, Schema, contract, document, event_document, uri_of, write
from notify_contracts._drafting.importing.envelopes import VALUES
from notify_contracts._drafting.importing.imported import LeftOut, Source
from notify_contracts._lint import Problem, lint
from notify_contracts._untrusted import dump
from notify_contracts.catalog import ENVELOPE, EVENTS, MANIFEST, Catalog
from notify_contracts.errors import CatalogError
from notify_contracts.generate import TEXT_KINDS, samples

PAYLOADS = "payloads"
_MADE = "the example is made, not recorded"


@dataclass(frozen=True)
class Promise:
    """What a source says of one event type and priority: its payload, and whole notifications as examples.

    Where there is no example, one is made.
    """

    payload: Schema
    description: str
    comment: str
    examples: tuple[Mapping[str, Any], ...] = ()
    envelope: Mapping[str, Schema] = field(default_factory=dict)


def either(one: Promise, other: Promise) -> Promise:
    """Return the promise that one of two is kept."""
    payload = {"title": "one of several payloads", "anyOf": [one.payload, other.payload]}
    return Promise(payload, one.description, one.comment, (*one.examples, *other.examples), one.envelope)


def catalog_files(
    source: Source,
    envelope: Schema,
    promises: Mapping[tuple[str, str], Promise],
    payloads: Mapping[str, Schema],
    values: Mapping[str, Schema],
) -> Files:
    """Return the files of a catalog; `payloads` and `values` are shared schemas by name."""
    base = source.base
    files: Files = {
        MANIFEST: {
            "name": source.name,
            "id": base,
            "title": source.title,
            "description": source.description,
            "version": source.version,
            "source": source.source,
            "transport": dict(source.transport),
        },
        ENVELOPE: document(
            uri_of(base, ENVELOPE), "notification", "The envelope of every notification.", _own(envelope)
        ),
    }
    if values:
        what = "Forms of single values that several schemas share."
        files[VALUES] = document(uri_of(base, VALUES), "shared values", what, {"$defs": dict(values)})
    for name, schema in payloads.items():
        path = f"{PAYLOADS}/{name}.json"
        files[path] = document(uri_of(base, path), name, f"{name}, as the source has it.", _own(schema))
    without_example: list[tuple[str, str]] = []
    events: dict[str, dict[str, Schema]] = {}
    for pair, promise in sorted(promises.items()):
        comment = promise.comment
        if not promise.examples:
            without_example.append(pair)
            comment = f"{comment}; {_MADE}"
        made = contract(pair, (promise.description, comment), promise.payload, promise.examples or ({},))
        made["properties"] |= promise.envelope
        events.setdefault(pair[0], {})[pair[1]] = made
    for event_type, contracts in events.items():
        path = f"{EVENTS}/{event_type}.json"
        files[path] = event_document(base, event_type, source.comment, contracts)
    return _with_examples(files, without_example) if without_example else files


def _own(schema: Schema) -> Schema:
    """Return a schema without the words that its document has for itself."""
    return {keyword: value for keyword, value in schema.items() if keyword not in ("title", "$schema", "$id")}


def _with_examples(files: Files, pairs: list[tuple[str, str]]) -> Files:
    """Return the files with an example in each of the contracts, which is made from it."""
    with TemporaryDirectory(prefix="notify-contracts-import-") as folder:
        root = Path(folder, "catalog")
        write(files, root)
        catalog = Catalog(root)
        made: dict[bytes, dict[str, Any]] = {}
        for event_type, priority in pairs:
            stated = files[f"{EVENTS}/{event_type}.json"]["$defs"][priority]
            names = {"event_type": event_type, "priority": priority}
            alike = dump({name: schema for name, schema in stated["properties"].items() if name not in names})
            if alike not in made:
                try:
                    made[alike] = next(samples(catalog, escape(event_type), priority, without=TEXT_KINDS))
                except CatalogError as error:
                    raise CatalogError(f"{event_type} {priority}: no example can be made: {error}") from None
            stated["examples"] = [made[alike] | names]
    return files


def require_sound_examples(files: Files) -> tuple[Files, list[LeftOut]]:
    """Return the files with examples that keep their contract, made ones where there is no other; and what went."""
    left_out: list[LeftOut] = []
    lacking: list[tuple[str, str]] = []
    with TemporaryDirectory(prefix="notify-contracts-import-") as folder:
        root = Path(folder, "catalog")
        write(files, root)
        for contract_ in Catalog(root).contracts:
            pair = contract_.event_type, contract_.priority
            stated = files[f"{EVENTS}/{pair[0]}.json"]["$defs"][pair[1]]
            kept = [example for example in stated["examples"] if not contract_.broken_by(example)]
            if len(kept) < len(stated["examples"]):
                left_out.append(LeftOut(" ".join(pair), "an example breaks its own contract"))
            stated["examples"] = kept or [{}]
            if not kept:
                stated["$comment"] += f"; {_MADE}"
                lacking.append(pair)
    return (_with_examples(files, lacking) if lacking else files), left_out


def problems(files: Files) -> list[Problem]:
    """Return what `catalog lint` would say of the files."""
    with TemporaryDirectory(prefix="notify-contracts-import-") as folder:
        root = Path(folder, "catalog")
        write(files, root)
        return list(lint(root))
