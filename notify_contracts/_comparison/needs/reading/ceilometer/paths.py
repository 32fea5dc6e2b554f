"""The dialect in which Ceilometer says what it takes of a notification: that of jsonpath-rw-ext 1.2.

What is not understood is said, never guessed: such a read stays unclear.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
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
_KNOWN = frozenset(map(Name, (_CONTEXT, _METADATA, "payload", "publisher_id", "event_type")))
"""What a message has at its top when Ceilometer reads it."""

_TOPS = frozenset((Name(one),) for one in ("payload", "publisher_id", "event_type", "message_id", "timestamp"))
"""The same, in the notification as it was sent."""


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
    return not any(path.is_of_transport or path.steps[:1] in _TOPS for path in found.paths)


def _alternatives(text: str) -> Sequence[str]:
    """Return the parts of a union: ``a.b|c.d``, ``(a.b)|(c.d)``; other uses of bars and brackets are not understood."""
    parts = text.split("|") if not re.search(r"['\"`?]", text) else [text]
    return [part.strip()[1:-1] if re.fullmatch(r"\s*\([^()]*\)\s*", part) else part for part in parts]


def _expression(text: str) -> Taken:
    operands: list[list[Step]] = [[]]
    operators, literals, functions = "", [], []
    position = 0
    while position < len(text.rstrip()):
        token = _TOKEN.match(text, position) if len(text) <= _MOST_CHARACTERS else None
        if token is None:
            return Taken(unclear=f"not understood: {text[:200]}")
        position = token.end()
        step = _step(token)
        if step is not None:
            operands[-1].append(step)
        elif token["function"] is not None:
            functions.append(token["function"][1:-1])
        elif token["number"] is not None:
            literals.append(token["number"])
        elif token["operator"] is not None:
            operators += token["operator"]
            operands.append([])
    if not operators:
        return _of_function(_paths(operands), functions)
    places = [steps for steps in operands if steps[:1] and steps[0] in _KNOWN]
    has_text = any(len(steps) == 1 and steps[0] not in _KNOWN for steps in operands)
    form = _FORMS.get((operators[:1], has_text)) if len(set(operators)) == 1 and not functions else None
    if form is None or not all(number.lstrip("-").isdecimal() for number in literals):
        return Taken(_paths(places)[:1], unclear=f"an operation that is not understood: {text[:200]}")
    return Taken(_paths(places)[:1], dict(form), _paths(places)[1:])


_FORMS: Mapping[tuple[str, bool], Schema] = MappingProxyType(
    {
        ("+", True): {"type": "string"},  # texts put together
        ("*", False): {"type": ["string", "number", "boolean", "array"]},  # numbers; Python repeats the others
    }
)
"""An operator, and whether a text is among what it joins → what every operand has to be."""


def _of_function(paths: tuple[Path, ...], functions: Sequence[str]) -> Taken:
    if not functions:
        return Taken(paths)
    form = _asked(functions[0]) if len(functions) == 1 else None
    return (
        Taken(paths, form) if form else Taken(paths, unclear=f"a function that is not understood: {functions[0][:100]}")
    )


def _paths(operands: Sequence[Sequence[Step]]) -> tuple[Path, ...]:
    return tuple(_placed(steps) for steps in operands if steps)


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
