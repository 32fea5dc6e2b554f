"""What is logged where Python's logging passes nothing on: a test that records it must not pass for that."""

import logging
import logging.config

import pytest

from notify_contracts import Notifier
from notify_contracts.drivers.log import LOGGER_BASE
from notify_contracts.errors import ArrivalError, UsageError
from notify_contracts.testing import recording

EMITTED = f"{LOGGER_BASE}.image.delete"


def _configured(**loggers):
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, "loggers": loggers})


MUTING = {
    "disabled": (lambda: logging.disable(logging.CRITICAL), "logging is disabled: leave out logging.disable"),
    "an existing logger": (
        lambda: logging.config.dictConfig({"version": 1}),
        rf"the logger {LOGGER_BASE}\.\S+ is disabled: configure logging with disable_existing_loggers=False",
    ),
    "a logger that keeps it": (
        lambda: _configured(**{EMITTED: {"propagate": False}}),
        rf"the logger {EMITTED} does not propagate: what it logs comes no further",
    ),
    "a level below": (
        lambda: _configured(**{EMITTED: {"level": "ERROR"}}),
        rf"the logger {EMITTED} passes on nothing below ERROR: leave its level as it is",
    ),
    "another level": (lambda: _configured(**{LOGGER_BASE: {"level": "WARNING"}}), "was configured anew"),
    "other handlers": (lambda: _configured(**{LOGGER_BASE: {"handlers": []}}), "was configured anew"),
}


@pytest.fixture(autouse=True)
def _as_before():
    """Leave logging as it was."""
    base, emitted, disabled = logging.getLogger(LOGGER_BASE), logging.getLogger(EMITTED), logging.root.manager.disable
    before = base.level, list(base.handlers)
    others = [each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    before_of = {each: (each.disabled, each.propagate, each.level) for each in (*others, emitted)}
    yield
    logging.disable(disabled)
    base.setLevel(before[0])
    base.handlers[:] = before[1]
    for each, was in before_of.items():
        each.disabled, each.propagate, level = was
        each.setLevel(level)


def _delete():
    with Notifier("image.example.org", drivers=["log"]) as notifier:
        notifier.info("image.delete", "no id at all")


@pytest.mark.parametrize(("mute", "said"), MUTING.values(), ids=MUTING)
def test_nothing_could_be_recorded(mute, said):
    """What could not be heard fails whoever records, and says what to change, even where nothing was expected."""
    with recording(source="logging") as notifications:
        mute()
        _delete()
        notifications.none("image.delete")
        with pytest.raises(UsageError, match=f"nothing could be recorded: .*{said}"):
            notifications.verify()


@pytest.mark.parametrize(("mute", "said"), MUTING.values(), ids=MUTING)
def test_muted_on_the_way(mute, said):
    """What was heard before is no proof that all was."""
    with recording(source="logging") as notifications, Notifier("image.example.org", drivers=["log"]) as notifier:
        notifier.info("image.delete", "dc78c8d5-10bb-4452-9d15-613728fd7fba")
        mute()
        _delete()
        assert len(notifications) == 1
        with pytest.raises(UsageError, match=f"not all could be recorded: .*{said}"):
            notifications.verify()


@pytest.mark.parametrize(("mute", "said"), MUTING.values(), ids=MUTING)
def test_what_is_missing(mute, said):
    """What does not come is said with the reason."""
    with recording(source="logging") as notifications:
        mute()
        _delete()
        with pytest.raises(ArrivalError, match=f"expected one image.delete, found none; .*{said}"):
            notifications.one("image.delete")


def test_nothing_was_logged():
    """Where logging is as it should be, it is no fault that nothing is logged, nor that what is not ours is silent."""
    with recording(source="logging") as notifications:
        _configured(elsewhere={"level": "CRITICAL"})
        logging.getLogger("elsewhere").disabled = True
        notifications.none("image.delete")
