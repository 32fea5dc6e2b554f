"""Which release of the library this is, what it offers when it is asked for, and what of the release before."""

import builtins
import sys
import warnings
from _thread import RLock  # that of threading, which takes longer to import than all of this
from collections.abc import Callable, Iterator, Mapping
from enum import EnumType
from importlib import import_module
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


class later:  # noqa: N801 - it stands where a function would
    """Have a room's face import what it imports in this context when that is first asked for.

    What reads the face sees plain imports, a type checker as much as a person; ``dir`` names what is to come, too. A
    module of the room is there by its name as well.
    """

    _one_at_a_time = RLock()

    def __init__(self, face: str) -> None:
        self._face = face
        self._names = vars(sys.modules[face])
        self._import = builtins.__import__

    def __enter__(self) -> None:
        self._one_at_a_time.acquire()
        self._import = builtins.__import__
        builtins.__import__ = self._noted  # type: ignore[assignment]  # what stands for a module is none

    def __exit__(self, *_: object) -> None:
        builtins.__import__ = self._import
        self._one_at_a_time.release()
        places = {name: place for name, place in self._names.items() if type(place) is _Place}
        for name in places:
            del self._names[name]
        self._names["__getattr__"] = _first_use(self._face, places)
        self._names["__dir__"] = lambda: sorted({*self._names, *places})

    def _noted(self, module: str, names: Mapping[str, object] | None = None, *rest: Any, **more: Any) -> Any:
        """Return where the values of a module are to be had; for all but the face, other threads too, import it."""
        return _Places(module) if names is self._names else self._import(module, names, *rest, **more)


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


class _Place:
    """Where a value is to be had."""

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class _Places:
    """Stands for a module that nobody has imported: gives, for each of its values, where that is."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> _Place:
        return _Place(self._module, name)


def _first_use(face: str, places: Mapping[str, _Place]) -> Callable[[str], Any]:
    """Return what gives a face the values, and the modules of its room, that nobody has asked it for before."""

    def first_use(name: str) -> Any:
        place = places.get(name)
        if place is not None:
            value = vars(sys.modules[face])[name] = getattr(import_module(place.module), place.name)
            return value
        try:
            if not name.startswith("__"):
                return import_module(f"{face}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{face}.{name}":
                raise
        raise AttributeError(f"module {face!r} has no attribute {name!r}", name=name, obj=sys.modules[face])

    return first_use
