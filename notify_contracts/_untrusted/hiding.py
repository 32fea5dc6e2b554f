"""Secrets hidden from whoever reads what we write: one rule for every report, message and excerpt.

Source of the words: ``_SANITIZE_KEYS`` of `oslo_utils.strutils` 10.2; the tests hold them against the installed one.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._untrusted.expressions import expression

MASK = "***"
"""What stands in the place of a secret."""

SECRET_WORDS = (
    "adminpass",
    "admin_pass",
    "password",
    "admin_password",
    "auth_token",
    "new_pass",
    "auth_password",
    "secret_uuid",
    "secret",
    "sys_pswd",
    "token",
    "configdrive",
    "chappassword",
    "encrypted_key",
    "private_key",
    "fernetkey",
    "sslkey",
    "passphrase",
    "cephclusterfsid",
    "octaviaheartbeatkey",
    "rabbitcookie",
    "cephmanilaclientkey",
    "pacemakerremoteauthkey",
    "designaterndckey",
    "cephadminkey",
    "heatauthencryptionkey",
    "cephclientkey",
    "keystonecredential",
    "barbicansimplecryptokek",
    "cephrgwkey",
    "swifthashsuffix",
    "migrationsshkey",
    "cephmdskey",
    "cephmonkey",
    "chapsecret",
)
"""What names a secret; the order is that in which a text is gone through, for one hit may hide another's."""

_LONGEST_NAME = 256  # a longer one is not kept in mind
_WORD = f"(?:{'|'.join(SECRET_WORDS)})"
# A word, and what leads from it to its value: password=, "password": , <password>, password 'x', --password x,
# '--password', '-x', 'y'. What stands behind may be of any length and hold any quotes, so all of it is hidden.
_GIVEN = expression(
    rf"""--{_WORD}\s|{_WORD}[0-9]*(?:["']?\s*[=:]|>|\s+["']|["']\s*,|\s*--?[A-Z\[\\\]^_`])""", re.IGNORECASE
)
# Names join words by hyphens and colons: token-revoked, secret:created.
_GIVEN_IN_NAME = expression(
    rf"""--{_WORD}\s|{_WORD}[0-9]*(?:["']?\s*=|["']?\s*:\s|["']\s*[,:]|>|\s+["']|\s+--?[A-Z])""", re.IGNORECASE
)


@dataclass(frozen=True)
class Secrets:
    """What is a secret: the value of a property with one of `SECRET_WORDS` in its name, or with one of these `names`.

    In a text, whatever follows such a word as its value is one, too. It hides too much rather than too little
    (`token_count`), and it is no wall: the password in ``user:password@host`` passes.
    """

    names: frozenset[str] = frozenset()

    def __or__(self, other: "Secrets") -> "Secrets":
        return Secrets(self.names | other.names)

    def named(self, name: object) -> bool:
        """Whether the value of a property of this name is a secret, whatever it is."""
        return isinstance(name, str) and (name in self.names or _has_word(name))

    def on_way(self, path: Iterable[object]) -> bool:
        """Whether what stands at the end of `path`, names and indices, is a secret or within one."""
        return any(map(self.named, path))

    def text(self, text: str) -> str:
        """Return `text` up to where it gives a secret, which it names, away."""
        found = _GIVEN.search(text) if _names_secret(text) else None
        return text if found is None else f"{text[: found.end()]}{MASK}"

    def name(self, name: str) -> str:
        """Return what names an event or a property up to where it gives a secret away, which few names do."""
        found = _GIVEN_IN_NAME.search(name) if _has_word(name) else None
        return name if found is None else f"{name[: found.end()]}{MASK}"

    def hidden(self, value: Any) -> Any:
        """Return a copy of `value`, made of plain objects and arrays, with ``***`` for every secret in it."""
        top: list[Any] = [None]
        waiting: list[tuple[Any, Any, Any]] = [(value, top, 0)]  # whatever its depth, it fits on the stack
        while waiting:
            item, place, key = waiting.pop()
            if isinstance(item, Mapping):
                # A name may give a secret away, too: {"token=…": 1}.
                place[key] = {self.name(name) if self.named(name) else name: MASK for name in item}
                waiting.extend((below, place[key], name) for name, below in item.items() if not self.named(name))
            elif isinstance(item, list | tuple):
                place[key] = [None] * len(item)
                waiting.extend((below, place[key], index) for index, below in enumerate(item))
            else:
                place[key] = self.text(item) if isinstance(item, str) else item
        return top[0]


BY_WORDS = Secrets()
"""What is a secret where no catalog says more."""


def _has_word(name: str) -> bool:
    return _is_word_in(name) if len(name) <= _LONGEST_NAME else _names_secret(name)


def _names_secret(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in SECRET_WORDS)


_is_word_in = lru_cache(maxsize=4096)(_names_secret)
