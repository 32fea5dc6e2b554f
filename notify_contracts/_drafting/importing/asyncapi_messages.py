"""The messages that an AsyncAPI document says a service sends, of version 2 and 3 alike.

Source: the AsyncAPI specification 2.6.0, where what an application sends stands under ``subscribe``, and 3.0.0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.importing.imported import LeftOut
from notify_contracts._drafting.importing.structured import Places, inside, is_json_schema
from notify_contracts._schema import at, pointer_text, quoted

_UNSAID = ("correlationId", "externalDocs", "headers", "traits")
_UNSAID_OF_DOCUMENT = ("servers", "tags", "externalDocs")


@dataclass(frozen=True)
class Message:
    """A message: what it is called, where its content's schema stands, and how it travels.

    `topics` are those that the parameter ``topic`` of its address may be, none where it has none or does not say. The
    `branch` of the content's schema is its own, where that has several.
    """

    name: str
    where: str
    content: Mapping[str, Any]
    schema: Any
    address: str
    exchange: str | None
    topics: tuple[str, ...] = ()
    branch: str = ""

    @property
    def place(self) -> str:
        """Where the schema stands."""
        return f"{self.where}/payload{self.branch}"


@dataclass
class Messages:
    """Finds the messages of a document; `left_out` collects what was not taken.

    The `message_id` is the member of their contents by which they are told apart.
    """

    document: Mapping[str, Any]
    message_id: str = "message_id"
    left_out: list[LeftOut] = field(default_factory=list)

    def found(self) -> list[Message]:
        """Return the messages that are sent; where the document says of none that it is, those that are received."""
        for keyword in _UNSAID_OF_DOCUMENT:
            if keyword in self.document:
                self._leave(keyword, "a catalog has no place for it")
        is_new = str(self.document.get("asyncapi", "")).startswith("3.")
        all_of = [*(self._of_3() if is_new else self._of_2())]
        sent = [message for is_sent, message in all_of if is_sent]
        if sent or not all_of:
            for is_sent, message in all_of:
                if not is_sent:
                    self._leave(message.where, "the service receives it, and does not send it")
            return self._once(sent)
        self._leave("operations", "the document is a consumer's: what it receives was taken as what is sent")
        return self._once(message for _, message in all_of)

    def _leave(self, where: str, why: str) -> None:
        self.left_out.append(LeftOut(where, why))

    @staticmethod
    def _once(messages: Any) -> list[Message]:
        """Return each message once, though several operations may name it."""
        return list({(message.where, message.address): message for message in messages}.values())

    def _of_2(self) -> Iterator[tuple[bool, Message]]:
        for address, stated_channel in _items(self.document.get("channels")):
            channel = Places(self.document).followed(stated_channel)
            for keyword in ("subscribe", "publish"):
                operation = inside(channel, keyword)
                if not isinstance(operation, Mapping):
                    continue
                where = f"channels{pointer_text((address, keyword, 'message'))}"
                stated = operation.get("message")
                several = inside(stated, "oneOf")
                listed = several if isinstance(several, list) else [stated]
                for number, each in enumerate(listed):
                    message = self._message(each, f"{where}/{number}", "", address, channel)
                    if message is not None:
                        yield keyword == "subscribe", message

    def _of_3(self) -> Iterator[tuple[bool, Message]]:
        places = Places(self.document)
        operations = [*_items(self.document.get("operations"))]
        spoken_of: set[str] = set()
        for name, stated in operations:
            operation = places.followed(stated)
            reference = inside(operation, "channel", "$ref")
            pointer = places.pointer(reference) if isinstance(reference, str) else None
            channel = places.followed({"$ref": reference}) if pointer else None
            if not isinstance(operation, Mapping) or not isinstance(channel, Mapping) or not pointer:
                self._leave(f"operations/{name}", "its channel is not in the document")
                continue
            spoken_of.add(pointer[-1])
            if "reply" in operation:
                self._leave(f"operations/{name}/reply", "a catalog knows no replies")
            chosen = operation.get("messages")
            listed = (
                chosen
                if isinstance(chosen, list)
                else [
                    {"$ref": f"#{pointer_text((*pointer, 'messages', key))}"}
                    for key, _ in _items(channel.get("messages"))
                ]
            )
            for each in listed:
                message = self._message(each, f"operations/{name}", "", str(channel.get("address") or ""), channel)
                if message is not None:
                    yield operation.get("action") == "send", message
        for name, stated in _items(self.document.get("channels")):
            channel = places.followed(stated)
            if name in spoken_of or not isinstance(channel, Mapping):
                continue
            for key, each in _items(channel.get("messages")):
                address = str(channel.get("address") or name)
                message = self._message(each, f"channels/{name}/messages/{key}", key, address, channel)
                if message is not None:
                    yield not operations, message

    def _message(self, stated: Any, where: str, key: str, address: str, channel: Mapping[str, Any]) -> Message | None:
        """Return a message, None if nothing can be made of it, which is listed."""
        places = Places(self.document)
        reference = inside(stated, "$ref")
        content = places.followed(stated)
        if not isinstance(content, Mapping):
            self._leave(where, f"{quoted(str(reference))} leads out of the document or nowhere")
            return None
        pointer = places.pointer(reference) if isinstance(reference, str) else None
        while pointer:
            where, key = "/".join(pointer), pointer[-1]
            reference = inside(at(self.document, pointer), "$ref")
            pointer = places.pointer(reference) if isinstance(reference, str) else None
        for keyword in _UNSAID:
            if keyword in content and not self._is_message_id(content[keyword]):
                self._leave(f"{where}/{keyword}", f"a catalog does not say the {keyword} of a message")
        schema: Any = content.get("payload")
        form = inside(places.followed(schema), "schemaFormat") or content.get("schemaFormat")
        if form and not is_json_schema(form):
            self._leave(where, f"its payload is no JSON Schema but {quoted(str(form))}")
            return None
        kind = str(content.get("contentType", self.document.get("defaultContentType", "json")))
        if "json" not in kind:
            self._leave(where, f"its content is no JSON but {quoted(kind)}")
            return None
        name = str(content.get("name") or content.get("messageId") or key or content.get("title") or "message")
        schema = True if schema is None else schema
        return Message(name, where, content, schema, address, _exchange(channel), _topics(channel))

    def _is_message_id(self, correlation: Any) -> bool:
        """Whether it is said that messages are told apart by what every notification has."""
        location = f"$message.payload#/{self.message_id}"
        return isinstance(correlation, Mapping) and correlation.get("location") == location


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items()) if isinstance(value, Mapping) else iter(())


def _exchange(channel: Mapping[str, Any]) -> str | None:
    """Return the exchange that the AMQP binding of a channel names."""
    found = inside(channel, "bindings", "amqp", "exchange", "name")
    return found if isinstance(found, str) and found else None


def _topics(channel: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a channel's parameter ``topic`` may be."""
    found = inside(channel, "parameters", "topic", "enum")
    return tuple(topic for topic in found if isinstance(topic, str) and topic) if isinstance(found, list) else ()
