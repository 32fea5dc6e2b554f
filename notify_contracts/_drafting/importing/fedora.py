"""A catalog from the message classes of fedora-messaging schema packages.

A message there has a topic, a severity and a body: here these are an event type, a priority and a payload.
"""

import re
from collections.abc import Mapping
from typing import Any

from notify_contracts._drafting.documents import Pair, Source
from notify_contracts._drafting.importing.envelopes import oslo_envelope, oslo_values
from notify_contracts._drafting.importing.files import Promise, catalog_files, either
from notify_contracts._drafting.importing.imported import Imported, LeftOut, once
from notify_contracts._drafting.importing.probing import probed
from notify_contracts._drafting.importing.shared import Shared
from notify_contracts._drafting.importing.structured import Places
from notify_contracts._untrusted import printable
from notify_contracts.errors import CatalogError

_SEVERITIES = {10: "DEBUG", 20: "INFO", 30: "WARN", 40: "ERROR"}  # source: fedora_messaging.message
_OLD = re.compile(r"draft-0[3-7]")  # in which nothing beside $ref counts

_UNSAID = (
    LeftOut("envelope", "such messages have none: topic, severity and body stand as event_type, priority and payload"),
    LeftOut("severity", "a message may have another than its class: there are contracts for that of the class"),
    LeftOut("topic", "a broker's topic_prefix comes before it on the wire"),
)


def from_fedora(package: str, name: str, python: str | None = None) -> Imported:
    """Return the catalog, called `name`, of the message classes that a package or distribution names as entry points.

    `python` imports it, by default this one. Raise CatalogError if there are none, SourceError if it cannot be run.
    """
    return imported(probed("fedora", python, package), package, name)


def imported(said: Mapping[str, Any], package: str, name: str) -> Imported:
    """Return the catalog of what the classes have `said`, as the probe writes it."""
    left_out = [LeftOut(where, f"cannot be imported: {why}") for where, why in said["failed"]]
    schemas: dict[str, Any] = {}
    taken: set[str] = set()
    promises: dict[Pair, Promise] = {}
    for one in said["classes"]:
        shared = Shared(Places({}), are_beside=True, schemas=schemas, left_out=left_out, taken=taken)
        pair, promise = _promise(one, shared)
        if pair in promises:
            left_out.append(LeftOut(one["class"], f"{' '.join(pair)} is another class, too: either may come"))
            promise = either(promises[pair], promise)
        promises[pair] = promise
    if not promises:
        lacking = f": {left_out[0]}" if left_out else "; no entry point in the group fedora.messages is of it"
        raise CatalogError(f"{printable(package)}: no message class was found{lacking}")
    origin = ", ".join(dict.fromkeys(one["origin"] for one in said["classes"]))
    source = Source(
        name,
        f"What {origin} defines",
        f"Imported from the message classes of {origin}.",
        origin,
        f"Source: {origin}.",
    )
    envelope = oslo_envelope(source.comment, payload={})
    files, unkept = catalog_files(source, envelope, promises, schemas, oslo_values())
    return Imported(files, once((*left_out, *unkept, *_UNSAID)))


def _promise(one: Mapping[str, Any], shared: Shared) -> tuple[Pair, Promise]:
    """Return what a class promises."""
    body, topic, severity = one["body"], one["topic"], one["severity"]
    if not isinstance(topic, str) or not _can_be_a_file(topic):
        shared.left_out.append(LeftOut(one["class"], f"it names no topic: the event type is {one['name']}"))
        topic = one["name"].replace("/", ".").strip(".") or "message"
    if severity not in _SEVERITIES:
        shared.left_out.append(LeftOut(one["class"], "it has none of the known severities: taken as INFO"))
    if one["headers"]:
        shared.left_out.append(LeftOut(one["class"], "a catalog does not say the headers of a message"))
    if one["deprecated"]:
        shared.left_out.append(LeftOut(one["class"], "a catalog does not say that a message is deprecated"))
    if isinstance(body, dict):
        shared.places = Places(body)
        shared.are_beside = not _OLD.search(str(body.get("$schema", "")))
    payload = shared.schema(True if body is None else body, one["class"])
    description = one["description"] or f"As {one['class']} says."
    comment = f"Source: {one['origin']}, {one['class']}"
    return (topic, _SEVERITIES.get(severity, "INFO")), Promise(payload, description, comment)


def _can_be_a_file(name: str) -> bool:
    return bool(name) and not name.startswith(".") and "/" not in name and "\0" not in name
