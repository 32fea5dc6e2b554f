"""Which release of the library this is, and what of the release before it still does."""

import warnings
from collections.abc import Iterator
from enum import EnumType
from types import MappingProxyType
from typing import Any

DISTRIBUTION = "notify-contracts"

RENAMED = MappingProxyType(
    {
        "Recorder.forgive": "ignore_violations",
        "Summary.add_strangers": "add_without_contract",
        "Summary.strangers": "pairs_without_contract",
        "Summary.other_strangers": "other_pairs_without_contract",
        "Summary.tolerated": "conforming_without_contract",
    }
)
"""Deprecated name → the attribute that takes its place. A name stays here for one release."""


def release() -> str:
    """Return the version of the installed distribution, ``(not installed)`` where there is only its code."""
    from importlib.metadata import PackageNotFoundError, version  # slow, and seldom asked for

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "(not installed)"


def renamed(value: object, name: str) -> Any:
    """Return the attribute of `value` that was called `name`, with a warning; raise AttributeError if none was."""
    kind = type(value).__name__
    owners = (owner.__name__ for owner in type(value).__mro__)
    new = next((new for owner in owners if (new := RENAMED.get(f"{owner}.{name}")) is not None), None)
    if new is None:
        raise AttributeError(f"{kind!r} object has no attribute {name!r}", name=name, obj=value)
    _warn(f"{kind}.{name} is now {new}")
    return getattr(value, new)


class WasTuple:
    """What a value still does that was a named tuple up to release 0.1: it can be unpacked and indexed."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values())

    def __getitem__(self, index: Any) -> Any:
        return self._values()[index]

    def __len__(self) -> int:
        return len(self._values())

    def __bool__(self) -> bool:
        return True

    def _values(self) -> tuple[Any, ...]:
        _warn(f"{type(self).__name__} is no tuple any more, so that it can get further fields: name the field")
        from dataclasses import fields

        return tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]  # it is a dataclass


class WarnsWhenUsed(EnumType):
    """The kind of an enumeration that was of use up to release 0.1: whoever takes a member from it is warned."""

    def __getattribute__(cls, name: str) -> Any:
        if name.isupper() and name in super().__getattribute__("__members__"):
            _warn(f"{super().__getattribute__('__name__')}.{name} is deprecated, write the text {name!r}")
        return super().__getattribute__(name)

    def __getitem__(cls, name: str) -> Any:
        return getattr(cls, name)

    def __call__(cls, *values: Any, **options: Any) -> Any:
        _warn(f"{cls.__name__} is deprecated, priorities are plain text")
        return super().__call__(*values, **options)

    def __iter__(cls) -> Iterator[Any]:
        _warn(f"{cls.__name__} is deprecated, ask a catalog for its priorities")
        return super().__iter__()


def _warn(message: str) -> None:
    warnings.warn(f"{message}; this will be an error in the next release", DeprecationWarning, stacklevel=4)
