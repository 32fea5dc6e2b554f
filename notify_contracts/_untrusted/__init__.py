"""Untrusted text and JSON, made fit to read and to show."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._untrusted.clock import monotonic
    from notify_contracts._untrusted.expressions import expression
    from notify_contracts._untrusted.failing import reason_of
    from notify_contracts._untrusted.hiding import BY_WORDS, MASK, SECRET_WORDS, Secrets
    from notify_contracts._untrusted.jsontext import NotJsonError, copied, dump, loads, may_have_lost, parse
    from notify_contracts._untrusted.redaction import redacted
    from notify_contracts._untrusted.text import folded, printable, printable_json, shortened, unobeyed
    from notify_contracts._untrusted.yamltext import reading_yaml

__all__ = [
    "BY_WORDS",
    "MASK",
    "SECRET_WORDS",
    "NotJsonError",
    "Secrets",
    "copied",
    "dump",
    "expression",
    "folded",
    "loads",
    "may_have_lost",
    "monotonic",
    "parse",
    "printable",
    "printable_json",
    "reading_yaml",
    "reason_of",
    "redacted",
    "shortened",
    "unobeyed",
]
