"""Portable patterns as trees, for whoever writes texts that match or reasons about what does."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._schema.expressions.reading import (
        LAST,
        Characters,
        Choice,
        Edge,
        Ranges,
        Repeated,
        Sequence,
        Tree,
        tree_of,
    )

__all__ = ["LAST", "Characters", "Choice", "Edge", "Ranges", "Repeated", "Sequence", "Tree", "tree_of"]
