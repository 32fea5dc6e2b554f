"""How often one value is looked at: engines follow every reference anew, so a few lines can stand for billions."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from notify_contracts._schema.structure import Node

MOST_LOOKS = 2_000
"""How many schemas may be asked about one value; of our own contracts it is fewer than 20."""

DEEPEST = 1_024
"""How far into a value this is followed; what is JSON text is nested no deeper."""

Name = str | int


class _Looks:
    """How many schemas are asked about the values one step down: those of some names, and those of all others."""

    __slots__ = ("named", "others")

    def __init__(self) -> None:
        self.named: dict[Name, int] = {}
        self.others = 0

    def add(self, more: "_Looks") -> None:
        for name in self.named.keys() | more.named.keys():
            self.named[name] = self.of(name) + more.of(name)
        self.others += more.others

    def of(self, name: Name) -> int:
        return self.named.get(name, self.others)

    @property
    def most(self) -> int:
        return max((self.others, *self.named.values()))


def is_bounded(found: Iterable[Node]) -> bool:
    """Whether no value, however deep in another, is looked at too often; `found` are all nodes that one leads to."""
    order = tuple(TopologicalSorter({node: node.in_place for node in found}).static_order())
    looks: dict[Node, int] = {}
    for node in order:
        looks[node] = 1 + sum(looks[inner] for inner in node.in_place)
    seen: set[tuple[int, ...]] = set()
    for _ in range(DEEPEST):
        if max(looks.values()) > MOST_LOOKS:
            return False
        if (state := tuple(looks.values())) in seen:
            break
        seen.add(state)
        looks = _one_deeper(order, looks)
    return True


def _one_deeper(order: Iterable[Node], looks: dict[Node, int]) -> dict[Node, int]:
    """Return for each schema how many are asked, through it, about the most often asked of the values one step down."""
    steps: dict[Node, tuple[_Looks, _Looks, _Looks]] = {}
    for node in order:
        steps[node] = _steps(node, looks)
        for inner in node.in_place:
            for step, more in zip(steps[node], steps[inner], strict=True):
                step.add(more)
    return {node: max(step.most for step in three) for node, three in steps.items()}


def _steps(node: Node, looks: dict[Node, int]) -> tuple[_Looks, _Looks, _Looks]:
    """Return the steps into properties, into items, and into names, of one schema alone."""
    properties, items, names = _Looks(), _Looks(), _Looks()
    # Which names a pattern fits, and which items are contained, is not asked here: it is taken to be all of them.
    fitting, contained = _Looks(), _Looks()
    others = {"additionalProperties": properties, "items": items, "propertyNames": names}
    others |= {"contains": contained, "patternProperties": fitting}
    for (keyword, *name), inner in node.below:
        if keyword in ("properties", "prefixItems"):
            (properties if keyword == "properties" else items).named[name[0]] = looks[inner]
        else:
            others[str(keyword)].others += looks[inner]
    properties.add(fitting)
    items.add(contained)
    return properties, items, names
