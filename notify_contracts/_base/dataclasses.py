"""Dataclasses whose methods are the same code for all of them.

Those of the standard library write up to six methods of each class as text and compile them while it is imported: with
those that one command needs that was a sixth of the time in which a single notification is checked. A class is a
standard dataclass here, too (``fields``, ``replace``, ``is_dataclass``), only without what would be compiled.
"""

import dataclasses
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_set = object.__setattr__

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  # said to be for others
else:
    _USUAL = {"init": True, "repr": True, "eq": True, "frozen": False, "slots": False}

    def dataclass(kind: type | None = None, /, **options: bool) -> Any:
        """Make `kind` a dataclass; the options mean what they mean in the standard library, of which these are some."""
        if kind is None:
            return lambda kind: dataclass(kind, **options)
        init, repr_, eq, frozen, slots = (_USUAL | options).values()
        own = set(vars(kind))
        kind = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
        methods = {
            **({"__init__": _init, "__signature__": _Signature()} if init else {}),
            **({"__repr__": _repr} if repr_ else {}),
            **({"__eq__": _eq, "__hash__": _hash if frozen else None} if eq else {}),
            **({"__setattr__": _setattr, "__delattr__": _delattr, "__setstate__": _setstate} if frozen else {}),
        }
        for name, method in methods.items():
            if name not in own:
                setattr(kind, name, method)
        return kind


def _init(self: Any, *values: Any, **named: Any) -> None:
    __tracebackhide__ = True  # a traceback with variables would show a URL among the values
    positional, names, defaults, factories, finish = _parameters(self.__class__)
    given = dict(zip(positional, values, strict=False))
    if named or len(given) < len(names) or len(given) < len(values):
        if len(given) < len(values) or not named.keys().isdisjoint(given):
            _say_what_is_wrong(self.__class__, values, named)
        given.update(named)
        given = {**defaults, **{name: made() for name, made in factories if name not in given}, **given}
        if given.keys() != names:
            _say_what_is_wrong(self.__class__, values, named)
    for name, value in given.items():
        _set(self, name, value)
    if finish is not None:
        finish(self)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    if self.__class__ is not other.__class__:
        return NotImplemented
    compared, _ = _keys(self.__class__)
    return compared(self) == compared(other)


def _hash(self: Any) -> int:
    _, hashed = _keys(self.__class__)
    return hash(hashed(self))


def _setattr(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _setstate(self: object, state: Any) -> None:
    """Take what pickle gives: a dictionary, or one for attributes and one for slots."""
    for part in state if isinstance(state, tuple) else (state,):
        for name, value in (part or {}).items():
            _set(self, name, value)


@cache
def _parameters(kind: Any) -> Any:
    """Return the names that can be given by position, all names, the defaults, what makes others, what is done last."""
    fields = dataclasses.fields(kind)
    return (
        tuple(each.name for each in fields if not each.kw_only),
        frozenset(each.name for each in fields),
        {each.name: each.default for each in fields if each.default is not dataclasses.MISSING},
        tuple((each.name, each.default_factory) for each in fields if each.default_factory is not dataclasses.MISSING),
        getattr(kind, "__post_init__", None),
    )


@cache
def _keys(kind: Any) -> Any:
    """Return what gives the fields by which a value compares, and those by which it is hashed."""
    fields = [each for each in dataclasses.fields(kind) if each.compare]
    return tuple(
        attrgetter(*names) if names else lambda _: ()
        for names in ([each.name for each in fields], [each.name for each in fields if each.hash is not False])
    )


class _Signature:
    """Tells `inspect.signature` what a class takes, once it asks."""

    def __get__(self, instance: object, kind: Any) -> Any:
        return None if kind.__init__ is not _init else _signature(kind)


@cache
def _signature(kind: Any) -> Any:
    """Return what the standard library says that such a class takes."""
    from inspect import signature

    fields = [(each.name, each.type, each) for each in dataclasses.fields(kind)]
    return signature(dataclasses.make_dataclass(kind.__name__, fields, repr=False, eq=False))


def _say_what_is_wrong(kind: Any, values: tuple[Any, ...], named: dict[str, Any]) -> None:
    _signature(kind).bind(*values, **named)


def refuse_truth(value: object) -> bool:
    """Raise TypeError, as the ``__bool__`` of what `conforms`, or not: else ``assert catalog.check(x)`` cannot fail."""
    kind = type(value).__name__.lower()
    raise TypeError(f"a {kind} is neither true nor false: ask whether it .conforms, or whether it is None")
