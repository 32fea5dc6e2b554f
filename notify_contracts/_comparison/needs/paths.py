"""Places that consumers read: the part of JSONPath (RFC 9535) that JSON Schema can speak of."""

import re
from functools import reduce
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._schema import pointer_parts, pointer_text
from notify_contracts._untrusted import NotJsonError, dump, parse, printable, shortened
from notify_contracts.wire import is_of_transport

Schema = dict[str, Any]

_SOMETHING: Schema = {"type": ["boolean", "object", "array", "number", "string"]}
_MOST_STEPS = 50
_MOST_NAMES = 10
_HIGHEST_INDEX = 1000
_NAME = re.compile(r"[A-Za-z_\u0080-\U0010ffff][0-9A-Za-z_\u0080-\U0010ffff]*")
_TOKEN = re.compile(
    r"""
    \.(?P<name>[A-Za-z_\u0080-\U0010ffff][0-9A-Za-z_\u0080-\U0010ffff]*)
  | \[\s*(?P<index>0|[1-9][0-9]{0,6})\s*\]
  | \[\s*(?P<all>\*)\s*\]
  | \[\s*(?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*\]
  | \[\s*\?\s*@(?P<where>(?:\.[A-Za-z_][0-9A-Za-z_]*|\['[^'\\]*'\])+)
      (?:\s*==\s*(?P<value>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|true|false|null|-?[0-9]+(?:\.[0-9]+)?))?\s*\]
    """,
    re.VERBOSE,
)


class PathError(ValueError):
    """The text is no path that can be read here; ``str()`` says where and what can."""


class Name(NamedTuple):
    """A member of an object."""

    key: str


class Index(NamedTuple):
    """An item of an array, counted from 0."""

    key: int


class Items(NamedTuple):
    """All items of an array of which `where`, a schema, is true: the first that has what follows is meant."""

    where: tuple[tuple[str, ...], bool, Any] | None = None


Step = Name | Index | Items


@dataclass(frozen=True)
class Path:
    """A place in a notification: the steps that lead to it from its top."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """Return it as JSONPath: ``$.payload.id``."""
        return "$" + "".join(map(_step_text, self.steps))

    @property
    def is_of_transport(self) -> bool:
        """Whether it is in what a transport adds (``_unique_id``, ``_context_*``), of which contracts say nothing."""
        first = self.steps[0] if self.steps else None
        return isinstance(first, Name) and is_of_transport(first.key)

    @property
    def pointer(self) -> str | None:
        """The place as a JSON Pointer; None where it is not one place, but one of several items."""
        keys = tuple(step.key for step in self.steps if not isinstance(step, Items))
        return pointer_text(keys) if len(keys) == len(self.steps) else None

    def present(self, *, empty_is_absent: bool = False) -> Schema:
        """Return what a notification keeps that has something there: not null, nor an empty text if that is absent."""
        inner: Schema = {**_SOMETHING, **({"not": {"const": ""}} if empty_is_absent else {})}
        return reduce(lambda below, step: _has(step, below), reversed(self.steps), inner)

    def well_formed(self, form: Schema, *, empty_is_absent: bool = False) -> Schema:
        """Return what a notification keeps in which whatever is there, and not absent, keeps `form`."""
        ignored: Schema = {"enum": [None, ""]} if empty_is_absent else {"type": "null"}
        inner: Schema = {"anyOf": [ignored, form]}
        return reduce(lambda below, step: _if_has(step, below), reversed(self.steps), inner)


def path(text: str) -> Path:
    """Return the path that `text` is, as ``$.payload.id``, ``$.payload['a b'][0]`` or ``$.tags[?@.key == 'x'].value``.

    Raise `PathError` for anything else.
    """
    if not text.startswith("$"):
        raise PathError(f"{_shown(text)}: a path begins with $, as $.payload.id")
    steps: list[Step] = []
    position = 1
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or len(steps) == _MOST_STEPS:
            rest = _shown(text[position:])
            known = ".name, ['a name'], [0], [*] or [?@.key == 'value']"
            raise PathError(f"{_shown(text)}: not understood from {rest} on: write {known}")
        steps.append(_step(token))
        position = token.end()
    return Path(tuple(steps))


def path_to(pointer: str, value: Any) -> Path:
    """Return the path of the place in `value` that a JSON Pointer names."""
    steps: list[Step] = []
    for part in pointer_parts(pointer):
        is_item = isinstance(value, list)
        steps.append(Index(int(part)) if is_item else Name(part))
        value = value[int(part)] if is_item else value.get(part) if isinstance(value, dict) else None
    return Path(tuple(steps))


def of_names(*names: str) -> Path:
    """Return the path that leads through members of objects."""
    return Path(tuple(map(Name, names)))


def _step(token: re.Match[str]) -> Step:
    if token["name"] is not None:
        return Name(token["name"])
    if token["index"] is not None:
        index = int(token["index"])
        if index > _HIGHEST_INDEX:
            raise PathError(f"[{index}]: an index is at most {_HIGHEST_INDEX}")
        return Index(index)
    if token["quoted"] is not None:
        return Name(_literal(token["quoted"]))
    if token["all"] is not None:
        return Items()
    names = tuple(plain or quoted for plain, quoted in re.findall(r"\.(\w+)|\['([^'\\]*)'\]", token["where"]))
    if len(names) > _MOST_NAMES:
        raise PathError(f"{_shown(token[0])}: a condition leads through at most {_MOST_NAMES} names")
    has_value = token["value"] is not None
    return Items((names, has_value, _literal(token["value"]) if has_value else None))


def _literal(text: str) -> Any:
    if text.startswith("'"):
        text = '"' + text[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
    try:
        return parse(text.encode())
    except NotJsonError:
        raise PathError(f"{_shown(text)}: not a text or number as JSON has it") from None


def _step_text(step: Step) -> str:
    if isinstance(step, Index):
        return f"[{step.key}]"
    if isinstance(step, Name):
        return _name_text(step.key)
    if step.where is None:
        return "[*]"
    names, has_value, value = step.where
    asked = "@" + "".join(map(_name_text, names))
    return f"[?{asked} == {_value_text(value)}]" if has_value else f"[?{asked}]"


def _name_text(name: str) -> str:
    return f".{name}" if _NAME.fullmatch(name) else f"[{_value_text(name)}]"


def _value_text(value: Any) -> str:
    text = dump(value).decode()
    if not isinstance(value, str):
        return text
    return "'" + text[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def _has(step: Step, below: Schema) -> Schema:
    if isinstance(step, Name):
        return {"type": "object", "required": [step.key], "properties": {step.key: below}}
    if isinstance(step, Index):
        return {"type": "array", "minItems": step.key + 1, "prefixItems": [*([True] * step.key), below]}
    one = below if step.where is None else {"allOf": [_where(step.where), below]}
    return {"type": "array", "contains": one}


def _if_has(step: Step, below: Schema) -> Schema:
    if isinstance(step, Name):
        return {"properties": {step.key: below}}
    if isinstance(step, Index):
        return {"prefixItems": [*([True] * step.key), below]}
    return {"items": below if step.where is None else {"anyOf": [{"not": _where(step.where)}, below]}}


def _where(where: tuple[tuple[str, ...], bool, Any]) -> Schema:
    names, has_value, value = where
    inner: Schema = {"const": value} if has_value else {}
    return reduce(lambda below, name: _has(Name(name), below), reversed(names), inner)


def _shown(text: str) -> str:
    return shortened(printable(text), 80)
