import pytest

from notify_contracts.drivers import REGISTRY, Driver, create, names
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification

METADATA = "Metadata-Version: 2.1\nName: somebody\nVersion: 1\n"
MODULE = """
class Carrier:
    def __init__(self, speed=1):
        self.speed = speed
    def send(self, notification): pass
    def send_many(self, notifications): pass
    def close(self): pass
nothing = lambda: object()
"""


@pytest.fixture
def _installed_drivers(tmp_path, monkeypatch):
    """Install a package of somebody else's that brings drivers."""
    (tmp_path / "somebodys_drivers.py").write_text(MODULE)
    folder = tmp_path / "somebody-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(METADATA)
    (folder / "entry_points.txt").write_text(
        "[notify_contracts.drivers]\n"
        "carrier = somebodys_drivers:Carrier\n"
        "nothing = somebodys_drivers:nothing\n"
        "missing = somebodys_drivers:missing\n"
        "log = somebodys_drivers:Carrier\n"
    )
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.parametrize("name", REGISTRY)
def test_each_of_ours_is_a_driver(name):
    """Every name of the table gives a driver, which can be closed without having been used, twice."""
    driver = create(name)
    assert isinstance(driver, Driver)
    driver.close()
    driver.close()


def test_an_unknown_name_lists_the_good_ones():
    """A name that nobody has is a usage error that lists those there are."""
    with pytest.raises(UsageError, match="no driver 'rabbit'; choose from noop, log, memory, messaging"):
        create("rabbit")


@pytest.mark.usefixtures("_installed_drivers")
def test_users_bring_drivers_by_entry_point():
    """A driver of an installed package is found by name, with its options."""
    driver = create("carrier", speed=9)
    assert driver.speed == 9
    driver.send(Notification({}))
    assert names() == (*REGISTRY, "carrier", "missing", "nothing")


@pytest.mark.usefixtures("_installed_drivers")
def test_ours_cannot_be_replaced():
    """An entry point with one of our names does not take it."""
    assert type(create("log")).__name__ == "LogDriver"


@pytest.mark.usefixtures("_installed_drivers")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", r"'missing' \(somebodys_drivers:missing\) cannot be imported"),
        ("nothing", "made object, which lacks send, send_many or close"),
    ],
)
def test_an_entry_point_that_makes_no_driver_is_named(name, message):
    """What an entry point names must exist and make a driver; the error says which it was."""
    with pytest.raises(UsageError, match=message):
        create(name)


def test_options_that_a_driver_does_not_take_are_named():
    """An option that does not exist is a usage error that names it."""
    with pytest.raises(UsageError, match=r"driver 'messaging' cannot be made with these options: .*colour"):
        create("messaging", colour="red")


@pytest.mark.parametrize("name", ["noop", "log", "memory"])
def test_drivers_take_a_generator(name):
    """Several notifications may come from a generator, and all of them are taken."""
    taken = []

    def build():
        for number in range(3):
            taken.append(number)
            yield Notification({"event_type": "image.delete", "priority": "INFO", "payload": number})

    driver = create(name)
    notifications = build()
    driver.send_many(notifications)
    assert taken == ([] if name == "noop" else [0, 1, 2])
    if name == "memory":
        assert [notification.payload for notification in driver.notifications] == [0, 1, 2]
        driver.clear()
        assert driver.notifications == ()
