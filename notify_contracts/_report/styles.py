"""Terminal styles, as ANSI escape sequences."""

BOLD, RED, GREEN, YELLOW, DIM = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[2m"
_PLAIN = "\x1b[0m"


def styled(text: str, style: str, *, colour: bool) -> str:
    """Return `text` in a style if there is to be colour, else as it is."""
    return f"{style}{text}{_PLAIN}" if colour else text
