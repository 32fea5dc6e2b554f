"""What an option needs beside it, and what it excludes: one that would do nothing is refused, not passed over."""

import argparse
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from notify_contracts.errors import UsageError


class Bond(NamedTuple):
    """An option, its default, and the options it is bound to.

    `goes_with` is one, with the value that it must have, if any (``--order time``); `not_with` are those that say the
    same in another way.
    """

    action: argparse.Action
    default: Any
    goes_with: str | None = None
    not_with: Collection[str] = ()

    def require(
        self, known: argparse.Namespace, given: Collection[str], options: Mapping[str, argparse.Action]
    ) -> None:
        """Raise UsageError if the option would do nothing; `given` names the values that are not settings."""
        if self.action.dest not in given:
            return
        name = self.action.option_strings[0]
        for other in self.not_with:
            dest = options[other].dest if other in options else ""
            if dest in given and getattr(known, dest) is not None:
                raise UsageError(f"{name} and {other} were given: leave one of them out")
        if self.goes_with is not None:
            other, _, value = self.goes_with.partition(" ")
            found = getattr(known, options[other].dest)
            if found is None or found is False or (value and found != value):
                raise UsageError(f"{name} goes with {self.goes_with}: add that, or leave {name} out")
