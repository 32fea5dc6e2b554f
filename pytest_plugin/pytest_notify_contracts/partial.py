"""Whether only a part of the tests was asked for, which says nothing about what all of them cover."""

import os

import pytest

_IN_CI = ("CI", "BUILD_NUMBER")
"""The variables by which pytest, too, knows that it runs in CI."""


class Selecting:
    """Knows what on the command line has chosen some of the tests.

    That is the id of a test, ``--lf`` where something had failed before, or ``-k`` and ``-m`` that leave tests out.
    What stands in the configuration file or in ``PYTEST_ADDOPTS`` is a project's whole run. So are ``-k`` and ``-m`` in
    CI, where nobody tries out a test: a requirement must not fall silent where it is to hold. A file or folder counts
    as all there is. To be made when a session begins, for pytest forgets what had failed.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.deselected = 0
        self._config = config
        self._typed = [str(argument) for argument in config.invocation_params.args]
        self._had_failed = bool(getattr(config.pluginmanager.get_plugin("lfplugin"), "lastfailed", None))

    @property
    def by(self) -> str | None:
        """What has chosen, None if nothing did."""
        if any("::" in argument for argument in self._config.args):
            return "the id of a test"
        if self._had_failed and not {"--lf", "--last-failed"}.isdisjoint(self._typed):
            return "--lf"
        # With xdist it is in the workers that tests are left out.
        leaves_out = self.deselected or self._config.pluginmanager.has_plugin("dsession")
        if not leaves_out or any(os.environ.get(name) for name in _IN_CI):
            return None
        options = (("-k", self._config.getoption("keyword")), ("-m", self._config.getoption("markexpr")))
        return next((name for name, given in options if given and self._is_typed(name)), None)

    def _is_typed(self, name: str) -> bool:
        return any(argument.startswith(name) for argument in self._typed)
