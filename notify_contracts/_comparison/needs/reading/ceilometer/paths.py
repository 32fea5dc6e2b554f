"""The dialect in which Ceilometer says what it takes of a notification: that of jsonpath-rw-ext 1.2.

What is not understood is said, never guessed: of such a read nobody can tell. Understood are plain paths, one after
another in a list or in brackets with bars between, a text that is split, texts put together, a number times another.
A bar without brackets is not: there it binds closer than a dot. Source: jsonpath_rw.jsonpath, jsonpath_rw_ext.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._comparison.needs.model import Effect, Read
from notify_contracts._comparison.needs.paths import Index, Items, Name, Path, Step
from notify_contracts._comparison.needs.reading.ceilometer.raising import Guard, guard

Schema = dict[str, Any]

_MOST_CHARACTERS = 1000
_MOST_ITEMS = 3
_MOST_PATHS = 20
_ID = r"@?(?!(?:true|false)|where(?![a-zA-Z0-9_@\-]))[a-zA-Z_][a-zA-Z0-9_@\-]*"
_QUOTED = r"'[^'\\]*'|\"[^\"\\]*\""
_ANY = rf"(?:{_ID}|{_QUOTED})"
_FILTER = rf"\?(?P<open>\()?(?(open)@\.|(?:@\.)?)(?P<key>{_ID}(?:\.{_ID})*)\s*={{1,2}}\s*(?P<value>{_ANY})(?(open)\))"
_STEP = re.compile(
    rf"""\.?\[(?:(?P<index>\d{{1,3}})|(?P<all>\*)|(?P<member>{_ANY})|{_FILTER})\]
  | \.(?P<name>{_ANY})""",
    re.VERBOSE,
)
_FIRST = re.compile(rf"(?:\$\.)?({_ANY})")
_FUNCTION = re.compile(r"(.+)\.`([^`]*)`", re.DOTALL)
_SPLIT = re.compile(r"split\((.),\s+(\d+),\s+(\d+|-1)\)")
_OPERATION = re.compile(r"\s+([+*])\s+")
_TIMES = re.compile(r"-?\d{1,9}")
_TEXT = re.compile(_QUOTED)
_CONTEXT, _METADATA = "ctxt", "metadata"
_TOP = frozenset((_CONTEXT, _METADATA, "payload", "publisher_id", "event_type"))
"""What a message has at its top when Ceilometer reads it."""

_STRING: Mapping[str, Any] = MappingProxyType({"type": "string"})
_REPEATED: Mapping[str, Any] = MappingProxyType({"type": ["string", "number", "boolean", "array"]})
"""What can be multiplied: numbers; Python repeats the others."""


@dataclass(frozen=True)
class Taken:
    """What an expression takes: the first of `paths`, of the form that a function asks for, and `also` other places.

    `guards` are places that must be of some form, or Ceilometer raises on its way. `unclear` says what is not
    understood, and then there are no paths. `is_nothing` says that a message never has such a place.
    """

    paths: tuple[Path, ...] = ()
    form: Schema = field(default_factory=dict)
    also: tuple[Path, ...] = ()
    guards: tuple[Guard, ...] = ()
    unclear: str = ""
    is_nothing: bool = False

    @property
    def has_items(self) -> bool:
        """Whether it may be one of several items, of which the first that is not null counts."""
        return any(isinstance(step, Items) for path in self.paths for step in path.steps)

    def reads(self, read: Read) -> Iterator[Read]:
        """Yield what is read where `read` is made of the first of the paths; its form is that of a function, if any."""
        formed = replace(read, form=self.form, malformed=read.absent)
        if self.paths:
            yield replace(formed if self.form else read, paths=self.paths)
        rest = replace(formed, empty_is_absent=False)
        yield from (replace(rest, paths=(path,)) for path in self.also)
        yield from (replace(rest, paths=(one.path,), form=one.form, malformed=Effect.FAILS) for one in self.guards)


def taken(fields: Any) -> Taken:
    """Return what ``fields`` of a definition takes: a constant, a path, or the first of several that is not null."""
    if isinstance(fields, int):
        return Taken()
    several = [fields] if isinstance(fields, str) else fields
    if not isinstance(several, list) or not several or not all(isinstance(one, str) for one in several):
        return Taken(unclear="neither a path nor a list of paths")
    if len(several) > _MOST_PATHS:
        return Taken(unclear=f"more than {_MOST_PATHS} paths")
    found = [_expression(alternative) for one in several for alternative in _alternatives(one)]
    if len(found) == 1:
        return found[0]
    unclear = next((one.unclear for one in found if one.unclear), "")
    if not unclear and any(one.form or one.also for one in found):
        unclear = "a function or an operation in one of several paths is not understood"
    if unclear:
        return Taken(unclear=unclear)
    guards = tuple(each for one in found for each in one.guards)
    paths = tuple(dict.fromkeys(path for one in found for path in one.paths))
    return Taken(paths, guards=guards, is_nothing=not paths)


def is_constant(expression: Any) -> bool:
    """Whether an attribute of a meter names something that no message has, so that it stays what is written."""
    return taken(expression).is_nothing


def _alternatives(text: str) -> Sequence[str]:
    """Return the parts of ``(a.b)|(c.d)``, or the whole text."""
    bracketed = re.fullmatch(r"\((?P<inner>[^()|]*(?:\)\|\([^()|]*)*)\)", text)
    return bracketed["inner"].split(")|(") if bracketed else [text]


def _expression(text: str) -> Taken:
    if len(text) > _MOST_CHARACTERS:
        return Taken(unclear=f"a path of more than {_MOST_CHARACTERS} characters")
    if function := _FUNCTION.fullmatch(text):
        return _of_function(function[1], function[2])
    operands = _OPERATION.split(text)
    return _path(text) if len(operands) == 1 else _operation(text, operands[::2], set(operands[1::2]))


def _path(text: str) -> Taken:
    steps = _steps(text)
    if steps is None:
        return Taken(unclear=f"not understood: {text[:200]}")
    place = _placed(steps)
    if place is None:
        return Taken(is_nothing=True)
    if any(isinstance(one, Index | Items) and not isinstance(after, Name) for one, after in _pairs(steps)):
        return Taken(unclear=f"an item that is not looked into may be a character of a text: {text[:200]}")
    if sum(isinstance(step, Items) for step in steps) > _MOST_ITEMS:
        return Taken(unclear=f"items of items of items: {text[:200]}")
    found = guard(place)
    return Taken(tuple(_without_lists(place)), guards=(found,) if found else ())


def _pairs(steps: Sequence[Step]) -> Iterator[tuple[Step, Step | None]]:
    return zip(steps, (*steps[1:], None), strict=True)


def _without_lists(path: Path) -> Iterator[Path]:
    """Yield the path, and those that skip ``[*]``: one thing that is in no list is taken as a list of one."""
    either = [((step,), ()) if step == Items() else ((step,),) for step in path.steps]
    for chosen in product(*either):
        yield Path(tuple(step for several in chosen for step in several))


def _steps(text: str) -> list[Step] | None:
    first = _FIRST.match(text)
    if first is None:
        return None
    steps: list[Step] = [Name(_unquoted(first[1]))]
    position = first.end()
    while position < len(text):
        token = _STEP.match(text, position)
        if token is None:
            return None
        steps.append(_step(token))
        position = token.end()
    return steps


def _step(token: re.Match[str]) -> Step:
    if token["index"] is not None:
        return Index(int(token["index"]))
    if token["all"] is not None:
        return Items()
    if token["key"] is not None:
        return Items((tuple(token["key"].split(".")), True, _unquoted(token["value"])))
    return Name(_unquoted(token["member"] or token["name"]))


def _placed(steps: Sequence[Step]) -> Path | None:
    """Return a place of a message, as Ceilometer has it, in the notification as it was sent; None for no place."""
    first, rest = steps[0], tuple(steps[1:])
    if first.key not in _TOP if isinstance(first, Name) else True:
        return None
    if first == Name(_CONTEXT):
        return Path((Name(f"_context_{rest[0].key}"), *rest[1:])) if rest and isinstance(rest[0], Name) else None
    if first == Name(_METADATA):
        return Path(rest) if rest[:1] in ((Name("message_id"),), (Name("timestamp"),)) else None
    return Path((first, *rest))


def _of_function(text: str, function: str) -> Taken:
    found, form = _path(text), _asked(function)
    if found.unclear:
        return found
    if form is None or len(found.paths) != 1 or found.guards:
        return Taken(unclear=f"a function that is not understood: {function[:100]}")
    return Taken(found.paths, form)


def _operation(text: str, operands: Sequence[str], operators: set[str]) -> Taken:
    found = [_path(one) for one in operands if not _TEXT.fullmatch(one) and not _TIMES.fullmatch(one)]
    has_text, has_number = (any(map(kind.fullmatch, operands)) for kind in (_TEXT, _TIMES))
    joined = operators == {"+"} and has_text and not has_number
    multiplied = operators == {"*"} and len(operands) == 2 and has_number and not has_text  # noqa: PLR2004
    if not found or not (joined or multiplied) or any(len(one.paths) != 1 for one in found):
        return Taken(unclear=f"an operation that is not understood: {text[:200]}")
    guards = tuple(each for one in found for each in one.guards)
    places = tuple(one.paths[0] for one in found)
    return Taken(places[:1], dict(_STRING if joined else _REPEATED), places[1:], guards)


def _unquoted(text: str) -> str:
    return text[1:-1] if text[:1] in "'\"" else text


def _asked(function: str) -> Schema | None:
    """Return the form of a text of which a function makes something; None for one that is not understood."""
    split = _SPLIT.fullmatch(function)
    if split is None:
        return None
    character, segment, most = split[1], int(split[2]), int(split[3])
    if segment > 100 or 0 <= most < segment:  # noqa: PLR2004 - nobody splits so often; or such a segment is never there
        return None
    other = "[^\\]]" if character == "]" else f"[^{_in_class(character)}]"
    plain = f"[{_in_class(character)}]"
    return {"type": "string", **({"pattern": f"^(?:{other}*{plain}){{{segment}}}"} if segment else {})}


def _in_class(character: str) -> str:
    return f"\\{character}" if character in "\\^]-[" else character
