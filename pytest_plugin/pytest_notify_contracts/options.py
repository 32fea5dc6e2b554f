"""The options of the plugin, on the command line, in the environment and in the configuration file."""

import os
import warnings
from typing import TYPE_CHECKING, Any, Literal

import pytest

from pytest_notify_contracts.remembered import settings_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

ENGINES = ("jsonschema-rs", "jsonschema")
STRICTNESSES = ("strict", "known", "warn", "off")
WIRES = ("2.0", "1.0")
BROKERS = ("auto", "docker", "local", "off")


class Option:  # no named tuple, which takes every session longer to define than to have
    """An option: ``--notify-catalog`` on the command line is ``notify_catalog`` in the configuration file."""

    def __init__(  # noqa: PLR0913  # one for each column of the table
        self,
        name: str,
        default: str,
        help: str,  # noqa: A002  # as argparse has it
        *,
        metavar: str | None = None,
        choices: tuple[str, ...] = (),
        kind: Literal["string", "bool", "linelist"] = "string",
    ) -> None:
        self.name = name
        self.default = default
        self.help = help
        self.metavar = metavar
        self.choices = choices
        self.kind = kind

    @property
    def flag(self) -> str:
        """The option on the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def key(self) -> str:
        """What the settings of the library call it."""
        return self.name.removeprefix("notify_").replace("_", "-")

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"NOTIFY_CONTRACTS_{self.name.removeprefix('notify_').upper()}"


CATALOG = Option(
    "notify_catalog",
    "glance-documented",
    "the contracts: a built-in catalog by its name, or a folder; several with commas between them, and an event type "
    "belongs to the first that has it (default: glance-documented)",
    metavar="NAME|FOLDER[,…]",
)
ENGINE = Option(
    "notify_engine",
    "jsonschema-rs",
    "what decides whether a contract is kept: jsonschema-rs (fast) or jsonschema (default: jsonschema-rs)",
    choices=ENGINES,
)
STRICTNESS = Option(
    "notify_strictness",
    "strict",
    "what recorded notifications that break their contract do to the test: strict fails it; known too, but of event "
    "types the catalog does not have checks the envelope only; warn only warns; off does not check (default: strict)",
    choices=STRICTNESSES,
)
WIRE = Option(
    "notify_wire",
    "2.0",
    "the format in which oslo.messaging sends in production: 2.0 (driver messagingv2) or 1.0 (driver messaging); a "
    "value that it cannot carry fails the test of oslo_notifications (default: 2.0)",
    choices=WIRES,
)
BROKER = Option(
    "notify_broker",
    "auto",
    "the RabbitMQ of bus: auto, docker, local, off, or an amqp:// URL (default: auto)",
    metavar="auto|docker|local|off|URL",
)
REQUIRE_BROKER = Option(
    "notify_require_broker",
    "",
    "fail a test that finds no broker instead of skipping it",
    kind="bool",
)
COVERAGE = Option("notify_coverage", "", "show which contracts the tests have seen kept or broken", kind="bool")
FAIL_UNDER = Option(
    "notify_coverage_fail_under",
    "",
    "fail if fewer than this many of a hundred contracts were seen and kept",
    metavar="PERCENT",
)
REPORT = Option(
    "notify_coverage_report",
    "",
    "write the coverage of contracts to a file, in a format of notify-contracts check such as json, junit, markdown or "
    "html (default: json); may be given several times",
    metavar="[FORMAT:]FILE",
    kind="linelist",
)
IGNORE = Option(
    "notify_ignore",
    "",
    "event types that recorders do not judge, by their names or globs; how many there were is told at the end; may be "
    "given several times",
    metavar="GLOB",
    kind="linelist",
)
BASELINE = Option(
    "notify_baseline",
    "",
    "known violations, which notify-contracts report merge --write-baseline makes of a coverage report: only others, "
    "and expired ones, fail a test",
    metavar="FILE",
)

LIFECYCLES = Option(
    "notify_lifecycles",
    "off",
    "follow the lives of which recorded notifications tell, by the lifecycles of the catalog: strict fails the test "
    "for a step that cannot come, warn only warns, off does not look (default: off; in a file, true is strict)",
    choices=("strict", "warn", "off"),
)

NEEDS = Option(
    "notify_needs",
    "",
    "write to a file of needs what the consumer under test reads of the notifications that notification_reads hands to "
    "it, and those of fuzz_consumer and of a consumer's conformance class",
    metavar="FILE",
)
CONSUMER = Option(
    "notify_consumer",
    "",
    "what the consumer under test is called in its needs (default: the name of the project's folder)",
    metavar="NAME",
)

OPTIONS = (
    CATALOG,
    ENGINE,
    STRICTNESS,
    LIFECYCLES,
    WIRE,
    BROKER,
    REQUIRE_BROKER,
    COVERAGE,
    FAIL_UNDER,
    REPORT,
    IGNORE,
    BASELINE,
    NEEDS,
    CONSUMER,
)

TRUE = ("1", "true", "yes", "on")
FALSE = ("", "0", "false", "no", "off")


class _CommandLine:  # no hook of pytest: it is found by its name
    """Keeps pytest's parser, which alone knows what stands on the command line itself."""

    name = "notify_contracts_command_line"

    def __init__(self, parser: pytest.Parser) -> None:
        self.parser = parser


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare every option twice: for the command line and for the configuration file."""
    pluginmanager.register(_CommandLine(parser), _CommandLine.name)
    group = parser.getgroup("notify-contracts", "notifications and their contracts")
    for option in OPTIONS:
        if option.kind == "bool":
            group.addoption(option.flag, dest=option.name, action="store_const", const="1", help=option.help)
        else:
            group.addoption(
                option.flag,
                dest=option.name,
                metavar=option.metavar,
                choices=option.choices or None,
                action="append" if option.kind == "linelist" else "store",
                help=option.help,
            )
        nothing: list[str] | str = [] if option.kind == "linelist" else ""
        parser.addini(option.name, f"as {option.flag}: {option.help}", type=option.kind, default=nothing)


def typed(config: pytest.Config) -> "argparse.Namespace":
    """Return what the command line alone says, without what a configuration file or ``PYTEST_ADDOPTS`` adds to it."""
    command_line: Any = config.pluginmanager.get_plugin(_CommandLine.name)
    given: argparse.Namespace = command_line.parser.parse_known_args(config.invocation_params.args)
    return given


def chosen(config: pytest.Config, option: Option) -> str:
    """Return the value of an option.

    It is from the command line, else the environment, pytest's file, our settings' file, and else the default.
    """
    given = _given(config, option)
    if option is LIFECYCLES and str(given).lower() in TRUE + FALSE:  # for the command it is on or off
        return "strict" if str(given).lower() in TRUE else "off"
    return str(option.default if given is None else ",".join(given) if isinstance(given, list | tuple) else given)


def several(config: pytest.Config, option: Option) -> tuple[str, ...]:
    """Return the values of an option of which there may be several; in the environment, commas part them."""
    given = _given(config, option)
    if given is None:
        return (option.default,) if option.default else ()
    return (str(given),) if isinstance(given, str | bool) else tuple(given)


def _given(config: pytest.Config, option: Option) -> "str | bool | Sequence[str] | None":
    given: str | bool | Sequence[str] | None = config.getoption(option.name)
    if given is not None:
        return _each(config, option, given)
    if text := os.environ.get(option.variable):
        is_list = option.kind == "linelist" or option is CATALOG
        return ([part.strip() for part in text.split(",") if part.strip()] or text) if is_list else text
    given = config.getini(option.name)
    return _each(config, option, given) if given not in ("", []) else settings_of(config).get(option.key)


def _each(config: pytest.Config, option: Option, given: "str | bool | Sequence[str]") -> "str | bool | Sequence[str]":
    """Return the catalogs between commas, where what is given is not one folder whose name has some; else as given."""
    if option is not CATALOG or not isinstance(given, str) or "," not in given or (config.rootpath / given).is_dir():
        return given
    return [part.strip() for part in given.split(",") if part.strip()] or given


def is_chosen(config: pytest.Config, option: Option) -> bool:
    """Return whether an option that is on or off is on."""
    return chosen(config, option).lower() in TRUE


def unknown(config: pytest.Config) -> str | None:
    """Return a name in pytest's file that seems to be one of an option, and that nobody has declared.

    Pytest only warns of it, where warnings are shown.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that `inicfg` is deprecated: nothing else tells what is in the file
        names = [name for name in getattr(config, "inicfg", ()) if name.lower().startswith(("notify_", "notify-"))]
    ours = {option.name for option in OPTIONS} if names else ()
    return next((name for name in names if name not in ours and not _is_declared(config, name)), None)


def _is_declared(config: pytest.Config, name: str) -> bool:
    """Whether any plugin has declared a name."""
    try:
        config.getini(name)
    except ValueError as error:  # the name is unknown, or its value is of no use
        return "unknown configuration value" not in str(error)
    except pytest.UsageError:
        return True
    return True


def is_any_given(config: pytest.Config) -> bool:
    """Return whether any option is given, rightly or wrongly; if not, each has its default."""
    try:
        return any(_given(config, option) is not None for option in OPTIONS)
    except (ValueError, pytest.UsageError):  # `validate` says what is wrong
        return True
