"""Where in a file of JSON a pointer leads: the line and the column, both from 1."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field

from notify_contracts._base import dataclass
from notify_contracts._schema import pointer_parts
from notify_contracts._untrusted import parse

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


@dataclass(slots=True)
class _Node:
    """A value: the offset of its key, or of itself where it has none, and what it holds."""

    offset: int
    members: dict[str, "_Node"] = field(default_factory=dict)


class Positions:
    """The places in one text that is known to be JSON."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._root = _tree(text)

    def of(self, pointer: str) -> tuple[int, int]:
        """Return the line and the column of a member, or of what should have had it where it is missing."""
        node = self._root
        for part in pointer_parts(pointer):
            if (member := node.members.get(str(part))) is None:
                break
            node = member
        line = bisect_right(self._lines, node.offset)
        return line, node.offset - self._lines[line - 1] + 1


def _tree(text: str) -> _Node:
    """Return the tree of nodes; without recursion, for the text decides how deep it is."""
    root = _Node(0)
    open_nodes: list[tuple[_Node, bool]] = []  # and whether it is an array
    key: tuple[str, int] | None = None
    for mark, offset, is_key in tokens(text):
        if mark in "}]":
            open_nodes.pop()
        elif is_key:
            key = str(parse(mark)), offset
        else:
            node = _Node(offset)
            if not open_nodes:
                root = node
            else:
                parent, is_array = open_nodes[-1]
                name, node.offset = (str(len(parent.members)), offset) if is_array or key is None else key
                parent.members[name] = node
            if mark in "{[":
                open_nodes.append((node, mark == "["))
    return root


def tokens(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield each mark but commas and colons, its offset, and whether it is the key of a member."""
    held: tuple[str, int] | None = None
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if held is not None:
            yield *held, mark == ":"
        held = None if mark in ",:" else (mark, found.start())
    if held is not None:
        yield *held, False
