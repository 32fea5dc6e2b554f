"""Files that stand beside those of message bodies and say how these were carried, as dumps of queues have them."""

from collections.abc import Sequence

from notify_contracts.capture.members import built_in


def companions(paths: Sequence[str]) -> frozenset[str]:
    """Return those of `paths` that only say of another of them how it was carried: ``msg-1-headers+properties.json``.

    Source: rabbitmq-dump-queue, which writes one beside each body.
    """
    named = frozenset(paths)
    ends = built_in().properties_file
    return frozenset(
        path for path in paths if any(path.endswith(end) and path.removesuffix(end) in named for end in ends)
    )
