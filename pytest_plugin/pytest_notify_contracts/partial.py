"""Whether only a part of the tests was asked for, which says nothing about what all of them cover."""

import os
from collections.abc import Generator
from typing import Any

import pytest

from pytest_notify_contracts import options

_IN_CI = ("CI", "BUILD_NUMBER")
"""The variables by which pytest, too, knows that it runs in CI."""

_CHOOSING = {"-k": "keyword", "-m": "markexpr", "--deselect": "deselect"}
_GOING_ON = {"--sw": "stepwise", "--lf": "lf"}
"""Options of pytest that leave tests out, by what it calls their values: by what they are, or by how they ended."""

_OUTPUT = "notify_contracts_left_out"


class Selecting:
    """Knows what has chosen some of the tests: a plugin, of which a session has one.

    That is the id of a test; ``--lf`` and ``--sw`` where something had failed before; or ``-k``, ``-m`` and
    ``--deselect`` on the command line that leave tests out. What these leave out by the configuration file or
    ``PYTEST_ADDOPTS`` is a project's whole run. So it is in CI, where nobody tries out a test: a requirement must not
    fall silent where it is to hold. A file or folder counts as all there is. To be made when a session begins, for
    pytest forgets what had failed.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._had_failed = bool(getattr(config.pluginmanager.get_plugin("lfplugin"), "lastfailed", None))
        self._is_any_left_out = False
        self.left_out: list[pytest.Item] = []
        """What this process has collected and does not run."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, Any, Any]:
        """See what is left out, by whomever: not every plugin tells of it."""
        collected = [*items]
        result = yield
        remaining = {item.nodeid for item in items}
        self.left_out = [item for item in collected if item.nodeid not in remaining]
        self._is_any_left_out = bool(self.left_out)
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take from one of xdist's workers, which collect the tests, whether some were left out."""
        self._is_any_left_out |= getattr(node, "workeroutput", {}).get(_OUTPUT, False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Tell the controller."""
        if hasattr(self._config, "workerinput"):
            self._config.workeroutput[_OUTPUT] = self._is_any_left_out  # type: ignore[attr-defined]  # xdist's way back

    @property
    def by(self) -> str | None:
        """What has chosen, None if nothing did."""
        if any("::" in argument for argument in self._config.args):
            return "the id of a test"
        if self._had_failed and self._config.getoption("lf", None):
            return "--lf"
        if not self._is_any_left_out:
            return None
        if going_on := next((flag for flag, name in _GOING_ON.items() if self._config.getoption(name, None)), None):
            return going_on
        if any(os.environ.get(name) for name in _IN_CI):
            return None
        typed = options.typed(self._config)
        return next((flag for flag, name in _CHOOSING.items() if getattr(typed, name)), None)

    @property
    def is_by_option(self) -> bool:
        """Whether an option of pytest leaves tests out, wherever it stands; if not, somebody's plugin does."""
        return any(self._config.getoption(name) for name in _CHOOSING.values())


_SELECTING: pytest.StashKey[Selecting] = pytest.StashKey()


def selecting_of(config: pytest.Config) -> Selecting:
    """Return the one of a session, which begins to look when somebody first asks for it."""
    if _SELECTING not in config.stash:
        config.stash[_SELECTING] = Selecting(config)
        config.pluginmanager.register(config.stash[_SELECTING], "notify_contracts_selecting")
    return config.stash[_SELECTING]
