"""Groups of violations as lines for people: how many, where, what, and where the first is."""

from collections.abc import Iterator, Sequence

from notify_contracts._checking import Group, GroupKey
from notify_contracts._report import broken_at, found_at
from notify_contracts._untrusted import printable
from notify_contracts.cli.reader import Reader


def listed_groups(groups: Sequence[tuple[GroupKey, Group]], reader: Reader, most: int = 40) -> Iterator[str]:
    """Yield a line for each of the first `most` groups, and one for how many there are more."""
    for key, group in groups[:most]:
        what = f"{broken_at(key)}: {printable(group.example.message)}"
        yield f"  {group.count:,} x {what}; {reader.named(found_at(group))}"
    if len(groups) > most:
        yield f"  and {len(groups) - most:,} more"
