"""Faults in the words of the person who reads them: what was expected, what was found, what may have been meant."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from notify_contracts._schema.documents import Pointer, additional_names, at, pointer_text
from notify_contracts._schema.engines import Fault, Rule
from notify_contracts._schema.nearness import near
from notify_contracts._schema.types import type_names
from notify_contracts._untrusted import BY_WORDS, MASK, Secrets, printable, shortened
from notify_contracts.model import Violation

_LONGEST_FOUND = 60
_MOST_OPTIONS = 100  # of an enumeration that a message lists
_MOST_NAMES = 50  # so many names of one object are compared: where more are unknown, none is mistyped
_ABSORBED_BY_CONST = "enum"


def violations(
    instance: Any, faults: Iterable[Fault], contract: str | None, secrets: Secrets = BY_WORDS
) -> tuple[Violation, ...]:
    """Return what the faults found in `instance` mean, by pointer, one for each mistake; no message tells a secret.

    At one place a wrong type absorbs every other fault and a wrong constant absorbs the enumeration it is one of:
    they are one mistake. So do two statements of one rule.
    """
    found: dict[Rule, str] = {}
    # An engine may report a keyword once for each name that is missing; it is explained once, for all of them.
    for fault in {(fault.path, fault.keyword, id(fault.schema), fault.name): fault for fault in faults}.values():
        for path, message in mistakes(instance, fault, secrets):
            key = pointer_text(path), fault.keyword
            found[key] = min(found.get(key, message), message, key=lambda text: (len(text), text))
    return tuple(
        Violation(pointer, keyword, message, contract)
        for (pointer, keyword), message in sorted(found.items())
        if not _is_absorbed(pointer, keyword, found)
    )


def rules_broken(instance: Any, faults: Iterable[Fault]) -> frozenset[Rule]:
    """Return the pointer and the keyword of each of the `violations` that faults mean, without a word about them."""
    found: set[Rule] = set()
    for fault in faults:
        names = names_at_fault(fault, at(instance, fault.path))
        places = [fault.path] if names is None else [(*fault.path, name) for name in names]
        found.update((pointer_text(place), fault.keyword) for place in places)
    return frozenset(rule for rule in found if not _is_absorbed(*rule, found))


def _is_absorbed(pointer: str, keyword: str, found: Container[Rule]) -> bool:
    if keyword != "type" and (pointer, "type") in found:
        return True
    return keyword == _ABSORBED_BY_CONST and (pointer, "const") in found


def mistakes(instance: Any, fault: Fault, secrets: Secrets = BY_WORDS) -> Iterator[tuple[Pointer, str]]:
    """Yield the place and the message of what a fault in `instance` means: one for each name that it is about."""
    value = at(instance, fault.path)
    names = names_at_fault(fault, value)
    if names is None:
        yield fault.path, _message(fault, value, secrets)
    elif fault.keyword == "required":
        unknown = additional_names(fault.schema, value) if "properties" in fault.schema else []
        for number, name in enumerate(names):
            yield (*fault.path, name), _missing(name, unknown if number < _MOST_NAMES else ())
    else:
        missing = [declared for declared in fault.schema.get("properties", ()) if declared not in value]
        for number, name in enumerate(names):
            options = missing if number < _MOST_NAMES else ()
            yield (*fault.path, name), unexpected(name, value[name], options)


def names_at_fault(fault: Fault, value: Any) -> list[str] | None:
    """Return the names of the properties that a fault of an object is about, None for one of the value itself."""
    if fault.keyword == "required":
        return [name for name in fault.schema["required"] if name not in value]
    return additional_names(fault.schema, value) if fault.keyword == "additionalProperties" else None


def _missing(name: str, unknown: Sequence[str]) -> str:
    mistyped = near(name, unknown[:_MOST_NAMES])
    meant = f'; there is {quoted(mistyped)}: did you mean "{printable(name)}"?' if mistyped else ""
    return f"expected {quoted(name)}, found no such property{meant}"


def unexpected(name: str, value: Any, missing: Sequence[str] = ()) -> str:
    """Return what is said of a property that there should not be; it may be one of those that are `missing`."""
    # Its value is not quoted: it may be what should never have been sent.
    return f"expected no property {quoted(name)}, found {_kind(value)}{did_you_mean(name, missing)}"


def _message(fault: Fault, value: Any, secrets: Secrets) -> str:
    schema, keyword = fault.schema, fault.keyword
    if keyword == "not":
        # The value is not quoted: a property is forbidden because of what it may hold.
        return f"expected {schema.get('title', 'something else')}, found one"
    if fault.name is not None:
        return f"expected each name of a property to be {_name(schema[keyword])}, found {quoted(fault.name)}"
    options = schema.get("enum", [schema["const"]] if "const" in schema else [])
    is_long = keyword == "enum" and len(options) > _MOST_OPTIONS
    expected = some_of(options, _MOST_OPTIONS) if is_long else _EXPECTED.get(keyword, _by_title)(schema, keyword)
    if secrets.on_way(fault.path) and value != MASK:  # who has hidden it before breaks the rule, and is to be told so
        return f"expected {expected}, found {_kind(value)}, which is not shown"
    return f"expected {expected}, found {found(value)}{did_you_mean(value, options)}"


def _by_title(schema: Mapping[str, Any], keyword: str) -> str:
    fallback = f"what {keyword} {shortened(printable(json.dumps(schema.get(keyword))))} allows"
    return str(schema.get("title", fallback))


def _name(names: Mapping[str, Any]) -> str:
    """Return in a few words which names a schema allows; one that is referred to, by what it is called."""
    reference = str(names.get("$ref", "")).rpartition("/")[2]
    told = names.get("title") or reference or described(names) or " and ".join(limits(names))
    return str(told or "as propertyNames says")


def _type(schema: Mapping[str, Any], _keyword: str) -> str:
    names = _alternatives(type_names(schema["type"]))
    title = str(schema.get("title", names))
    return title if title.startswith(names) else f"{title} ({names})"


def _enum(schema: Mapping[str, Any], _keyword: str) -> str:
    return _alternatives([found(option) for option in schema["enum"]])


def _const(schema: Mapping[str, Any], _keyword: str) -> str:
    only = found(schema["const"])
    title = str(schema.get("title", only))
    return title if only.strip('"') in title else f"{title} ({only})"


def _any(schema: Mapping[str, Any], keyword: str) -> str:
    return str(schema.get("title", _alternatives([_by_title(option, "type") for option in schema[keyword]])))


def _limit(text: str, unit: str = "", units: str = "") -> Callable[[Mapping[str, Any], str], str]:
    return lambda schema, keyword: text.format(schema[keyword]) + (unit if schema[keyword] == 1 else units)


_EXPECTED: Mapping[str, Callable[[Mapping[str, Any], str], str]] = MappingProxyType(
    {
        "type": _type,
        "enum": _enum,
        "const": _const,
        "anyOf": _any,
        "oneOf": _any,
        "minLength": _limit("text of at least {}", " character", " characters"),
        "maxLength": _limit("text of at most {}", " character", " characters"),
        "minimum": _limit("at least {}"),
        "maximum": _limit("at most {}"),
        "exclusiveMinimum": _limit("more than {}"),
        "exclusiveMaximum": _limit("less than {}"),
        "multipleOf": _limit("a multiple of {}"),
        "minItems": _limit("at least {}", " item", " items"),
        "maxItems": _limit("at most {}", " item", " items"),
        "minProperties": _limit("at least {}", " property", " properties"),
        "maxProperties": _limit("at most {}", " property", " properties"),
        "uniqueItems": lambda _schema, _keyword: "no item twice",
    }
)

_LIMITS = frozenset(_EXPECTED) - {"type", "enum", "const", "anyOf", "oneOf"}


def _alternatives(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:]))) or "nothing"


def described(schema: Mapping[str, Any]) -> str | None:
    """Return in a few words which values `schema` allows, None where it says nothing about the value itself."""
    for keyword in ("const", "enum", "type", "anyOf", "oneOf", "pattern", "format"):
        if keyword in schema:
            return _EXPECTED.get(keyword, _by_title)(schema, keyword)
    return str(schema["title"]) if "title" in schema else None


def limits(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield in a few words each how far `schema` limits a value: ``at most 30000``."""
    stated = (keyword for keyword in schema if keyword in _LIMITS and schema[keyword] is not False)
    return (_EXPECTED[keyword](schema, keyword) for keyword in stated)


