"""What the options ask for, as the values that are worked with."""

import os
from typing import TYPE_CHECKING

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.remembered import settings_of

if TYPE_CHECKING:
    from notify_contracts.wire import FormatVersion
    from pytest_notify_contracts.excused import Excuse

EXCUSE: "pytest.StashKey[Excuse | None]" = pytest.StashKey()


def wire(config: pytest.Config) -> "FormatVersion":
    """Return the format that oslo.messaging's notifications have in production."""
    return "1.0" if options.chosen(config, options.WIRE) == "1.0" else "2.0"


def excusing(config: pytest.Config) -> "Excuse | None":
    """Return what the session excuses, None if nothing; raise `pytest.UsageError` for a baseline that is none."""
    if EXCUSE not in config.stash:
        ignored, file = options.several(config, options.IGNORE), options.chosen(config, options.BASELINE)
        config.stash[EXCUSE] = None
        if ignored or file or options.chosen(config, options.STRICTNESS) == "off":
            from pytest_notify_contracts.excused import excuse_of

            config.stash[EXCUSE] = excuse_of(config, ignored, file)
    return config.stash[EXCUSE]


def broker_url(config: pytest.Config) -> str | None:
    """Return the URL of the broker that our settings' file names, None where it does not count."""
    url = settings_of(config).get("url")
    return url if isinstance(url, str) and options.chosen(config, options.BROKER) == "auto" else None


def percent(config: pytest.Config) -> float | None:
    """Return the share of the contracts that must be covered, in percent; None if that does not matter."""
    given = options.chosen(config, options.FAIL_UNDER)
    return float(given) if given else None


def reports(config: pytest.Config) -> list[tuple[str, str]]:
    """Return the reports of the coverage that were asked for, as formats and files.

    A file is named from where pytest was started, whatever folder a test went to.
    """
    chosen = map(_report, options.several(config, options.REPORT))
    return [(name, os.path.join(config.invocation_params.dir, file)) for name, file in chosen]  # noqa: PTH118  # as it was given, and absolute


def needs_file(config: pytest.Config) -> str:
    """Return the file of needs that was asked for, named from where pytest was started; empty if none was."""
    file = options.chosen(config, options.NEEDS)
    return file and os.path.join(config.invocation_params.dir, file)  # noqa: PTH118  # as it was given, and absolute


def consumer(config: pytest.Config) -> str:
    """Return what the consumer under test is called."""
    return options.chosen(config, options.CONSUMER) or config.rootpath.name or "consumer"


def _report(target: str) -> tuple[str, str]:
    name, colon, file = target.partition(":")
    return (name, file) if colon and name.isalpha() else ("json", target)
