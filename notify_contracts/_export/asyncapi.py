"""AsyncAPI 3.0: what the service sends, through which exchange, in which of oslo.messaging's formats.

Source: the AsyncAPI specification 3.0.0 with the AMQP bindings 0.3.0; what is said of the wire was recorded from
Glance 33 with RabbitMQ. Servers are left out: which broker a service talks to is its deployment's affair.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._export.bundle import Bundle, portable
from notify_contracts._export.commonmark import escaped
from notify_contracts._export.draft7 import as_draft7
from notify_contracts._export.selection import Selection
from notify_contracts._export.writers import Page
from notify_contracts._export.yamltext import yaml_text
from notify_contracts._schema import pointer_text, rebuilt
from notify_contracts._untrusted import dump, printable_json
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.wire import MESSAGE_KEY, READ_VERSIONS, VERSION_KEY, routing_key
from notify_contracts.wire.envelopes import ASYNCAPI_MEMBER

_BINDING_VERSION = "0.3.0"
_JSON = "application/json"

_FORMATS = f"""
A message has one of two forms, depending on the driver that the service is configured with. In **format 1.0**
(driver `messaging`) the body is the notification, beside whose six attributes the transport puts its own,
`_unique_id` and `_context_*`. In **format 2.0** (driver `messagingv2`) the body is an object of two: `{VERSION_KEY}`,
and in `{MESSAGE_KEY}` the notification of format 1.0, encoded once more as JSON text. Nothing but the body tells
them apart.
"""

_TRANSPORT_KEYS = {
    "properties": {
        "_unique_id": {
            "description": "Put there by the transport: tells this message from every other.",
            "type": "string",
        },
    },
    "patternProperties": {"^_context_": {"description": "Put there by the transport: the context of the request."}},
}

_MESSAGE_ID = {
    "description": f"In format 2.0 it is inside the text of `{MESSAGE_KEY}`.",
    "location": "$message.payload#/message_id",
}


_EVENT_TYPE = {"description": "The event type, as it stands in the notification."}


class AsyncApi:
    """The document as YAML or as JSON."""

    def __init__(self, ending: str) -> None:
        """Take the ending of the file's name, which decides: ``yaml`` or ``json``."""
        self._ending = ending

    def document(self, selection: Selection, /) -> str:
        """Return the document."""
        content = asyncapi(selection)
        return yaml_text(content) if self._ending == "yaml" else f"{printable_json(content)}\n"

    def pages(self, selection: Selection, /) -> Iterator[Page]:
        """Yield the document as the only page."""
        yield Page(f"asyncapi.{self._ending}", self.document(selection))


def asyncapi(selection: Selection) -> dict[str, Any]:
    """Return the AsyncAPI document of the chosen contracts; raise CatalogError if the catalog lacks what it takes."""
    catalog = selection.catalog
    bundle = Bundle(catalog, "#/components/schemas/")
    messages = {portable(contract.id): _message(contract, bundle, catalog) for contract in selection.contracts}
    envelope = bundle.envelope
    is_of_transport = not catalog.envelopes
    schemas = {
        name: _definition(schema, is_of_transport and name == envelope) for name, schema in bundle.definitions.items()
    }
    by_priority = {
        priority: [portable(contract.id) for contract in selection.contracts if contract.priority == priority]
        for priority in catalog.priorities
    }
    channels = {priority: names for priority, names in by_priority.items() if names}
    return {
        "asyncapi": "3.0.0",
        "id": catalog.base,
        "info": {
            "title": str(catalog.manifest.get("title", catalog.name)),
            "version": catalog.version,
            "description": _paragraphs(
                escaped(str(catalog.manifest.get("description", ""))),
                f"Source: {escaped(str(catalog.manifest.get('source', '')))}",
                "" if catalog.envelopes else _FORMATS,
            ),
        },
        **({ASYNCAPI_MEMBER: dict(catalog.envelopes[0].templates)} if catalog.envelopes else {}),
        "defaultContentType": _JSON,
        "channels": {
            portable(priority.lower()): _channel(selection, priority, names) for priority, names in channels.items()
        },
        "operations": {
            portable(f"send-{priority.lower()}"): _operation(priority, names) for priority, names in channels.items()
        },
        "components": {"messages": messages, "schemas": schemas},
    }


