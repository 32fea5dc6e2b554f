"""Standard output, where people and those who run CI read: lines of ours in which nothing of the input is obeyed."""

import json
from typing import Any

from notify_contracts._untrusted import printable, unobeyed


def show(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        print(printable(line))


def show_json(value: Any) -> None:
    """Print a JSON document, in ASCII, whatever the encoding of standard output."""
    print(unobeyed(json.dumps(value, indent=2)))
