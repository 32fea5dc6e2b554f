"""A catalog from the notification classes of an installed service that is built on oslo.versionedobjects.

A payload on the wire is the class's name, namespace and version, and the fields as data. Which event types a class is
for only its samples' names tell; which priority these have nothing does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import PAYLOADS, Schema, Source
from notify_contracts._drafting.importing.envelopes import PRIORITIES, oslo_envelope, oslo_values
from notify_contracts._drafting.importing.eventtypes import event_type, values_of
from notify_contracts._drafting.importing.files import Promise, catalog_files
from notify_contracts._drafting.importing.imported import Imported, LeftOut, once
from notify_contracts._drafting.importing.probing import probed
from notify_contracts._drafting.importing.translating import Translation, allow_null
from notify_contracts._schema import did_you_mean, quoted
from notify_contracts._untrusted import printable
from notify_contracts.errors import CatalogError, UsageError

USUAL_PRIORITIES = ("INFO", "ERROR")
_WIRE_PRIORITY = {"WARNING": "WARN"}  # the method of oslo.messaging's Notifier → what it sends

Class = Mapping[str, Any]


@dataclass(frozen=True)
class Wishes:
    """What the classes do not say, and whoever imports them may.

    `python` is the interpreter that has the package, by default this one. `events` are event types that no sample
    names, with the names of their notification classes; `priorities` are those that event types get contracts for, and
    `optional` the payload classes of which no field needs to be there.
    """

    python: str | None = None
    events: Mapping[str, str] = field(default_factory=dict)
    priorities: Sequence[str] = ()
    optional: Sequence[str] = ()


_NO_WISHES = Wishes()


def from_versionedobjects(package: str, name: str, wishes: Wishes = _NO_WISHES) -> Imported:
    """Return the catalog, called `name`, of what the notification classes of `package` say.

    Raise CatalogError if there is no event type, SourceError if it cannot be imported, UsageError for a class or a
    priority that there is not.
    """
    return imported(probed("versionedobjects", wishes.python, package), package, name, wishes)


def imported(said: Mapping[str, Any], package: str, name: str, wishes: Wishes) -> Imported:
    """Return the catalog of what the classes have `said`, as the probe writes it."""
    classes = _Classes(said["classes"], f"{package} {said['version']}".strip(), tuple(wishes.optional))
    for each in wishes.optional:
        _named(said["classes"], each, package)
    notifications = {one["name"]: one for one in said["classes"].values() if _is_notification(one)}
    allowed = _allowed(notifications.values())
    chosen = _chosen(wishes.priorities, allowed)
    left_out = [LeftOut(where, f"cannot be imported: {why}") for where, why in said["failed"]]
    found: dict[str, Class] = {}
    for one in notifications.values():
        for sample in one["samples"]:
            event = event_type(sample, classes.fields_of(one["fields"]["event_type"]))
            if event is None:
                left_out.append(LeftOut(f"{one['name']}: {sample}", "its name is not made of values of the event type"))
            else:
                found[event] = one
    found |= {event: _named(notifications, wanted, package) for event, wanted in wishes.events.items()}
    used = {one["name"] for one in found.values()}
    hint = "no sample names an event type of it; give it one with --event EVENT_TYPE=CLASS"
    left_out += [LeftOut(one, hint) for one in sorted(notifications.keys() - used)]
    if not found:
        lacking = "; ".join(map(str, left_out[:1])) or "it has no notification classes of oslo.versionedobjects"
        raise CatalogError(f"{printable(package)}: no event type was found: {lacking}")
    promises = {(event, priority): classes.promise(found[event]) for event in sorted(found) for priority in chosen}
    left_out += classes.translation.left_out
    left_out += [LeftOut(*each) for each in _unsaid(chosen)]
    source = Source(
        name,
        f"What {classes.origin} sends",
        f"Imported from the notification classes of {classes.origin}.",
        classes.origin,
        f"Source: {classes.origin}.",
    )
    envelope = oslo_envelope(source.comment, allowed)
    files, unkept = catalog_files(source, envelope, promises, classes.schemas, oslo_values())
    return Imported(files, once((*left_out, *unkept)))


def _unsaid(priorities: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what no class says, and what stands in its place."""
    yield "priorities", f"classes do not say which an event type has: all have contracts for {', '.join(priorities)}"
    yield (
        "presence",
        "classes do not say which fields may be unset: those that cannot be null must be there (--optional)",
    )
    yield "transport", "classes do not say the exchange and the topic: any will do until catalog.json says them"


def _is_notification(one: Class) -> bool:
    """Whether a class is one of notifications that are sent, not the base of such."""
    return all("object" in one["fields"].get(name, {}) for name in ("payload", "event_type"))


def _named(notifications: Mapping[str, Class], name: str, package: str) -> Class:
    if name not in notifications:
        meant = did_you_mean(name, notifications) or f"; there are {len(notifications)}"
        raise UsageError(f"{printable(package)} has no such class as {quoted(name)}{meant}")
    return notifications[name]


