"""The automata of patterns: they find what the engine finds, in the texts that they spell and in all others."""

from itertools import islice
from random import Random

import pytest

from notify_contracts._comparison.inclusion.languages import language
from notify_contracts._schema import PatternError, matcher
from tests.telling import examples

PIECES = (
    *("a", "b", "ab", "[ab]", "[^a]", "[a-c0-9]", "[^\\n]", "\\.", "\\u00e9", "é", "\\\\", "[\\]\\-x]", "[a-]", "[-a]"),
    *("^", "$", "(?:a|b)", "(a|^b)", "(?:a$|b)", "(?:)", "[^-]", "\\n", "\U0001f600", "[😀-😂]", "-"),
)
COUNTS = ("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?")
CHARACTERS = ("a", "b", "c", "x", "0", ".", "-", "]", "\\", "\n", "é", "😀", "😁", " ")


def _pattern(chance, depth=2):
    made = ""
    for _ in range(chance.randrange(1, 4)):
        piece = f"(?:{_pattern(chance, depth - 1)})" if depth and chance.random() < 0.2 else chance.choice(PIECES)
        made += piece + (chance.choice(COUNTS) if piece not in ("^", "$", "ab") else "")
    return f"{made}|{_pattern(chance, depth - 1)}" if depth and chance.random() < 0.2 else made


def _spelled(pattern, positive, text):
    """Return whether a text is in a language, asked by the language of that text alone beside it."""
    alone = "^" + "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else c for c in text) + "$"
    return next(language(((alone, True), (pattern, positive))).words(0, None), None) == text


def test_automata():
    """What an automaton says of a text is what the engine says, and what it spells is what it should be."""
    for seed in range(examples(400)):
        chance = Random(seed)
        pattern = _pattern(chance)
        try:
            fits = matcher(pattern)
        except PatternError:
            continue
        for positive in (True, False):
            words = list(islice(language(((pattern, positive),)).words(0, 4), 12))
            assert len(set(words)) == len(words), (seed, pattern)
            assert [fits(word) for word in words] == [positive] * len(words), (seed, pattern)
        text = "".join(chance.choice(CHARACTERS) for _ in range(chance.randrange(5)))
        assert _spelled(pattern, fits(text), text), (seed, pattern, text)
        assert not _spelled(pattern, not fits(text), text), (seed, pattern, text)


@pytest.mark.parametrize(
    ("patterns", "least", "most", "words"),
    [
        ((("^[ab]$", True),), 0, None, ["a", "b"]),
        ((("^a*$", True),), 0, 2, ["", "a", "aa"]),
        ((("^a*$", True), ("^(?:aa)*$", False)), 0, 3, ["a", "aaa"]),
        ((("^(?:aaa)*$", True),), 1000, 1003, ["a" * 1002]),
        ((("a", True), ("a", False)), 0, None, []),
        ((("^x$", True),), 2, None, []),
    ],
)
def test_words(patterns, least, most, words):
    """All texts of a language are spelled, each once, the shortest first, and then it ends."""
    assert list(language(patterns).words(least, most)) == words
