"""Texts that would run or hide something in a browser that obeyed them, in every place that a sender fills."""

from collections.abc import Mapping
from typing import Any

TEXTS = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror='window.pwned=1'>",
    "\"><svg onload=window.pwned=1>' autofocus onfocus='window.pwned=1",
    "<!--<script>window.pwned=1",
    "javascript:window.pwned=1",
    "</style></pre></summary></details></title><style>*{display:none}</style>",
    "\u202egnirts\u202c \u2066\u200f\u061c",
    "\x1b[31mred\x1b]8;;http://a.invalid\x07link\x9b2J\x00\r\n",
    "[a](javascript:window.pwned=1) ![b](http://a.invalid) `code` | cell | @everyone ::error::x ${{ a }} ]]>",
)


def notifications(example: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return notifications that say every text in every place that they can: as a name, a value, an event type."""
    made: list[dict[str, Any]] = []
    for text in TEXTS:
        payload = {**example["payload"], "name": text, text: text, "properties": {text: [text]}, "status": text}
        made += [
            {**example, "payload": payload, "publisher_id": text},
            {**example, "message_id": text, "timestamp": text, text: {text: text}},
            {**example, "event_type": text, "priority": text},
            {**example, "payload": text},
        ]
    return made