def _chosen(asked: Sequence[str], allowed: Sequence[str]) -> Sequence[str]:
    for priority in asked:
        if priority not in allowed:
            raise UsageError(f"no class allows the priority {quoted(priority)}; choose from {', '.join(allowed)}")
    return tuple(dict.fromkeys(asked)) or tuple(each for each in USUAL_PRIORITIES if each in allowed) or allowed[:1]


def _allowed(notifications: Iterable[Class]) -> Sequence[str]:
    """Return the priorities that some class allows: the values of a field of which all are names of priorities."""
    found: dict[str, None] = {}
    for one in notifications:
        for each in one["fields"].values():
            names = [_WIRE_PRIORITY.get(str(value).upper(), str(value).upper()) for value in values_of(each)]
            if names and set(names) <= set(PRIORITIES):
                found |= dict.fromkeys(names)
    return tuple(sorted(found, key=PRIORITIES.index)) or PRIORITIES


@dataclass
class _Classes:
    """What is known of classes, by name, and the schemas of those that payloads are made of."""

    known: Mapping[str, Class]
    origin: str
    optional: Sequence[str] = ()
    schemas: dict[str, Schema] = field(default_factory=dict)
    translation: Translation = field(default_factory=lambda: Translation(lambda _: None))

    def promise(self, notification: Class) -> Promise:
        """Return what a class of notifications promises."""
        payload = notification["fields"]["payload"]
        comment = f"Source: {self.origin}, {notification['class']} {notification['version']}"
        description = notification["description"] or f"As {notification['name']} says."
        return Promise(self._of_field(payload, notification["name"]), description, comment)

    def fields_of(self, reference: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the fields of the objects that a field refers to."""
        fields: Mapping[str, Any] = self.known.get(reference["object"], {}).get("fields", {})
        return fields

    def _of_field(self, one: Mapping[str, Any], where: str) -> Schema:
        schema = self._of_type(one, where)
        if not one["nullable"] or not schema:
            return schema
        if "$ref" in schema:  # which says of a violation what it is, as anyOf would not
            return {"type": ["object", "null"], "if": {"type": "object"}, "then": schema}
        allow_null(schema)
        return schema

    def _of_type(self, one: Mapping[str, Any], where: str) -> Schema:
        if "object" in one:
            return self._of_object(one, where)
        if "map" in one:
            return {"type": "object", "additionalProperties": self._of_field(one["map"], f"{where}.*")}
        for kind in ("list", "set"):
            if kind in one:
                unique = {"uniqueItems": True} if kind == "set" else {}
                return {"type": "array", **unique, "items": self._of_field(one[kind], f"{where}[]")}
        if "unknown" in one:
            why = f"the type {one['unknown']} does not say what its values are ({one['why']}): anything is allowed"
            self.translation.left_out.append(LeftOut(where, why))
            return {"$comment": f"{one['unknown']} does not say what its values are"}
        return self.translation.schema(one["schema"], where)

    def _of_object(self, one: Mapping[str, Any], where: str) -> Schema:
        names = [one["object"]]
        if one["subclasses"]:
            names += sorted(name for name, other in self.known.items() if one["object"] in other["parents"])
        references: list[Schema] = []
        for name in dict.fromkeys(name for name in names if name in self.known):
            self._define(name)
            references.append({"$ref": f"../{PAYLOADS}/{name}.json"})
        if not references:
            self.translation.left_out.append(
                LeftOut(where, f"there is no class {one['object']}: any object is allowed")
            )
            return {"$comment": f"{one['object']}, of which nothing is known", "type": "object"}
        return references[0] if len(references) == 1 else {"title": f"{one['object']} of any kind", "anyOf": references}

    def _define(self, name: str) -> None:
        if name in self.schemas:
            return
        self.schemas[name] = {}  # holds its place: it may refer to itself
        one = self.known[name]
        keys = one["keys"]
        required = [each for each, of_field in one["fields"].items() if not of_field["nullable"]]
        data: Schema = {"type": "object"}
        if required and name not in self.optional:
            data["required"] = required
        data["properties"] = dict(self._properties(one))
        data["additionalProperties"] = False
        self.schemas[name] = {
            "$comment": f"Source: {self.origin}, {one['class']} {one['version']}",
            "type": "object",
            "required": [keys["name"], keys["namespace"], keys["version"], keys["data"]],
            "properties": {
                keys["name"]: {"const": name},
                keys["namespace"]: {"const": one["namespace"]},
                keys["version"]: {"const": one["version"]},
                keys["data"]: data,
                keys["changes"]: {
                    "description": "Fields that have changed.",
                    "type": "array",
                    "items": {"type": "string"},
                },
            },
            "additionalProperties": False,
        }

    def _properties(self, one: Class) -> Iterator[tuple[str, Schema]]:
        for name, of_field in one["fields"].items():
            yield name, self._of_field(of_field, f"{one['name']}.{name}")