def _channel(selection: Selection, priority: str, messages: list[str]) -> dict[str, Any]:
    catalog = selection.catalog
    topics = catalog.transport.topics
    topic = topics[0] if len(topics) == 1 else "{topic}"
    address = routing_key(topic, priority, "{event_type}", catalog.routing_key)
    all_of = {"topic": _topic(catalog), "event_type": _EVENT_TYPE}
    parameters = {name: stated for name, stated in all_of.items() if f"{{{name}}}" in address}
    return {
        "address": address,
        **({"parameters": parameters} if parameters else {}),
        "title": f"Notifications of priority {priority}",
        "description": "The service also declares a queue named like the routing key and binds it, so that nothing is "
        "lost while nobody listens. Exchange and queue are not durable by default; an operator may configure others.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                **_exchange(catalog),
                "bindingVersion": _BINDING_VERSION,
            }
        },
    }


def _topic(catalog: Catalog) -> dict[str, Any]:
    """Return what the topics may be where there is not the one."""
    topics = catalog.transport.topics
    description = "The topic, which an operator configures; the default is oslo.messaging's unless some are listed."
    return {"description": description, **({"enum": list(topics)} if topics else {}), "default": catalog.topic}


def _exchange(catalog: Catalog) -> dict[str, Any]:
    """Return the exchange of a channel, where it is known and the only one: a binding names no other."""
    if len(catalog.transport.exchanges) != 1:
        return {}
    return {"exchange": {"name": catalog.exchange, "type": "topic", "durable": False, "autoDelete": False}}


def _operation(priority: str, messages: list[str]) -> dict[str, Any]:
    channel = f"#/channels/{portable(priority.lower())}"
    return {
        "action": "send",
        "channel": {"$ref": channel},
        "title": f"The service announces what happened, with priority {priority}",
        "bindings": {"amqp": {"deliveryMode": 2, "priority": 0, "bindingVersion": _BINDING_VERSION}},
        "messages": [{"$ref": f"{channel}/messages/{name}"} for name in messages],
    }


def _message(contract: Contract, bundle: Bundle, catalog: Catalog) -> dict[str, Any]:
    return {
        "name": contract.id,
        "title": contract.title,
        "description": _paragraphs(escaped(contract.description), escaped(contract.source)),
        "contentType": _JSON,
        "bindings": {"amqp": {"contentEncoding": "utf-8", "bindingVersion": _BINDING_VERSION}},
        "tags": [{"name": contract.event_type}, {"name": contract.priority}],
        **(_as_event(contract, bundle, catalog) if catalog.envelopes else _as_notification(contract, bundle)),
    }


def _as_notification(contract: Contract, bundle: Bundle) -> dict[str, Any]:
    return {
        "correlationId": _MESSAGE_ID,
        "payload": {"oneOf": [bundle.reference(contract), _wrapped(bundle.reference(contract))]},
        "examples": [example for notification in contract.examples for example in _examples(notification)],
    }


def _as_event(contract: Contract, bundle: Bundle, catalog: Catalog) -> dict[str, Any]:
    """Return what is said of a message with another envelope than notifications have."""
    sources = catalog.envelopes[0].sources
    place = next((each.paths[0] for each in sources if each.attribute == "message_id" and each.is_one_place), None)
    location = {} if place is None else {"correlationId": {"location": f"$message.payload#{pointer_text(place)}"}}
    return {
        **location,
        "payload": bundle.reference(contract),
        "examples": [{"payload": catalog.sent(notification)} for notification in contract.examples],
    }


def _wrapped(notification: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": "format 2.0",
        "type": "object",
        "required": [VERSION_KEY, MESSAGE_KEY],
        "properties": {
            VERSION_KEY: {"title": "version 2.0", "enum": list(READ_VERSIONS)},
            MESSAGE_KEY: {
                "title": "notification, encoded as JSON text",
                "type": "string",
                "contentMediaType": _JSON,
                "contentSchema": notification,
            },
        },
    }


def _examples(notification: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"name": "format-1.0", "summary": "format 1.0", "payload": notification}
    text = dump(dict(notification)).decode()
    yield {"name": "format-2.0", "summary": "format 2.0", "payload": {VERSION_KEY: "2.0", MESSAGE_KEY: text}}


def _definition(schema: Any, is_envelope: bool) -> Any:  # noqa: FBT001
    """Return a definition as it is on the wire; its examples stand with the messages."""
    if not isinstance(schema, Mapping):
        return schema
    made = {keyword: value for keyword, value in schema.items() if keyword != "examples"}
    if is_envelope:
        for keyword, added in _TRANSPORT_KEYS.items():
            made[keyword] = {**made.get(keyword, {}), **added}
    return as_draft7(_in_commonmark(made))


def _in_commonmark(schema: Any) -> Any:
    """Return `schema` with its descriptions as AsyncAPI reads them."""
    if not isinstance(schema, Mapping):
        return schema
    made = rebuilt(schema, _in_commonmark)
    if "description" in made:
        made["description"] = escaped(str(made["description"]))
    return made


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())


YAML = AsyncApi("yaml")
JSON = AsyncApi("json")
