"""Changes of the fields that an ``if`` looks at, so that the other fields contradict the condition."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts._schema import Pointer, listed
from notify_contracts.catalog import Contract
from notify_contracts.generate._mutations.mutation import replaced
from notify_contracts.generate._mutations.sites import ABSENT, Holds, Site, below, branch_of


class ConditionChange(NamedTuple):
    """A field at `place`, set to a `value` by which another branch of a condition applies: the one of these `sites`.

    They are those of values that are there, for only such can contradict it.
    """

    place: Pointer
    value: Any
    sites: tuple[Site, ...]


def condition_changes(contract: Contract, site: Site, holds: Holds) -> Iterator[ConditionChange]:
    """Yield the ways to turn the condition that stands at `site`, if any, by one field that it looks at."""
    if "if" not in site.schema or not isinstance(site.value, Mapping):
        return
    now = branch_of(site, holds)
    for name, looked_at in site.schema["if"].get("properties", {}).items():
        for option in listed(looked_at):
            changed = site._replace(value=replaced(site.value, (name,), option))
            branch = branch_of(changed, holds)
            if branch is not None and branch != now:
                there = (each for each in below(contract, branch, holds) if each.value is not ABSENT)
                yield ConditionChange((*site.place, name), option, tuple(there))
