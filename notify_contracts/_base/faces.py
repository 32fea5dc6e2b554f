"""Names of a room's face that are imported when they are first asked for."""

import builtins
import sys
from _thread import RLock  # that of threading, which takes longer to import than all of this
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


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
