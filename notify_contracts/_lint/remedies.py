"""What to do about problems of a catalog: the first remedy whose words fit."""

import re
from typing import NamedTuple


class _Remedy(NamedTuple):
    file: str
    pointer: str
    message: str
    words: str


_REMEDIES = (
    _Remedy(
        r"events/",
        r"/\$defs",
        "expected each name",
        "$defs of an event's file holds its contracts alone, each named by its priority: "
        "move what they share to values.json or to payloads/, and refer to it with $ref",
    ),
    _Remedy("", ".*/default", "expected no property", 'move it to "description": a checker fills in nothing'),
    _Remedy("", r"/\$id", "expected", "write the $id that is expected, or move the file"),
    _Remedy("", ".*/title", 'expected "title"', "give it a title: that is what people read where the rule is broken"),
    _Remedy("", r".*/\$ref", ".*leads nowhere", "$ref is relative to its own file: mind the folder and the fragment"),
    _Remedy(
        "events/", ".*", "example breaks", "correct the example, or the rule if the example is what is really sent"
    ),
    _Remedy("cases/", ".*", "case .* gives a violation", "declare the violation in the case, or correct the rule"),
    _Remedy("cases/", ".*", "case .* does not give", "take the violation out of the case, or correct the rule"),
    _Remedy(
        "", "", "is not JSON: .* stands twice", "join both in one, or take one out: of two only the last would count"
    ),
    _Remedy(
        "lifecycles",
        ".*/fields/.*",
        "leads to no",
        "correct the pointer; notifications that have no such field need a form of their own without it",
    ),
    _Remedy("", "", "is not read", "rename it, or move it out of the catalog's folder"),
    _Remedy("", "", "is not JSON", "correct it at that line: comments and trailing commas are no JSON"),
)


def remedy(file: str, pointer: str, message: str) -> str:
    """Return in a line what to do about a problem, nothing where its message says it."""
    for one in _REMEDIES:
        if file.startswith(one.file) and re.fullmatch(one.pointer, pointer) and re.match(one.message, message):
            return one.words
    return ""
