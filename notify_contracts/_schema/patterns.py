r"""Regular expressions that every JSON Schema engine reads the same way.

JSON Schema recommends ECMA-262's dialect (2020-12 core, section 6.4); engines use what their language has, and differ
on ``\d`` (ASCII or Unicode digits), ``.`` (which line ends it excludes), ``$`` (before a final newline or not),
look-around and more. So a catalog keeps to the part below, in which all of them agree.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

_HINTS = {
    "\\d": "write [0-9]",
    "\\w": "write [0-9A-Za-z_]",
    "\\s": "list the spaces that are meant, such as [ \\t]",
    ".": "write the characters that are meant, such as [^\\n]",
    "(?": "only (?:…) groups are portable",
    "\\-": "write - as it is",
}

_ESCAPE = r"\\[\\^$.|?*+()\[\]{}/nrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
_TOKEN = rf"""
    (?P<end>\$)
  | (?P<other>
        {_ESCAPE}
      | \[\^?(?:(?!&&|~~|--|\|\|)(?:{_ESCAPE}|\\-|[^\\\[\]]))+\]
      | \(\?: | \((?!\?) | \)
      | (?:[*+?]|\{{[0-9]+(?:,[0-9]*)?\}})\??(?![*+?{{])
      | [|^]
      | [^\\^$.|?*+()\[\]{{}}]
    )
"""


class PatternError(ValueError):
    """The pattern is outside the portable part; ``str()`` says where and what to write instead."""


@cache
def compile_portable(pattern: str) -> re.Pattern[str]:
    r"""Return Python's reading of a portable `pattern`, in which ``$`` matches at the very end only.

    Raise `PatternError` for a pattern that engines read differently or cannot read.
    """
    token_of = re.compile(_TOKEN, re.VERBOSE)
    python, position = [], 0
    while position < len(pattern):
        token = token_of.match(pattern, position)
        if token is None:
            raise PatternError(_complaint(pattern, position))
        python.append(r"\Z" if token["end"] else token[0])
        position = token.end()
    try:
        return re.compile("".join(python))
    except re.error as error:
        raise PatternError(f"not a regular expression: {error.msg}") from None
    except (OverflowError, RecursionError):
        raise PatternError("it is too large, or nested too deeply") from None


@lru_cache(maxsize=4096)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Return whether a portable `pattern` matches somewhere in a text, in time that grows linearly with the text.

    Raise `PatternError` for a pattern that engines read differently or cannot read. What is returned raises ValueError
    for what is no text, or is not Unicode.
    """
    import jsonschema_rs

    compile_portable(pattern)
    linear = jsonschema_rs.RegexOptions()
    try:
        matches = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=linear).is_valid
    except (jsonschema_rs.ValidationError, ValueError):
        raise PatternError("it is too large, or nested too deeply") from None

    def fits(text: str) -> bool:
        if not isinstance(text, str):
            raise ValueError(f"{type(text).__name__} is no text")  # noqa: TRY004 - as the engines do for what is no JSON
        return matches(text)

    return fits


def _complaint(pattern: str, position: int) -> str:
    said = next((start for start in _HINTS if pattern.startswith(start, position)), None)
    culprit = said or pattern[position : position + 2]
    advice = f"; {_HINTS[said]}" if said else ""
    return f'engines read "{culprit}" (character {position + 1}) differently{advice}'
