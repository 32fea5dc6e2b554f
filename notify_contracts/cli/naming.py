"""What a catalog is called: as somebody says, or after what it is made of."""

import argparse
import re

_NAME = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def name(text: str) -> str:
    """Return a name that was given."""
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("expected lower-case letters, digits and single hyphens")
    return text


def named_after(text: str, otherwise: str) -> str:
    """Return a name that is made of a text, or another one where nothing of it can be in a name."""
    return "-".join(re.findall("[a-z0-9]+", text.lower())) or otherwise
