"""Texts as numbers, evenly spread and everywhere the same."""

from collections.abc import Callable
from functools import cache
from typing import Any


def hash_of(text: str) -> int:
    """Return eight bytes of a hash of `text`, as a number."""
    return int.from_bytes(_blake2b()(text.encode(errors="surrogatepass"), digest_size=8).digest())


@cache
def _blake2b() -> Callable[..., Any]:
    from hashlib import blake2b  # loads OpenSSL, which takes longer than a check of one notification

    return blake2b
