"""The rule that was broken, as the contract states it, or in words where no schema does."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from notify_contracts._checking import GroupKey
from notify_contracts._report.html.excerpt import Places, excerpt
from notify_contracts._report.html.faults import Broken, Examiner
from notify_contracts._report.html.life import ORDER_OF_LIFE
from notify_contracts._report.html.parts import comma_separated
from notify_contracts._schema import Pointer
from notify_contracts._untrusted.markup import Content, Markup, element
from notify_contracts.model import (
    CHANGED,
    EXCHANGE,
    LOST,
    NO_CONTRACT,
    ROUTING_KEY,
    STILL_OPEN,
    TIME_RUNS_BACK,
    TOPIC,
    UNDELIVERED,
    UNKNOWN_EVENT,
    UNREADABLE,
)

_IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        UNKNOWN_EVENT: "The event type is one of those that the catalog has contracts for: the rows of the matrix.",
        NO_CONTRACT: "An event type is sent only in the priorities that the catalog has a contract for.",
        UNREADABLE: "A notification is one JSON object, bare or in oslo.messaging's format 1.0 or 2.0.",
        ROUTING_KEY: "The routing key is the one that the catalog says how to make of topic, priority and event type.",
        LOST: "A notification holds only values that the format on the wire can carry, or else nobody gets it.",
        EXCHANGE: "The service sends on the exchanges that the catalog's transport names.",
        TOPIC: "The service sends under the topics that the catalog's transport names.",
        UNDELIVERED: "What a service emits arrives: oslo.messaging raises nothing where it does not, and only logs it.",
        **dict.fromkeys(ORDER_OF_LIFE, "What comes is what may follow in the state of its resource."),
        CHANGED: "A field stays what it was in a life, but where the catalog's lifecycle says that a step changes it.",
        TIME_RUNS_BACK: "The steps of a life come in the order of their times.",
        STILL_OPEN: "A life does not stay for long in a state in which something is under way.",
    }
)
_MOST_NAMES = 60


def rule(key: GroupKey, broken: Broken, examiner: Examiner) -> Iterator[Content]:
    """Yield the rule of a group."""
    schema = broken.schema
    if schema is None:
        yield element("p", _IN_WORDS.get(key.keyword, f"The contract's keyword {key.keyword} at {key.pointer}."))
        return
    title, description, source = (str(schema.get(name, "")) for name in ("title", "description", "$comment"))
    if title:
        yield element("p", element("strong", title))
    if description:
        yield element("p", description)
    name = broken.places.here[-1] if broken.places.here else ""
    fragment, place = _fragment(schema, key.keyword, name)
    yield excerpt(fragment, Places(place), "The rule in the contract")
    if key.keyword == "additionalProperties":
        yield _allowed(schema)
    if where := examiner.place_of(schema):
        yield element("p", element("code", where), class_="faint")
    if source:
        yield element("p", source, class_="faint")


def _fragment(schema: Mapping[str, Any], keyword: str, name: str | int) -> tuple[Mapping[str, Any], Pointer]:
    """Return the part of `schema` that states the rule, and the place in it that was broken."""
    stated = schema.get(keyword)
    fragment = {"type": schema["type"]} if "type" in schema else {}
    if keyword == "required" and isinstance(stated, list) and name in stated:
        declared = schema.get("properties", {}).get(name)
        described = {} if declared is None else {"properties": {name: declared}}
        return {**fragment, keyword: stated, **described}, (keyword, stated.index(name))
    return {**fragment, keyword: stated}, (keyword,)


def _allowed(schema: Mapping[str, Any]) -> Markup:
    names = [*schema.get("properties", ()), *(f"/{pattern}/" for pattern in schema.get("patternProperties", ()))]
    if not names:
        return element("p", "It may have no property at all.")
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return element(
        "p",
        "It may have ",
        *comma_separated(element("code", name) for name in names[:_MOST_NAMES]),
        more,
        ".",
        class_="names",
    )
