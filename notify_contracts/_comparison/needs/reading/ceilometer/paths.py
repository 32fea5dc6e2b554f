"""The dialect in which Ceilometer says what it takes of a notification: that of jsonpath-rw-ext 1.2.

What is not understood is said, never guessed: such a read stays unclear.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from notify_contracts._comparison.needs.paths import Index, Items, Name, Path, Step

Schema = dict[str, Any]

_MOST_CHARACTERS = 1000
_ID = r"@?[a-zA-Z_][a-zA-Z0-9_@\-]*"
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<root>\$)
  | (?P<item>\[\s*(?:-?\d+|\*)\s*\])
  | (?P<filter>\[\s*\?\s*\(?\s*(?:@\.)?(?P<key>{_ID}(?:\.{_ID})*)
      \s*={{1,2}}\s*(?P<value>{_ID}|{_QUOTED}|-?\d+)\s*\)?\s*\])
  | (?P<member>\[\s*(?:{_ID}|{_QUOTED})\s*\])
  | (?P<function>`[^`]*`)
  | (?P<name>{_ID})
  | (?P<quoted>{_QUOTED})
  | (?P<dot>\.(?!\.))
  | (?P<operator>[+*/]|(?<=\s)-(?=\s))
  | (?P<number>-?\d+(?:\.\d+)?)
    )""",
    re.VERBOSE,
)
_SPLIT = re.compile(r"split\((.),\s+(\d+),\s+(\d+|-1)\)")
_CONTEXT, _METADATA = "ctxt", "metadata"
_KNOWN = frozenset((_CONTEXT, _METADATA, "payload", "publisher_id", "event_type"))
"""What a message has at its top when Ceilometer reads it."""


@dataclass(frozen=True)
class Taken:
    """What an expression takes: the first of `paths`, of the form that a function asks for, and `also` other places.

    `unclear` says what is not understood. An expression that takes nothing of a notification has no paths.
    """

    paths: tuple[Path, ...] = ()
    form: Schema = field(default_factory=dict)
    also: tuple[Path, ...] = ()
    unclear: str = ""


def taken(fields: Any) -> Taken:
    """Return what ``fields`` of a definition takes: a constant, a path, or the first of several that is not null."""
    if isinstance(fields, int):
        return Taken()
    several = [fields] if isinstance(fields, str) else fields
    if not isinstance(several, list) or not several or not all(isinstance(one, str) for one in several):
        return Taken(unclear="neither a path nor a list of paths")
    found = [_expression(alternative) for one in several for alternative in _alternatives(one)]
    if len(found) == 1:
        return found[0]
    unclear = next((one.unclear for one in found if one.unclear), "")
    if not unclear and any(one.form or one.also for one in found):
        unclear = "a function or an operation in one of several paths is not understood"
    return Taken(tuple(path for one in found for path in one.paths), unclear=unclear)


def is_constant(expression: Any) -> bool:
    """Whether an attribute of a meter names something that no message has, so that it stays what is written."""
    found = taken(expression)
    return not any(path.steps and path.steps[0] in _TOPS for path in found.paths)


_TOPS = frozenset((Name("payload"), Name("publisher_id"), Name("event_type"), Name("message_id"), Name("timestamp")))


def _alternatives(text: str) -> Sequence[str]:
    """Return the parts of a union: ``a.b|c.d``, ``(a.b)|(c.d)``; other uses of bars and brackets are not understood."""
    parts = text.split("|") if not re.search(r"['\"`?]", text) else [text]
    return [part.strip()[1:-1] if re.fullmatch(r"\s*\([^()]*\)\s*", part) else part for part in parts]


def _expression(text: str) -> Taken:
    operands: list[list[Step]] = [[]]
    form: Schema = {}
    functions = position = 0
    while position < len(text.rstrip()):
        token = _TOKEN.match(text, position) if len(text) <= _MOST_CHARACTERS else None
        if token is None:
            return Taken(unclear=f"not understood: {text[:200]}")
        position = token.end()
        step = _step(token)
        if step is not None:
            operands[-1].append(step)
        elif token["function"] is not None:
            functions += 1
            asked = _asked(token["function"][1:-1])
            if asked is None:
                return Taken(
                    _paths(operands[:1]), unclear=f"a function that is not understood: {token['function'][:100]}"
                )
            form = asked
        elif token["operator"] is not None:
            operands.append([])
    paths = _paths(operands)
    if functions and (functions > 1 or len(operands) > 1):
        return Taken(paths[:1], unclear="several functions, or a function beside an operation, are not understood")
    return Taken(paths[:1], form, paths[1:])


def _paths(operands: Sequence[Sequence[Step]]) -> tuple[Path, ...]:
    """Return where operands stand in a notification; what is alone and no part of a message is a text."""
    places = [_placed(steps) for steps in operands if steps]
    return tuple(place for place in places if len(operands) == 1 or place.steps[0] in _TOPS or place.is_of_transport)


def _placed(steps: Sequence[Step]) -> Path:
    """Return a place of a message, as Ceilometer has it, in the notification as it was sent."""
    first, rest = steps[0], tuple(steps[1:])
    if first == Name(_CONTEXT) and rest and isinstance(rest[0], Name):
        return Path((Name(f"_context_{rest[0].key}"), *rest[1:]))
    if first == Name(_METADATA) and rest:
        return Path(rest)
    return Path((first, *rest))


def _step(token: re.Match[str]) -> Step | None:
    if token["name"] is not None:
        return Name(token["name"])
    if token["quoted"] is not None:
        return Name(_unquoted(token["quoted"]))
    if token["member"] is not None:
        return Name(_unquoted(token["member"][1:-1].strip()))
    if token["item"] is not None:
        inner = token["item"][1:-1].strip()
        return Items() if inner == "*" else Index(int(inner))
    if token["filter"] is not None:
        return Items((tuple(token["key"].split(".")), True, _value(token["value"])))
    return None


def _value(text: str) -> Any:
    return int(text) if re.fullmatch(r"-?\d+", text) else _unquoted(text)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text[:1] in "'\"" else text


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
