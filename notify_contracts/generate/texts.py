"""Texts that break consumers, by kind; a service that forbids some leaves their kind out."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from notify_contracts.errors import UsageError

PLAIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -_.:/@"

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "empty": ("",),
        "spaces": (" ", " a ", "a\u00a0b", "\u3000", "a\u2003"),
        "numbers": ("0", "-1", "007", "1e400", "0x1F", "1_000", "NaN", "Infinity", "٣", "½"),
        "words": ("null", "None", "true", "False", "undefined", "{}", "[]", '""'),
        "syntax": ("'", '"', "\\", "%s%n", "{0}", "${HOME}", "<b>&amp;</b>", "'; DROP TABLE x; --", "../../x", "a,b;c"),
        "scripts": ("Жёлудь", "画像", "イメージ", "이미지", "ภาพ", "चित्र", "Ωmega", "ß", "İ", "\u017f"),
        "emoji": ("🙂", "👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️"),
        "combining": ("e\u0301", "é", "n\u0303o", "Z\u0351\u036b\u0343a\u0329\u0348l\u0347go", "\u0301"),
        "right-to-left": ("שלום", "صورة", "\u202eabc", "a\u200fb", "\u2067x\u2069"),
        "invisible": ("\u200b", "a\u200db", "\ufeffa", "\u00ad", "\u2060"),
        "controls": ("\t", "a\nb", "\r\n", "\x1b[31m", "\x7f", "\x85", "\u2028"),
        "nul": ("\x00", "a\x00b"),
        "edges": ("\ufffd", "\uffff", "\U0010ffff", "\U00010000", "\ud7ff"),
        "long": ("x" * 5_000, "é" * 5_000),
    }
)
"""Kind → texts of it. None holds a lone surrogate: that would not be JSON."""


def check_kinds(without: Iterable[str]) -> tuple[str, ...]:
    """Return the names of kinds, sorted; raise UsageError, listing the kinds, for any other name."""
    names = tuple(sorted({without} if isinstance(without, str) else set(without)))
    if unknown := [name for name in names if name not in KINDS]:
        raise UsageError(f'no kind of text "{unknown[0]}"; there are {", ".join(KINDS)}')
    return names


@cache
def awkward(least: int, most: int | None, without: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts of every kind but those in `without`, made to fit into `least` to `most` characters."""
    texts = (text for kind, texts in KINDS.items() if kind not in without for text in texts)
    allowed = set(repertoire(without))
    return tuple(dict.fromkeys(_fitted(text, least, most) for text in texts if allowed.issuperset(text)))


@cache
def repertoire(without: tuple[str, ...]) -> str:
    """Return the characters of every kind but those in `without`, the plain ones first."""
    allowed = (c for kind, texts in KINDS.items() if kind not in without for text in texts for c in dict.fromkeys(text))
    left_out = {c for kind in without for text in KINDS[kind] for c in text if not c.isascii() or not c.isprintable()}
    return "".join(character for character in dict.fromkeys((*PLAIN, *allowed)) if character not in left_out)


def _fitted(text: str, least: int, most: int | None) -> str:
    if len(text) < least:
        text = (text or "0") * -(-least // len(text or "0"))
        text = text[:least]
    return text if most is None else text[:most]
