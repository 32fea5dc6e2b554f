"""Untrusted text made fit to print: shown, never obeyed."""


def printable(text: str) -> str:
    r"""Return `text` on one line: what is not printable in Unicode's sense as ``\x1b``, ``\u202e`` or ``\U000e0041``.

    That covers control characters, line ends, lone surrogates, and the invisible characters that reorder or hide text.
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escaped(character) for character in text)


def shortened(text: str, limit: int = 80) -> str:
    """Return `text` cut to at most `limit` characters, an ellipsis marking the cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