def quoted(text: str) -> str:
    """Return `text` as a JSON string fit for one line of a terminal, shortened, without a secret that it names."""
    return f'"{shortened(printable(BY_WORDS.name(text[: _LONGEST_FOUND + 1])), _LONGEST_FOUND)}"'


def found(value: Any) -> str:
    """Return a JSON value as a message shows it: scalars as JSON, an object or array by its size."""
    if isinstance(value, str):
        text = BY_WORDS.text(value)
        return f"{quoted(text)} ({len(text)} characters)" if len(text) > _LONGEST_FOUND else quoted(text)
    if isinstance(value, Mapping):
        properties = "1 property" if len(value) == 1 else f"{len(value)} properties"
        return f"an object of {properties}" if value else "an empty object"
    if isinstance(value, list | tuple):
        return f"an array of {len(value)}" if value else "an empty array"
    return shortened(printable(json.dumps(value, default=repr)), _LONGEST_FOUND)


def some_of(values: Sequence[Any], most: int) -> str:
    """Return JSON values as a message lists them, of more than `most` only so many."""
    shown = ", ".join(map(found, values[:most]))
    return shown if len(values) <= most else f"one of {len(values):,} values: {shown}, …"


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "a string"
    return found(value) if isinstance(value, Mapping | list | tuple | bool | None) else "a number"


def did_you_mean(text: Any, options: Iterable[Any]) -> str:
    """Return ``; did you mean "…"?`` if `text` resembles one of the options, else nothing."""
    option = near(text, options)
    return "" if option is None else f"; did you mean {quoted(option)}?"
