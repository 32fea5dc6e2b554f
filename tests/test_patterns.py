"""Regular expressions: what is portable, and that both engines read it alike."""

from contextlib import suppress

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._schema.patterns import PatternError, compile_portable, matcher
from tests.telling import examples

PORTABLE = [
    "^[A-Z]{2}[0-9]{9}$", "^(?:a|b)+$", "a*?b", "[^\\n]*", "^\\u00e9+$", "\\.", "[\\]\\[\\\\]", "x{2,}", "x{2,3}?",
    "[a\\-b]", "[+\\--]",
    "^$", "(a)(b)", "\u00e9", "[\u0430-\u044f]", "[-a]", "[a-]", "[.$|]", "\\/", "^a|b$", "a$|^b", "(?:)", "",
    "[\\t ]",
    "\\{\\}", "\U0001f600{2}", "[^a]",
]  # fmt: skip
HINTS = {
    r"\d": "write [0-9]", r"\w": "write [0-9A-Za-z_]", r"\s": "list the spaces", ".": "write the characters",
    "(?=a)": "portable", r"\-": "write -", r"\ud800": "differently",
}  # fmt: skip
TEXTS = st.text(st.sampled_from("ab.$|-[]{}x \n\r\t\u2028é\U0001f600я0AZ\\/^"), max_size=8)


@pytest.mark.parametrize("pattern", PORTABLE)
@settings(deadline=None, max_examples=examples(40))
@given(text=TEXTS)
def test_read_alike(pattern, text):
    """A portable pattern matches the same texts in Python's reading and in the fast engine's."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": pattern}
    validator = jsonschema_rs.Draft202012Validator(schema, pattern_options=jsonschema_rs.RegexOptions())
    assert bool(compile_portable(pattern).search(text)) == validator.is_valid(text)


@pytest.mark.parametrize("text", ["a\n", "a\r", "a\u2028", "a\x85", "a\n\n"])
def test_end_is_the_very_end(text):
    """`$` is the end of the text, not the place before its last line end."""
    assert compile_portable("^a$").search("a")
    assert not compile_portable("^a$").search(text)


@pytest.mark.parametrize("pattern", HINTS)
def test_advice(pattern):
    """What engines read differently is refused with its place and with what to write instead."""
    with pytest.raises(PatternError) as caught:
        compile_portable(f"ab{pattern}")
    assert "(character 3)" in str(caught.value)
    assert HINTS[pattern] in str(caught.value)


@pytest.mark.parametrize("pattern", ["a{4294967296}", "(?:a{1000}){1000}", "(" * 5000 + ")" * 5000], ids=len)
def test_too_large(pattern):
    """A pattern that no engine can compile in bounded memory is refused in one line."""
    with pytest.raises(PatternError, match="too large, or nested too deeply"):
        matcher(pattern)


def test_matching_is_linear():
    """A pattern that makes a backtracking matcher try every way is matched at once, whatever the text."""
    assert not matcher("^(?:x+)+$")("x" * 100_000 + "!")
    assert matcher("^(?:x+)+$")("x" * 100_000)


@settings(deadline=None, max_examples=examples(300))
@given(st.text(st.sampled_from("ab()[]{}?*+|^$\\.-,1:=!<>&~dwu0"), max_size=10))
def test_arbitrary_patterns(pattern):
    """Every text is a portable pattern or is refused; what is accepted, both engines can compile."""
    with suppress(PatternError):
        matcher(pattern)
        compile_portable(pattern)
