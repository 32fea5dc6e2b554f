"""A catalog from an AsyncAPI document, of version 2 or 3.

The content of a message is a whole notification where it has an event type and a payload, as in our own export, in
which format 2.0 stands beside format 1.0. Everything else is taken as the payload of a notification.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import product
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import PAYLOADS, Pair, Schema, Source
from notify_contracts._drafting.importing.alternatives import apart
from notify_contracts._drafting.importing.asyncapi_messages import Message, Messages
from notify_contracts._drafting.importing.envelopes import PRIORITIES, completed, oslo_envelope, oslo_values
from notify_contracts._drafting.importing.events import as_notifications, stated_form
from notify_contracts._drafting.importing.files import Promise, catalog_files, either
from notify_contracts._drafting.importing.imported import Imported, LeftOut, once
from notify_contracts._drafting.importing.shared import Shared
from notify_contracts._drafting.importing.structured import Places, read_document
from notify_contracts._drafting.importing.translating import BESIDE
from notify_contracts._drafting.importing.wholes import Whole, common_base, whole
from notify_contracts._schema import quoted
from notify_contracts._untrusted import printable
from notify_contracts.errors import CatalogError, SourceError
from notify_contracts.wire import VERSION_KEY
from notify_contracts.wire.envelopes import EnvelopeForm

_VERSION = re.compile(r"(?:0|[1-9][0-9]*)(?:[.](?:0|[1-9][0-9]*)){2}")
_ID = re.compile(r"https?://[A-Za-z0-9._~:/-]+/")
_TEMPLATE = re.compile(r"[^{}]*(?:\{(?:topic|event_type)\}[^{}]*)+")
_OF_PEOPLE = ("contact", "license", "termsOfService")
_DEFAULT = "INFO"


def from_asyncapi(path: Path, name: str, form: EnvelopeForm | None = None) -> Imported:
    """Return the catalog, called `name`, of what an AsyncAPI document says is sent.

    With `form`, by default the one that our own export states, contents are events with that envelope. Raise
    SourceError if the file cannot be read or is none, CatalogError if there is no message in it.
    """
    document = read_document(path)
    shown = printable(str(path))
    version = str(document.get("asyncapi", ""))
    if not version.startswith(("2.", "3.")):
        raise SourceError(f"{shown}: is no AsyncAPI document of version 2 or 3: its asyncapi is {quoted(version)}")
    form = form or stated_form(document)
    members = form.members if form else None
    messages = Messages(document, message_id=(members or {}).get("message_id", "message_id"))
    names = {(members or {}).get(name, name) for name in ("event_type", "payload")}
    found = [*apart(Places(document), messages.found(), names)]
    if not found:
        lacking = f"; {messages.left_out[0]}" if messages.left_out else ""
        raise CatalogError(f"{shown}: no message in it can become a contract{lacking}")
    if form is not None:
        found = as_notifications(Places(document), found, form)
    making = _Making(Shared(Places(document), are_beside=False), printable(path.name))
    envelope, promises = making.promises(found)
    source = making.source(document, name, found, {priority for _, priority in promises})
    source = replace(source, envelope=form.templates if form else {})
    values = {} if making.has_envelope else oslo_values()
    files, unkept = catalog_files(source, envelope, promises, making.shared.schemas, values)
    return Imported(files, once((*messages.left_out, *making.left_out, *making.shared.left_out, *unkept)))


@dataclass
class _Making:
    """Makes the contracts; `left_out` collects what messages say that these cannot."""

    shared: Shared
    file: str
    left_out: list[LeftOut] = field(default_factory=list)
    has_envelope: bool = False

    def source(self, document: Mapping[str, Any], name: str, found: Sequence[Message], used: set[str]) -> Source:
        """Return what the document says of itself, where messages have the priorities `used`."""
        stated = document.get("info")
        info: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
        self._leave_all("info", (key for key in _OF_PEOPLE if key in info), "a catalog has no place for it")
        version = str(info.get("version", ""))
        if not _VERSION.fullmatch(version):
            self.left_out.append(LeftOut("info/version", f"{quoted(version)} is no version such as 1.0.0: it is 0.1.0"))
            version = "0.1.0"
        base = str(document.get("id", ""))
        title = str(info.get("title") or name)
        description = str(info.get("description") or f"Imported from {self.file}.")
        comment = f"Source: {self.file}."
        transport = self._transport(found, {*PRIORITIES, *used})
        return Source(
            name, title, description, self.file, comment, transport, version, base if _ID.fullmatch(base) else ""
        )

    def promises(self, found: Sequence[Message]) -> tuple[Schema, dict[Pair, Promise]]:
        """Return the envelope, and what is promised of each event type and priority."""
        places = self.shared.places
        wholes = [whole(places, message) for message in found]
        base = common_base(places, wholes)
        promises: dict[Pair, Promise] = {}
        for message, stated in zip(found, wholes, strict=True):
            pairs, promise = self._of_payload(message) if stated is None else self._of_whole(message, stated, base)
            for pair in pairs:
                if pair in promises:
                    self.left_out.append(
                        LeftOut(message.where, f"{' '.join(pair)} is another message, too: either may come")
                    )
                own = promise.of(*pair) if len(pairs) > 1 or message.branch else promise
                promises[pair] = either(promises[pair], own) if pair in promises else own
        return self._envelope(base, wholes, {priority for _, priority in promises}), promises

    def _envelope(self, base: tuple[str, ...] | None, wholes: Sequence[Whole | None], used: set[str]) -> Schema:
        comment = f"Source: {self.file}."
        priorities = (*PRIORITIES, *sorted(used - {*PRIORITIES}))
        if base is not None:
            self.has_envelope = True
            reference = {"$ref": "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in base)}
            envelope = self.shared.schema(self.shared.places.followed(reference), "/".join(base), f"{PAYLOADS}/")
            return _with_required(_without_transport(envelope, priorities), wholes)
        if all(stated is None for stated in wholes):
            return oslo_envelope(comment, priorities, payload={})
        self.has_envelope = True
        named = {"event_type": {"type": "string"}, "priority": {"type": "string", "enum": list(priorities)}}
        properties = named | {name: {} for name in ("message_id", "publisher_id", "timestamp", "payload")}
        envelope = {"$comment": comment, "type": "object", "required": ["event_type", "priority", "payload"]}
        return _with_required(envelope | {"properties": properties}, wholes)

    def _event_type(self, name: str, where: str) -> str:
        """Return an event type that may be the name of a file, and note where it is another than the name."""
        event_type = name.replace("\0", "").replace("/", ".").strip(".") or "message"
        if event_type != name:
            self.left_out.append(LeftOut(where, f"{quoted(name)} can be no event type: taken as {quoted(event_type)}"))
        return event_type

    def _priority(self, message: Message) -> str:
        """Return the priority of which something beside the content speaks, and note where nothing does."""
        found = _priority(message)
        if found is None:
            self.left_out.append(LeftOut(message.where, f"it says no priority: taken as {_DEFAULT}"))
        return found or _DEFAULT

    def _of_payload(self, message: Message) -> tuple[list[Pair], Promise]:
        """Return what is promised where the content is a payload."""
        pair = self._event_type(message.name, message.where), self._priority(message)
        names = {"event_type": pair[0], "priority": pair[1]}
        examples = tuple(completed(names | {"payload": each}) for each in _examples(message))
        return [pair], self._promise(message, self.shared.schema(message.schema, message.place), examples)

    def _of_whole(self, message: Message, stated: Whole, base: tuple[str, ...] | None) -> tuple[list[Pair], Promise]:
        """Return what is promised where the content is a whole notification, of each pair that it may have."""
        parts = stated.beside(base)
        said = stated.texts("event_type", base)
        events = [self._event_type(event, message.where) for event in said or (message.name,)]
        if not said:
            self.left_out.append(LeftOut(message.where, f"no event type is in it: taken as {events[0]}"))
        priorities = stated.texts("priority", base) or (self._priority(message),)
        pairs = list(dict.fromkeys(product(events, priorities)))
        properties: dict[str, list[Schema]] = {}
        for part in parts:
            self._leave_all(part.where, part.unsaid(), "a contract says no more of the envelope than its attributes")
            self._leave_all(part.where, part.beside, BESIDE)
            for name, schema in part.properties():
                if name not in ("event_type", "priority"):
                    where = f"{part.where}/properties/{name}"
                    properties.setdefault(name, []).append(self.shared.schema(schema, where))
        payload = _all_of(properties.pop("payload", []))
        envelope = {name: _all_of(schemas) for name, schemas in properties.items()}
        examples = tuple(each for each in _examples(message) if isinstance(each, Mapping) and VERSION_KEY not in each)
        return pairs, replace(self._promise(message, payload, examples), envelope=envelope, required=stated.required())

    def _promise(self, message: Message, payload: Schema, examples: tuple[Any, ...]) -> Promise:
        content = message.content
        description = next((content[key] for key in ("description", "summary", "title") if content.get(key)), "")
        comment = f"Source: {self.file}, {message.where}"
        return Promise(payload, str(description or f"As {message.where} says."), comment, examples)

    def _transport(self, found: Sequence[Message], known: set[str]) -> Mapping[str, Any]:
        """Return the exchange and the topic, as far as addresses, which end with `known` priorities, tell them."""
        exchanges = list(dict.fromkeys(message.exchange for message in found if message.exchange))
        transport: dict[str, Any] = {"exchange": _one(exchanges)} if exchanges else {}
        topics: dict[str, None] = {}
        for message in found:
            topic, _, priority = message.address.rpartition(".")
            if topic and priority.upper() in known and "{" not in topic:
                topics[topic] = None
            elif priority.upper() in known and _TEMPLATE.fullmatch(topic):
                topics |= dict.fromkeys(message.topics)
                if topic != "{topic}":
                    transport["routing_key"] = f"{topic}.{{priority}}"
            else:
                why = f"{quoted(message.address)} is no routing key of a topic and a priority: any will do"
                self.left_out.append(LeftOut("channels", why))
                break
        return transport | ({"topic": _one(list(topics))} if topics else {})

    def _leave_all(self, where: str, keywords: Iterable[str], why: str) -> None:
        self.left_out += [LeftOut(f"{where}/{keyword}", why) for keyword in keywords]


def _one(names: list[str]) -> str | list[str]:
    return names[0] if len(names) == 1 else names


def _all_of(schemas: list[Schema]) -> Schema:
    if len(schemas) < 2:  # noqa: PLR2004
        return schemas[0] if schemas else {}
    return {"allOf": schemas}


def _priority(message: Message) -> str | None:
    """Return the priority of which a tag or the end of the address speaks."""
    tags = message.content.get("tags")
    names = [str(tag.get("name")) for tag in (tags if isinstance(tags, list) else ()) if isinstance(tag, Mapping)]
    names.append(re.split(r"[./]", message.address)[-1].upper())
    return next((name for name in names if name in PRIORITIES), None)


def _examples(message: Message) -> Iterator[Any]:
    listed = message.content.get("examples")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and "payload" in each:
            yield each["payload"]


def _with_required(envelope: Schema, wholes: Sequence[Whole | None]) -> Schema:
    """Return an envelope that also requires what every message does."""
    stated = envelope.get("required", ())
    required = [frozenset[str]() if each is None else each.required().difference(stated) for each in wholes]
    others = sorted(frozenset[str].intersection(*required))
    properties = {name: {} for name in others} | envelope.get("properties", {})
    return envelope | {"required": [*stated, *others], "properties": properties}


def _without_transport(envelope: Schema, priorities: Sequence[str]) -> Schema:
    """Return an envelope less what only the transport puts beside it, which readers take off."""
    made: Schema = {"type": "object", **envelope}
    properties = {name: schema for name, schema in made.get("properties", {}).items() if name != "_unique_id"}
    patterns = {name: each for name, each in made.pop("patternProperties", {}).items() if name != "^_context_"}
    stated = properties.get("priority", {})
    if not stated.keys() & {"const", "enum", "$ref", "allOf"}:
        properties["priority"] = stated | {"type": "string", "enum": list(priorities)}
    return made | {"properties": properties} | ({"patternProperties": patterns} if patterns else {})
