"""Messages whose contents are events with another envelope, made into messages of notifications."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from notify_contracts._drafting.importing.asyncapi_messages import Message
from notify_contracts._drafting.importing.structured import Places, inside
from notify_contracts._drafting.importing.wholes import all_parts
from notify_contracts.errors import SourceError, UsageError
from notify_contracts.wire.envelopes import ASYNCAPI_MEMBER, EnvelopeForm


def stated_form(document: Mapping[str, Any]) -> EnvelopeForm | None:
    """Return the envelope that a document states, None where it states none; raise SourceError for a wrong one."""
    if ASYNCAPI_MEMBER not in document:
        return None
    try:
        return EnvelopeForm.stated(document[ASYNCAPI_MEMBER])
    except UsageError as error:
        raise SourceError(f"{ASYNCAPI_MEMBER}: {error}") from None


def as_notifications(places: Places, messages: Sequence[Message], form: EnvelopeForm) -> list[Message]:
    """Return the messages with examples that are notifications; the schemas in the document of `places` say so, too.

    Raise SourceError for a form in which an attribute is not one member of an event.
    """
    if form.members is None:
        reason = "an attribute of the envelope is not one member of an event, and no document of such events is read"
        raise SourceError(f"{reason}: learn from a recording, catalog infer")
    spoken: dict[int, dict[str, Any]] = {}
    for message in messages:
        for part in all_parts(places, message.schema, message.where):
            if isinstance(part.schema, dict):
                spoken[id(part.schema)] = part.schema
    for schema in spoken.values():
        _rename(schema, form)
    return [replace(message, content={**message.content, **_examples(message, form)}) for message in messages]


def _rename(schema: dict[str, Any], form: EnvelopeForm) -> None:
    """Have a schema speak of the attributes of which its event's members are, and of the others by other names."""
    attributes = {member: attribute for attribute, member in (form.members or {}).items()}
    if isinstance(properties := schema.get("properties"), dict):
        named = {attributes.get(name) or form.name_for(name): each for name, each in properties.items()}
        schema["properties"] = named | {name: {"const": value} for name, value in form.constants.items()}
    if isinstance(required := schema.get("required"), list):
        named_so = (attributes.get(name) or form.name_for(name) for name in required if isinstance(name, str))
        schema["required"] = [*named_so, *form.constants]


def _examples(message: Message, form: EnvelopeForm) -> Mapping[str, Any]:
    examples = message.content.get("examples")
    return {"examples": [*_read(examples, form)]} if isinstance(examples, list) else {}


def _read(examples: Sequence[Any], form: EnvelopeForm) -> Iterator[Any]:
    for each in examples:
        payload = inside(each, "payload")
        envelope = form.read(payload) if isinstance(payload, Mapping) else None
        yield each if envelope is None else {**each, "payload": envelope}
