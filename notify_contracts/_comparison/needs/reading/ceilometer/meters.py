"""``meters.yaml``: of which notifications samples are made; source: ceilometer.meter.notifications 27.0.0."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notify_contracts._comparison.needs.matching import Matching, Pattern
from notify_contracts._comparison.needs.model import Effect, Need, Origin, Read
from notify_contracts._comparison.needs.reading.ceilometer.forms import TIME, TRAITS
from notify_contracts._comparison.needs.reading.ceilometer.paths import Taken, is_constant, taken
from notify_contracts._comparison.needs.reading.wrong import WrongError, line_of, mapping_of, texts_of
from notify_contracts._schema import PatternError

PRIORITIES = frozenset(("INFO", "SAMPLE"))
"""The priorities of which Ceilometer makes samples."""

_REQUIRED = ("name", "type", "event_type", "unit", "volume", "resource_id")
_FALSE: Mapping[str, Any] = {"enum": ["", 0, False, [], {}]}
"""What Python takes for nothing, and Ceilometer leaves alone: it is read as if it were not there."""

_WORDS = ("name", "type", "unit")
_PLAIN = re.compile(r"[a-zA-Z_][a-zA-Z0-9_@\-]*")
_RESERVED = frozenset(("where", "true", "false"))

_ABSENT = {
    "volume": Effect.FAILS,
    "resource_id": Effect.FAILS,
    "timestamp": Effect.DEFAULTED,
    "user_id": Effect.DEFAULTED,
    "project_id": Effect.DEFAULTED,
    "name": Effect.DEFAULTED,
    "type": Effect.DEFAULTED,
    "unit": Effect.DEFAULTED,
}
"""Attributes of a sample, and what becomes of it without one.

Gnocchi's publisher raises for a sample without resource_id or volume; the others are taken from the context, the
message or the definition.
"""

_FORMS: Mapping[str, tuple[dict[str, Any], Effect]] = {
    "volume": (TRAITS["float"], Effect.FAILS),
    "resource_id": ({"type": "string"}, Effect.FAILS),
    "timestamp": ({"anyOf": [TIME, _FALSE]}, Effect.FAILS),
}
"""Attributes that are converted, and what becomes of a sample of which one cannot be."""


def needs_of_meters(files: Iterable[tuple[str, Any]]) -> Iterator[Need]:
    """Yield a need for each meter of files, each with its content.

    Of several meters with one name the last of the first file counts. Raise `WrongError`, saying where, for what
    Ceilometer refuses.
    """
    by_name: dict[str, tuple[Mapping[str, Any], Origin]] = {}
    for file, content in files:
        by_name = {**_meters(content, file), **by_name}
    for name, (meter, origin) in by_name.items():
        yield _need(f"meter {name}", meter, origin)


def _meters(content: Any, file: str) -> dict[str, tuple[Mapping[str, Any], Origin]]:
    meters = mapping_of(content, Origin(file), "meters").get("metric")
    if not isinstance(meters, list):
        raise WrongError(Origin(file), "expected a list of meters under metric")
    by_name = {}
    for one in meters:
        origin = Origin(file, line_of(one))
        meter = mapping_of(one, origin, "a meter")
        missing = [name for name in _REQUIRED if not meter.get(name)]
        if missing:
            raise WrongError(origin, f"the meter lacks {', '.join(missing)}")
        by_name[_name(meter["name"], origin)] = meter, origin
    return by_name


def _name(value: Any, origin: Origin) -> str:
    """Return the name of a meter: a text, or the path of one."""
    fields = value.get("fields") if isinstance(value, Mapping) else value
    return " or ".join(texts_of(fields, origin, "the name of a meter"))


def _need(purpose: str, meter: Mapping[str, Any], origin: Origin) -> Need:
    patterns = []
    for text in texts_of(meter["event_type"], origin, "event_type"):
        pattern = Pattern(text, Matching.REGEX_PREFIX)
        try:
            pattern.matches("")
        except PatternError as error:
            raise WrongError(origin, f"event_type {text}: {error}") from None
        patterns.append(pattern)
    reads = tuple(_reads(purpose, meter, origin))
    return Need(tuple(patterns), reads, priorities=PRIORITIES, purpose=purpose, origin=origin)


def _reads(purpose: str, meter: Mapping[str, Any], origin: Origin) -> Iterator[Read]:
    lookup = texts_of(meter["lookup"], origin, "lookup") if meter.get("lookup") else ()
    several = "of several values as many are needed of each" if lookup else ""
    for name, absent in _ABSENT.items():
        value = meter.get(name)
        _require_path(name, value, origin)
        if not value or (isinstance(value, str) and is_constant(value)):
            continue
        form, malformed = _FORMS.get(name, ({}, absent))
        effect = Effect.LOST if name in lookup else absent
        yield from _taken(f"{purpose}, {name}", value, (form, effect, malformed), several, origin)
    metadata = meter.get("metadata") or {}
    for name, value in mapping_of(metadata, origin, "metadata").items():
        yield from _taken(f"{purpose}, metadata {name}", value, ({}, Effect.LOST, Effect.LOST), several, origin)
    if user := meter.get("user_metadata"):
        kept = {"anyOf": [{"type": "object"}, _FALSE]}, Effect.LOST, Effect.FAILS
        yield from _taken(f"{purpose}, user_metadata", user, kept, several, origin)


def _require_path(name: str, value: Any, origin: Origin) -> None:
    """Raise `WrongError` for a name, type or unit that is no path: Ceilometer reads it as one, and drops the meter."""
    if name not in _WORDS or not isinstance(value, str) or any(sign in value for sign in "$.`"):
        return
    if not _PLAIN.fullmatch(value) or value in _RESERVED:
        said = f"{name} {value}: Ceilometer reads it as a path, cannot, and leaves the meter out: write a plain word"
        raise WrongError(origin, said)


def _taken(
    purpose: str, value: Any, kept: tuple[dict[str, Any], Effect, Effect], unclear: str, origin: Origin
) -> Iterator[Read]:
    form, absent, malformed = kept
    settings = value if isinstance(value, Mapping) else {"fields": value}
    if "fields" not in settings:
        raise WrongError(origin, f"{purpose}: has no fields")
    found = taken(settings["fields"])
    if settings.get("plugin"):
        unclear = unclear or "what its plugin makes of it is not understood"
    if unclear := unclear or found.unclear or _nothing(found):
        yield Read((), {}, absent, malformed, unclear=unclear, purpose=purpose, origin=origin)
        return
    yield from found.reads(Read((), form, absent, malformed, purpose=purpose, origin=origin))


def _nothing(found: Taken) -> str:
    return "a message has no such place at its top: it never comes" if found.is_nothing else ""
