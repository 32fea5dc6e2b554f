"""Forms, whose look-ups are made of those beside each other: what is written is what each would write by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts.generate.forms import choice, literal, repeated, repeated_characters, sequence
from tests.telling import examples

TEXTS = ("", "-", "é画", "x" * 40)
CHARACTERS = ("a", "01", "0123456789", "abcdefé", "é画")


def plainly(tree, data):
    """Return what a tree of forms writes, and how many bytes it takes, by the rule of each and nothing else."""
    kind, *said = tree
    if kind == "text":
        return said[0], 0
    if kind == "characters":
        characters, count = said
        if len(characters) == 1:
            return characters * count, 0
        return "".join(characters[byte % len(characters)] for byte in data[:count]), count
    if kind == "repeated":
        inner, least, more = said
        width, offset = plainly(inner, data)[1], int(more > 0)
        count = least + (data[0] % (more + 1) if more else 0)
        starts = [offset + width * number for number in range(least + more)]
        return "".join(plainly(inner, data[start:])[0] for start in starts[:count]), offset + width * len(starts)
    if kind == "choice":
        written = [plainly(inner, data[1:]) for inner in said[0]]
        return written[data[0] % len(written)][0], 1 + max(size for _, size in written)
    text, at = "", 0
    for inner in said[0]:
        more, size = plainly(inner, data[at:])
        text, at = text + more, at + size
    return text, at


def form(tree):
    """Return the form that a tree describes."""
    kind, *said = tree
    if kind == "text":
        return literal(said[0])
    if kind == "characters":
        return repeated_characters(*said)
    if kind == "repeated":
        inner, least, more = said
        return repeated(form(inner), least, least + more)
    return (choice if kind == "choice" else sequence)([form(inner) for inner in said[0]])


LEAVES = st.tuples(st.just("text"), st.sampled_from(TEXTS)) | st.tuples(
    st.just("characters"), st.sampled_from(CHARACTERS), st.integers(1, 7)
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.tuples(st.just("sequence"), st.lists(inner, min_size=1, max_size=6))
        | st.tuples(st.just("choice"), st.lists(inner, min_size=2, max_size=4))
        | st.tuples(st.just("repeated"), inner, st.integers(0, 2), st.integers(0, 3))
    ),
    max_leaves=12,
)


@settings(max_examples=examples(500), deadline=None)
@given(TREES, st.integers(0, 3), st.randoms(use_true_random=False))
def test_what_is_written(tree, at, chance):
    """A form writes the same texts from the same bytes, however its parts were put together."""
    made = form(tree)
    data = chance.randbytes(at + made.size)
    text, size = plainly(tree, data[at:] + bytes(1000))
    assert (made.write(data, at), made.size) == (text, size)


def test_long_sequences():
    """A sequence of very many parts is written as a short one is, and long texts are not put into tables."""
    digits = repeated_characters("0123456789", 1)
    parts = [digits, literal("x" * 5_000)] * 3_000
    made = sequence(parts)
    assert made.write(bytes(made.size), 0) == ("0" + "x" * 5_000) * 3_000
    assert len(made.parts) == len(parts)
