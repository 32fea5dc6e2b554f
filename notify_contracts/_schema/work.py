"""How often one value is looked at: engines follow every reference anew, so a few lines can stand for billions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


_Steps = tuple[_Looks, _Looks, _Looks]
"""The steps into properties, into items, and into names."""


def are_few(found: Sequence[Node]) -> bool:
    """Whether none leads back to itself, and few would be asked if all spoke of one value, as often as referred to.

    `found` are all nodes that the first one leads to. It is a quick answer for nearly all schemas.
    """
    looks: dict[Node, int] = {}
    waiting, above = [*found[:1]], set[Node]()
    while waiting:
        node = waiting[-1]
        if node in looks:
            waiting.pop()
            continue
        held = [*node.in_place, *(inner for _, inner in node.below)]
        if node in above:
            above.remove(waiting.pop())
            looks[node] = 1 + sum(looks[inner] for inner in held)
            continue
        above.add(node)
        if not above.isdisjoint(held):
            return False
        waiting += held
    return max(looks.values(), default=0) <= MOST_LOOKS


def is_bounded(found: Sequence[Node]) -> bool:
    """Whether no value, however deep in another, is looked at too often; `found` are as for `are_few`, in no loop."""
    order = tuple(TopologicalSorter({node: node.in_place for node in found}).static_order())
    rank = {node: number for number, node in enumerate(order)}
    holders = _turned_round((node, inner) for node in order for _, inner in node.below)
    speakers = _turned_round((node, inner) for node in order for inner in node.in_place)
    looks: dict[Node, int] = {}
    for node in order:
        looks[node] = 1 + sum(looks[inner] for inner in node.in_place)
    steps: dict[Node, _Steps] = {}
    changed: Iterable[Node] = order
    counted: Iterable[Node] = order
    seen: set[tuple[int, ...]] = set()
    for _ in range(DEEPEST):
        if any(looks[node] > MOST_LOOKS for node in changed):
            return False
        if (state := tuple(looks.values())) in seen:
            break
        seen.add(state)
        deeper: dict[Node, int] = {}
        for node in sorted(counted, key=rank.__getitem__):
            steps[node] = _steps(node, looks)
            for inner in node.in_place:
                for step, more in zip(steps[node], steps[inner], strict=True):
                    step.add(more)
            # How many are asked, through it, about the most often asked of the values one step down.
            deeper[node] = max(step.most for step in steps[node])
        changed = [node for node, number in deeper.items() if looks[node] != number]
        looks |= deeper
        # Of a deep schema little changes from one step to the next; the rest need not be counted again.
        counted = _reached((holder for node in changed for holder in holders[node]), speakers)
    return True


def _turned_round(pairs: Iterable[tuple[Node, Node]]) -> defaultdict[Node, list[Node]]:
    """Return for each node the ones that point at it."""
    turned: defaultdict[Node, list[Node]] = defaultdict(list)
    for node, inner in pairs:
        turned[inner].append(node)
    return turned


def _reached(nodes: Iterable[Node], ways: Mapping[Node, list[Node]]) -> set[Node]:
    """Return `nodes` and all that one comes to from them."""
    waiting = list(nodes)
    reached: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += ways[node]
    return reached


def _steps(node: Node, looks: Mapping[Node, int]) -> _Steps:
    """Return the steps of one schema alone."""
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
