"""Regular expressions that are compiled when one is first used: a command uses few of all that there are."""

import re
from typing import Any, AnyStr, cast


class _Expression:
    """Stands for a compiled expression, whose members it gets one by one, each when it is first asked for."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what Python looks for by itself, as to copy it
            raise AttributeError(name)
        member = getattr(re.compile(*self._given), name)
        setattr(self, name, member)
        return member


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what does as `re.compile` of these does, and raises what that raises when it is first used."""
    return cast("re.Pattern[AnyStr]", _Expression(pattern, flags))
