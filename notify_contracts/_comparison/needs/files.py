"""Files of needs: our own format, ``needs/*.json``, whose shape ``contracts/need.schema.json`` states."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from notify_contracts._comparison.needs.matching import Matching, Pattern
from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Origin, Read
from notify_contracts._comparison.needs.paths import PathError, path
from notify_contracts._schema import (
    PatternError,
    UnusableSchemaError,
    pointer_text,
    require_usable,
    subschemas,
)
from notify_contracts._untrusted import NotJsonError, parse, printable, printable_json
from notify_contracts.catalog import misshapen, read_regular
from notify_contracts.errors import SourceError

YAML_SUFFIXES = (".yaml", ".yml")
_MOST_BYTES = 16 * 1024 * 1024
_DEEPEST_FORM = 50
_SUFFIXES = (".json", *YAML_SUFFIXES)
NEEDS_SCHEMA = "https://notify-contracts.invalid/need.schema.json"
"""What files of needs name as their schema."""


def files_of_needs(named: str) -> Iterator[FilePath]:
    """Yield the file of this name; of a folder, whatever in it, however deep, ends as a file of needs does.

    What begins with a dot is left out. Raise SourceError where there is none.
    """
    place = FilePath(named)
    if not place.is_dir():
        yield place
        return
    listed = (file for file in place.rglob("*") if file.suffix in _SUFFIXES)
    found = sorted(file for file in listed if not any(part[0] == "." for part in file.relative_to(place).parts))
    if not found:
        raise SourceError(f"{printable(named)}: no file of needs in it: they end in {', '.join(_SUFFIXES)}")
    yield from found


def read_consumer(file: FilePath) -> Consumer:
    """Return the consumer that a file of needs tells of; raise SourceError, saying where, if it cannot be used."""
    shown = printable(str(file))
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise SourceError(f"{shown}: larger than 16 MiB: a file of needs is a few kilobytes")
        content = parse(read_regular(file))
    except OSError as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except NotJsonError as error:
        raise SourceError(f"{shown}: {error}; a file of needs is JSON, as needs init writes it") from None
    for pointer, message in misshapen("needs", content):
        raise SourceError(f"{shown}: {pointer or '/'}: {printable(message)}")
    try:
        return _consumer(content, file.name)
    except _WrongError as error:
        raise SourceError(f"{shown}: {error}") from None


def written_consumer(consumer: Consumer) -> bytes:
    """Return the content of the file of needs that tells of `consumer`."""
    head = {"consumer": consumer.name, "version": consumer.version, "description": consumer.description}
    content = {"$schema": NEEDS_SCHEMA, **head, "needs": [_need_content(need) for need in consumer.needs]}
    return (printable_json(_filled(content)) + "\n").encode()


class _WrongError(Exception):
    """Something in a file of needs cannot be used; the text says where and why."""


def _consumer(content: Mapping[str, Any], file: str) -> Consumer:
    needs = tuple(_need(one, f"/needs/{number}", Origin(file)) for number, one in enumerate(content["needs"]))
    return Consumer(content["consumer"], needs, content.get("version"), content.get("description", ""))


def _need(one: Mapping[str, Any], place: str, file: Origin) -> Need:
    matching = Matching(one.get("matching", Matching.GLOB))
    origin = _origin(one, file)
    return Need(
        _patterns(one["event_types"], matching, f"{place}/event_types"),
        tuple(_read(read, f"{place}/reads/{number}", origin) for number, read in enumerate(one["reads"])),
        _patterns(one.get("except", ()), matching, f"{place}/except"),
        _patterns(one.get("only", ()), matching, f"{place}/only"),
        frozenset(one.get("priorities", ())),
        one.get("group", ""),
        one.get("for", ""),
        origin,
    )


def _patterns(texts: Sequence[str], matching: Matching, place: str) -> tuple[Pattern, ...]:
    patterns = tuple(Pattern(text, matching) for text in texts)
    for number, pattern in enumerate(patterns):
        try:
            pattern.matches("")
        except PatternError as error:
            raise _WrongError(f"{place}/{number}: {printable(pattern.text)}: {error}") from None
    return patterns


def _read(one: Mapping[str, Any], place: str, origin: Origin) -> Read:
    paths = []
    for number, text in enumerate(one["places"]):
        try:
            paths.append(path(text))
        except PathError as error:
            raise _WrongError(f"{place}/places/{number}: {error}") from None
    form = one.get("form", {})
    _require_form(form, f"{place}/form")
    absent = Effect(one.get("absent", Effect.FAILS))
    malformed = Effect(one.get("malformed", absent))
    kept = form, absent, malformed, one.get("empty_is_absent", False), one.get("unclear", "")
    return Read(tuple(paths), *kept, one.get("for", ""), _origin(one, origin))


def _require_form(form: Mapping[str, Any], place: str) -> None:
    """Raise `_WrongError` for a schema that engines are not given: what none of them applies guarantees nothing."""
    uri = "https://notify-contracts.invalid/form"
    if _is_deeper(form, _DEEPEST_FORM):
        raise _WrongError(f"{place}: nested deeper than {_DEEPEST_FORM} levels: say less")
    for pointer, schema in subschemas(form):
        if "$ref" in schema:
            raise _WrongError(f"{place}{pointer_text(pointer)}: a $ref: write the schema itself in its place")
    try:
        require_usable(lambda asked: {uri: form}[asked], uri)
    except UnusableSchemaError as error:
        raise _WrongError(f"{place}{error.uri.removeprefix(uri).removeprefix('#')}: {error.reason}") from None


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether so many levels of arrays and objects are not enough for `value`."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(one, levels - 1) for one in inner)


def _origin(one: Mapping[str, Any], otherwise: Origin) -> Origin:
    source = one.get("source")
    return otherwise if source is None else Origin(source["file"], source.get("line"))


def _need_content(need: Need) -> dict[str, Any]:
    matching = need.included[0].matching
    return _filled(
        {
            "for": need.purpose,
            "event_types": [one.text for one in need.included],
            "except": [one.text for one in need.excluded],
            "only": [one.text for one in need.only],
            "matching": None if matching is Matching.GLOB else matching.value,
            "priorities": sorted(need.priorities),
            "group": need.group,
            "reads": [_read_content(read, need.origin) for read in need.reads],
            "source": _origin_content(need.origin),
        }
    )


def _read_content(read: Read, of_need: Origin | None) -> dict[str, Any]:
    return (
        _filled({"for": read.purpose})
        | {"places": list(map(str, read.paths))}
        | _filled(
            {
                "form": dict(read.form),
                "absent": read.absent.value,
                "malformed": None if read.malformed is read.absent else read.malformed.value,
                "empty_is_absent": read.empty_is_absent or None,
                "unclear": read.unclear,
                "source": None if read.origin == of_need else _origin_content(read.origin),
            }
        )
    )


def _origin_content(origin: Origin | None) -> dict[str, Any] | None:
    return None if origin is None else _filled({"file": origin.file, "line": origin.line})


def _filled(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in (None, "", [], {})}
