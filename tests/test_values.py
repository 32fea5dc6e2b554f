"""Values: immutable, compared, hashed, sent to other processes, and free to get further fields."""

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from notify_contracts import Delivery, Location, Notification, Summary, Unreadable, Verdict, Violation, load
from notify_contracts.errors import UsageError

ENVELOPE = {"message_id": "a", "event_type": "b", "payload": {"c": [1]}}
VALUES = (
    Delivery("exchange", "key", {"priority": 0}),
    Notification(ENVELOPE, {"_unique_id": "0"}, "2.0", Delivery("exchange", "key")),
    Unreadable("why"),
    Location("file", 3),
    Violation("/payload", "type", "expected …", "b-INFO"),
    Verdict(Notification(ENVELOPE), "b-INFO", (Violation("", "type", "…"),), Location("file", 3, "item")),
)
each = pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)


@each
def test_equal_and_hashed(value):
    """A value that went to another process is equal to the one that was sent, and has the same hash."""
    copy = pickle.loads(pickle.dumps(value))
    assert copy == value
    assert hash(copy) == hash(value)
    assert copy is not value


@each
def test_immutable(value):
    """No field can be set; another value is made by `dataclasses.replace`."""
    name = value.__match_args__[0] if value.__match_args__ else next(iter(value.__dataclass_fields__))
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)
    assert getattr(replace(value, **{name: "other"}), name) == "other"


def test_a_verdict_is_no_truth():
    """A verdict that is taken for a truth is refused: whatever it says, it would be true."""
    for notification in (load().contract("image.delete", "INFO").example(), ENVELOPE):
        with pytest.raises(TypeError, match=r"neither true nor false: ask whether it \.conforms"):
            assert load().check(notification)


@pytest.mark.parametrize("thing", [[ENVELOPE], None, "{}", 7])
def test_what_is_no_notification(thing):
    """A list, a text or nothing is told to be no notification."""
    with pytest.raises(UsageError, match=rf"expected a notification or a mapping, found {type(thing).__name__}"):
        load().check(thing)


NEW = {(Delivery, "redelivered")}


@each
def test_tuples_of_the_last_release(value):
    """What was a named tuple can still be unpacked and indexed, with a warning; what it got since is not in that."""
    names = [name for name in value.__dataclass_fields__ if (type(value), name) not in NEW]
    for use in (tuple, lambda value: tuple(value[index] for index in range(len(value)))):
        with pytest.warns(DeprecationWarning, match="name the field"):
            assert use(value) == tuple(getattr(value, name) for name in names)
    if not isinstance(value, Verdict):
        assert bool(value)


def test_equality_is_transitive():
    """A notification is equal to its envelope, and so to every other notification with that envelope."""
    one, other = Notification(ENVELOPE), Notification(ENVELOPE, {"_unique_id": "0"}, "2.0", Delivery("e", "k"))
    assert one == dict(ENVELOPE) == other
    assert one == other
    assert len({one, other}) == 1
    assert one != Notification({**ENVELOPE, "message_id": "z"})
    assert hash(Notification({"message_id": []})) == hash(Notification({}))


def test_locations_are_ordered():
    """Locations are sorted by source and number."""
    assert min(Location("b", 1), Location("a", 10), Location("a", 9)) == Location("a", 9)


@pytest.mark.parametrize("old", ["strangers", "other_strangers", "tolerated"])
def test_renamed(old):
    """An attribute that has another name now is still there under its old one, with a warning that says the new one."""
    with pytest.warns(DeprecationWarning, match=rf"Summary\.{old} is now \w*without_contract"):
        assert not getattr(Summary(), old)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        Summary().nonsense  # noqa: B018  # asking is what fails


def test_contracts():
    """A contract is equal to the same contract of the same catalog, can be hashed, and judges in another process."""
    contract = load("glance-emitted").contract("image.create", "INFO")
    copy = pickle.loads(pickle.dumps(contract))
    assert copy == contract == load("glance-emitted").contract("image.create", "INFO")
    assert len({copy, contract}) == 1
    assert copy.is_kept_by(contract.example())
    assert copy != load("glance-emitted", engine="jsonschema").contract("image.create", "INFO")
    assert copy != load("glance-emitted").contract("image.update", "INFO")
    assert "schemas" not in repr(contract), "it is readable"
