"""Secrets out of what is logged, as oslo.messaging's driver ``log`` takes them out.

Source: what `mask_dict_password` of oslo.utils 10.2 does to payloads; the tests hold this against the installed one. It
hides too much rather than too little (`token_count`), and it is no wall: ``user:password@host`` passes.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from notify_contracts._untrusted import MASK
from notify_contracts._untrusted import SECRET_WORDS as WORDS

_QUOTE, _SPACE, _OPTION = r"[\"']", r"\s*", r"--?[A-Za-z\[\\\]^_`]+"
_KEY = f"{_QUOTE}[^\"']*WORD{_QUOTE}{_SPACE}"
"""A quoted key that ends in the word; like oslo.utils, it does not ask whether the quotes are of one kind."""


class Form(NamedTuple):
    """A way in which a text names a secret: what stands before it, the secret, and what stands behind it, as patterns.

    WORD stands for one of `WORDS` and any digits after it. What is before and behind is kept.
    """

    before: str
    secret: str
    behind: str = ""
    mask: str = MASK


FORMS = (
    Form(f"WORD{_SPACE}={_SPACE}{_QUOTE}", r"[^\"']*", _QUOTE),
    Form(f'WORD{_SPACE}={_SPACE}"', '[^"]*', '"'),
    Form(f"WORD{_SPACE}={_SPACE}'", "[^']*", "'"),
    Form(rf"WORD\s+{_QUOTE}", r"[^\"']*", _QUOTE),
    Form(r"--WORD\s+", r"[^'\"^=\s]+"),  # an option of a command
    Form("<WORD>", "[^<]*", "</WORD>"),
    Form(f"{_KEY}:{_SPACE}u?{_QUOTE}", r"[^\"']*", _QUOTE),  # JSON, and Python's own notation
    Form(f"{_KEY},{_SPACE}'{_OPTION}'{_SPACE},{_SPACE}u?{_QUOTE}", r"[^\"']*", _QUOTE),  # a command as a list
    Form(f"WORD{_SPACE}{_OPTION}{_SPACE}", r"\S+"),
    Form(f"WORD{_SPACE}={_SPACE}", r"[^\s'\"^]+"),
    Form(
        f"{_KEY}:{_SPACE}u?{_QUOTE}.*{_QUOTE}", rf"[^\"']*{_QUOTE}", mask=""
    ),  # the rest of a secret that holds quotes
)
"""The forms in the order in which a text is gone through for each word."""


def masked(value: Any) -> Any:
    """Return a copy of `value` without secrets: values of keys that name one, and what texts name, become ``***``.

    An object below such a key keeps its shape and is masked inside.
    """
    if isinstance(value, Mapping):
        return {key: _of_key(key, item) for key, item in value.items()}
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return [masked(item) for item in value]
    return value


def _of_key(key: Any, value: Any) -> Any:
    if isinstance(key, str) and not isinstance(value, Mapping) and _names_secret(key.lower()):
        return MASK
    return masked(value)


def _names_secret(lower: str) -> bool:
    return any(word in lower for word in WORDS)


def _text(text: str) -> str:
    lower = text.lower()
    for word in WORDS:
        if word in lower:
            for form in _forms(word):
                text = form(text)
            lower = text.lower()
    return text


@cache
def _forms(word: str) -> tuple[Callable[[str], str], ...]:
    return tuple(_substitution(form, word) for form in FORMS)


def _substitution(form: Form, word: str) -> Callable[[str], str]:
    written = f"({form.before}){form.secret}({form.behind})".replace("WORD", f"{re.escape(word)}[0-9]*")
    pattern = re.compile(written, re.DOTALL | re.IGNORECASE)
    return lambda text: pattern.sub(rf"\g<1>{form.mask}\g<2>", text)
