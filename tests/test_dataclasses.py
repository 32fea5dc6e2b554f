"""Our dataclasses, whose methods are shared, beside those of the standard library, whose methods are compiled."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import KW_ONLY, FrozenInstanceError, field

import pytest

from notify_contracts._base import dataclass as ours


def _both(make):
    return [make(dataclasses.dataclass), make(ours)]


def _frozen(dataclass):
    @dataclass(frozen=True)
    class Value:
        """A value."""

        name: str
        number: int = 3
        more: list = field(default_factory=list, hash=False)
        aside: str = field(default="", compare=False, repr=False)
        _: KW_ONLY
        last: str = "z"

    return Value


def _derived(dataclass):
    @dataclass(frozen=True)
    class Derived(_frozen(dataclass)):
        """Has one field more, and one that got a default."""

        name: str = "n"
        new: int = 0

    return Derived


def _changing(dataclass):
    @dataclass
    class Value:
        """A value that can be changed."""

        name: str
        seen: set = field(default_factory=set)

        def __post_init__(self):
            self.length = len(self.name)

    return Value


@dataclasses.dataclass(frozen=True, slots=True)
class _TheirSlots:
    name: str
    number: int = 0


@ours(frozen=True, slots=True)
class _OurSlots:
    name: str
    number: int = 0


ARGUMENTS = [
    ((), {}),
    (("a",), {}),
    (("a", 1), {}),
    (("a", 1, [2]), {"last": "y"}),
    (("a",), {"number": 2, "aside": "b"}),
    (("a", 1, [2], "b", "too many"), {}),
    (("a",), {"name": "twice"}),
    ((), {"number": 1}),
    (("a",), {"unknown": 1}),
    ((), {"unknown": 1}),
]


def _outcome(make):
    try:
        return repr(make())
    except TypeError as error:
        return type(error)


@pytest.mark.parametrize("kind", [_frozen, _derived, _changing])
@pytest.mark.parametrize(("values", "named"), ARGUMENTS)
def test_made(kind, values, named):
    """The same arguments are taken, and the same are refused; a value shows itself alike."""
    theirs, own = _both(kind)
    assert _outcome(lambda: own(*values, **named)) == _outcome(lambda: theirs(*values, **named))


def test_wrong_arguments_are_named():
    """What is wrong is said in Python's words."""
    with pytest.raises(TypeError, match="missing a required argument: 'name'"):
        _frozen(ours)()
    with pytest.raises(TypeError, match="unexpected keyword argument 'nmae'"):
        _frozen(ours)(nmae="a", name="b")
    with pytest.raises(TypeError, match="multiple values for argument 'name'"):
        _frozen(ours)("a", name="b")


@pytest.mark.parametrize("kind", [_frozen, _derived, _changing])
def test_described(kind):
    """The fields, the signature and what a pattern matches are those of the standard library."""
    theirs, own = _both(kind)
    assert str(inspect.signature(own)) == str(inspect.signature(theirs))
    assert own.__match_args__ == theirs.__match_args__
    assert [each.name for each in dataclasses.fields(own)] == [each.name for each in dataclasses.fields(theirs)]
    assert dataclasses.asdict(own("a")) == dataclasses.asdict(theirs("a"))


@pytest.mark.parametrize("kind", [_frozen, _derived])
def test_compared(kind):
    """Values are equal, and have one hash, by the fields that count; the class counts, too."""
    theirs, own = _both(kind)
    for made in (theirs, own):
        assert made("a", aside="b") == made("a", aside="c")
        assert made("a") != made("a", last="y")
        assert made("a") != theirs("a") or made is theirs
        assert len({made("a", more=()), made("a", more=(), aside="c"), made("b", more=())}) == 2
        assert hash(made("a", 3, [1])) == hash(made("a", 3, [2]))


def test_frozen():
    """No attribute of a frozen value can be set or deleted; another value is made by `replace`."""
    value = _frozen(ours)("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del value.name
    assert dataclasses.replace(value, name="b") == type(value)("b")
    with pytest.raises(TypeError):
        dataclasses.replace(value, nmae="b")


def test_changing():
    """A value that can be changed has no hash, and its own collections."""
    kind = _changing(ours)
    one, other = kind("abc"), kind("abc")
    assert one == other
    assert one.length == 3
    one.seen.add(1)
    assert other.seen == set()
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


@pytest.mark.parametrize("kind", [_TheirSlots, _OurSlots])
def test_slots(kind):
    """A frozen value with slots has no dictionary, and can be sent and copied."""
    value = kind("a", 1)
    assert not hasattr(value, "__dict__")
    for other in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert other == value
        assert repr(other) == repr(value)
    with pytest.raises(FrozenInstanceError):
        value.name = "b"


def test_what_the_class_says_itself_stays():
    """A method that a class has is not replaced."""

    @ours(frozen=True)
    class Value:
        """Has its own."""

        name: str

        def __init__(self):
            object.__setattr__(self, "name", "own")

        def __repr__(self):
            return "shown"

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 1

    assert (repr(Value()), Value() == 3, hash(Value()), Value().name) == ("shown", True, 1, "own")
    assert str(inspect.signature(Value)) == "()"
