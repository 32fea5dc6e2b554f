"""What oslo.messaging's two formats make of a message: its own writers are asked, and what they refuse is named.

Source: oslo.messaging 18.3 writes format 2.0 with oslo.serialization and format 1.0 with kombu. What the writer refuses
is lost: nothing is raised to the service, and its log speaks of the connection.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from oslo_serialization import jsonutils

from notify_contracts._untrusted import printable, shortened
from notify_contracts.emitting import Lost, Undelivered
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import MESSAGE_KEY, VERSION_KEY, FormatVersion, decode, unwrap

Write = Callable[[Any], str]


def carried(
    message: Mapping[str, Any], context: Any, version: FormatVersion
) -> Notification | Unreadable | Lost | Undelivered:
    """Return what arrives of `message`, a notification of oslo.messaging's, where `version` is configured.

    `context` is a dict, or an object with ``to_dict`` as `oslo_context.context.RequestContext` is; with anything else
    oslo.messaging delivers nothing.
    """
    try:
        values = context if isinstance(context, dict) else context.to_dict()
        packed = {**message, **{f"_context_{key}": value for key, value in values.items()}}
    except Exception as error:  # noqa: BLE001 - it is the service's own class, which may raise anything
        return _undelivered(f"its context, a {type(context).__name__}, cannot be made a dict", error)
    write = _writer(version)
    try:
        return _read(write(packed), version)
    except Exception as error:  # noqa: BLE001 - the writers ask objects to describe themselves, which may raise anything
        return _lost(packed, write, version, error)


def _writer(version: FormatVersion) -> Write:
    if version == "2.0":
        return jsonutils.dumps
    return _written_for_kombu


def _written_for_kombu(value: Any) -> str:
    """Write as kombu does; raise ValueError for a tagged object of the service's own, which ends kombu's reading."""
    from kombu.utils.json import dumps, loads  # what every oslo.messaging with RabbitMQ has

    written: str = dumps(value)  # type: ignore[no-untyped-call]  # kombu has no types
    if "__type__" in written:
        loads(written)  # type: ignore[no-untyped-call]  # as above
    return written


def _read(written: str, version: FormatVersion) -> Notification | Unreadable:
    return decode(written) if version == "1.0" else unwrap({VERSION_KEY: version, MESSAGE_KEY: written})


def _lost(packed: Mapping[str, Any], write: Write, version: FormatVersion, error: Exception) -> Lost | Undelivered:
    reason = f"oslo.messaging's format {version} cannot carry"
    try:
        place, what = next(_refused(packed, write, ()))
        content = _read(jsonutils.dumps(_readable(packed, write)), version)
    except Exception:  # noqa: BLE001 - as above; or it holds itself
        return _undelivered(f"{reason} it", error)
    if isinstance(content, Unreadable):
        return _undelivered(f"{reason} {what}", error)
    return Lost(content, place, f"{reason} {what}")


def _undelivered(reason: str, error: Exception) -> Undelivered:
    return Undelivered(shortened(printable(f"{reason}: {type(error).__name__}: {error}"), 300))


def _refused(value: Any, write: Write, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield where the innermost values stand that the writer refuses, and what they are."""
    if not _is_refused(value, write):
        return
    inside: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        yield from ((place, f"a key of type {type(key).__name__}") for key in value if _is_refused({key: None}, write))
        inside = value.items()
    elif isinstance(value, list | tuple):
        inside = enumerate(value)
    yield from (found for key, item in inside for found in _refused(item, write, (*place, key)))
    yield place, f"a value of type {type(value).__name__}"


def _readable(value: Any, write: Write) -> Any:
    """Return a copy in which what the writer refuses stands as format 2.0 has it, or else as its type's name."""
    if not _is_refused(value, write):
        return value
    if isinstance(value, Mapping):
        return {
            f"<{type(key).__name__}>" if _is_refused({key: None}, write) else key: _readable(item, write)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_readable(item, write) for item in value]
    return f"<{type(value).__name__}>" if _is_refused(value, jsonutils.dumps) else value


def _is_refused(value: Any, write: Write) -> bool:
    try:
        write(value)
    except Exception:  # noqa: BLE001 - as above
        return True
    return False
