"""Files that stand beside those of message bodies and say how these were carried, as dumps of queues have them."""

import re
from collections.abc import Iterator, Sequence

from notify_contracts.capture.members import built_in


def companions(paths: Sequence[str]) -> frozenset[str]:
    """Return those of `paths` that only say of another of them how it was carried: ``msg-1-headers+properties.json``.

    Source: rabbitmq-dump-queue, and rabtap with `--saveto`, which write one beside each body.
    """
    named = frozenset(paths)
    return frozenset(path for path in paths if not named.isdisjoint(_bodies(path)))


def _bodies(path: str) -> Iterator[str]:
    """Yield what the file of a body would be called to which that at `path` belongs."""
    for called, body in built_in().properties_file.items():
        if match := re.fullmatch(called, path):
            yield match.expand(body)
