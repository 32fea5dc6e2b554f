"""The command runs a subcommand and returns the exit status: 0 all well, 1 violations found, 2 could not run."""

import argparse
import gc
import sys
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from importlib import import_module
from signal import SIGINT, SIGTERM
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from notify_contracts._checking import without_collecting
from notify_contracts._untrusted import printable
from notify_contracts.cli.bonds import Bond
from notify_contracts.cli.interrupts import Terminated, terminable
from notify_contracts.cli.looking import is_anything_set
from notify_contracts.cli.standard_error import heedless_standard_error, say
from notify_contracts.cli.statuses import COULD_NOT_RUN, SIGNALLED
from notify_contracts.errors import NotifyContractsError, UsageError

if TYPE_CHECKING:
    from notify_contracts.cli.configuration import Configured, Given

_COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": ("notify_contracts.cli.check", "check recorded notifications"),
        "audit": ("notify_contracts.cli.audit", "check an archive of many files with many processes or machines"),
        "catalog": ("notify_contracts.cli.catalog", "learn, compare, list, show, export, lint and measure contracts"),
        "needs": ("notify_contracts.cli.needs", "whether contracts give consumers what they read"),
        "generate": ("notify_contracts.cli.generate", "make notifications that keep their contract"),
        "emit": ("notify_contracts.cli.emit", "send one notification with the reference emitter"),
        "watch": ("notify_contracts.cli.watch", "check what passes on a bus, as it passes"),
        "verify": ("notify_contracts.cli.verify", "verify an emitter end to end, through a real broker"),
        "report": ("notify_contracts.cli.report", "join reports of several runs"),
        "settings": ("notify_contracts.cli.settings", "show what is set by files and the environment, and where"),
        "completion": ("notify_contracts.cli.completion", "print what has a shell complete commands and options"),
        "man": ("notify_contracts.cli.man", "print the manual page"),
    }
)
"""Command → its module, which has `add_arguments` and `run`, and what it is for. Only the one asked for is imported."""


_PLACES = frozenset(("SOURCE", "FILE", "DIR", "NEEDS", "CATALOG", "REPORT", "OLD", "NEW", "REVISION", "URL"))
"""What the name of an argument says whose text names a place: an empty one would be where one is, or nothing."""

_SHORT: Any = partial(argparse.HelpFormatter, width=80)


class _Parser(argparse.ArgumentParser):
    """Takes options by their whole names, and each once unless it says that it adds up.

    An option that is added with the key of a `setting` has its value from there where the command line has none; one
    that is added with what it `goes_with`, or is `not_with`, has a `Bond`.
    """

    def __init__(self, **options: Any) -> None:
        self.settable: dict[str, tuple[argparse.Action, Any]] = {}
        self.bonds: list[Bond] = []
        self.words: Sequence[str] | None = None  # of the command line; None where all that there is is asked for
        super().__init__(**{"allow_abbrev": False, "formatter_class": _SHORT} | options)
        for name in (None, "store"):
            self.register("action", name, _Once)

    def format_help(self) -> str:
        """Return the help, as wide as the terminal; that is not asked before, for each option that is added."""
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse as argparse does; what a command does not know it says itself, for its own help has what it knows."""
        known, others = super().parse_known_args(args, namespace)
        marked = others.index("--") if "--" in others else len(others)  # behind it nothing is an option
        if not any(other.startswith("-") and other != "-" for other in others[:marked]):
            others = self._placed(known, others[:marked] + others[marked + 1 :])
        if others:
            from notify_contracts._schema import did_you_mean

            meant = did_you_mean(others[0].partition("=")[0], self._option_string_actions)
            self.error(f"unrecognized arguments: {' '.join(map(printable, others))}{meant}")
        given = frozenset(vars(known))
        for bond in self.bonds:
            if bond.action.dest not in given:
                setattr(known, bond.action.dest, bond.default)
        if self.settable:
            known.configured = _configured()
            for key, (action, default) in self.settable.items():
                if not hasattr(known, action.dest):
                    value = known.configured and known.configured.given(key)
                    setattr(known, action.dest, self._set(action, value, key, default))
        for bond in self.bonds:
            bond.require(known, given, self._option_string_actions)
        return known, others

    def _placed(self, known: argparse.Namespace, others: list[str]) -> list[str]:
        """Take what stands behind options as if it stood before them; return what there is no argument for.

        Of an argument that may be left out, or given more than once, argparse takes nothing more after the first
        option.
        """
        for action in self._get_positional_actions():
            before = getattr(known, action.dest, None)
            takes_many = action.nargs in {argparse.ZERO_OR_MORE, argparse.ONE_OR_MORE}
            if others and (takes_many or (action.nargs == argparse.OPTIONAL and before is None)):
                taken, others = (others, []) if takes_many else (others[:1], others[1:])
                try:
                    values = self._get_values(action, taken)
                except argparse.ArgumentError as error:
                    self.error(str(error))
                setattr(known, action.dest, [*(before or ()), *values] if takes_many else values)
        return others

    def add_argument(
        self,
        *names: Any,
        setting: str | None = None,
        goes_with: str | None = None,
        not_with: Collection[str] = (),
        **options: Any,
    ) -> argparse.Action:
        """Add an argument as argparse does, and whether a setting is its default, and what it is bound to."""
        action = super().add_argument(*names, **options)
        default = action.default
        if setting is not None:
            self.settable[setting] = action, default
            action.default = argparse.SUPPRESS
        if goes_with is not None or not_with:
            self.bonds.append(Bond(action, default, goes_with, not_with))
            action.default = argparse.SUPPRESS
        return action

    def _set(self, action: argparse.Action, given: "Given | None", key: str, default: Any) -> Any:
        """Return the value of an argument that the command line has not; raise UsageError for one that it refuses."""
        if given is None or isinstance(given.value, bool):
            return default if given is None else given.value
        texts = (given.value,) if isinstance(given.value, str) else given.value
        is_list = isinstance(default, list) or isinstance(action, argparse._AppendAction)  # noqa: SLF001
        if not is_list and len(texts) > 1:
            raise UsageError(f"{given.where}: {key}: this command takes one of them: give {action.option_strings[0]}")
        if action.choices is not None and not set(texts) <= set(action.choices):
            return default  # what there is for other commands
        try:
            values = [self._get_value(action, text) for text in texts]
        except argparse.ArgumentError as error:
            raise UsageError(f"{given.where}: {key}: {error.message}") from None
        return values if is_list else values[0]

    def _get_value(self, action: argparse.Action, text: str) -> Any:
        if not text and not _PLACES.isdisjoint(str(action.metavar).replace("/", "|").split("|")):
            raise argparse.ArgumentError(action, "is empty: is a variable not set? name one, or leave it out")
        return super()._get_value(action, text)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from notify_contracts._schema import did_you_mean

            choices, shown = ", ".join(map(repr, action.choices)), printable(repr(value))
            meant = did_you_mean(value, action.choices)
            raise argparse.ArgumentError(action, f"invalid choice: {shown} (choose from {choices}){meant}")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, without the usage that nobody asked for."""
        self.exit(COULD_NOT_RUN, printable(f"{self.prog}: {message}; see {self.prog} --help") + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, by default that of the command line, and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    with heedless_standard_error(), terminable() as heard:
        status = _status(arguments)
        return SIGNALLED + heard[0] if heard else status


def _status(arguments: Sequence[str] | None) -> int:
    try:
        with without_collecting():
            options = _options(sys.argv[1:] if arguments is None else arguments)
            if arguments is None:
                gc.freeze()  # modules and options are there to stay; what is a program of others' is theirs
        status: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except NotifyContractsError as error:
        _let_go_of_standard_output()
        return _failed(str(error))
    except KeyboardInterrupt as interrupt:
        number = SIGTERM if isinstance(interrupt, Terminated) else SIGINT
        return _failed("interrupted", SIGNALLED + number)
    except OSError as error:
        _let_go_of_standard_output()
        # Where the reader has gone there is nobody to tell.
        return (
            COULD_NOT_RUN if isinstance(error, BrokenPipeError) else _failed(f"the output cannot be written: {error}")
        )
    return status


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _parser(arguments)
    if "--" in arguments and list(arguments).index("--") == len(arguments) - 1:
        parser.error("nothing stands behind --: is a variable empty? leave -- out if nothing is meant")
    return parser.parse_args(arguments)


def _let_go_of_standard_output() -> None:
    """Have the interpreter not try again, at its end, to write what cannot be written."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        sys.stdout = None


def _failed(reason: str, status: int = COULD_NOT_RUN) -> int:
    say(reason)
    return status


def whole_parser() -> argparse.ArgumentParser:
    """Return the parser with the options of every command, whose modules are all loaded for that."""
    return _parser(None)


def _parser(arguments: Sequence[str] | None) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="notify-contracts",
        description="Checks event notifications against their contracts.",
        epilog="Exit status: 0 all well, 1 violations found, 2 could not run, 130 or 143 ended by a signal.",
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    asked_for = next((argument for argument in arguments or () if not argument.startswith("-")), None)
    # Where the first word is a command nothing else is asked of the others, which take time to describe.
    described = (asked_for,) if arguments and arguments[0] == asked_for in _COMMANDS else _COMMANDS
    for name in described:
        module, purpose = _COMMANDS[name]
        command = commands.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.")
        if name == asked_for or arguments is None:
            loaded = import_module(module)
            command.words = arguments
            loaded.add_arguments(command)
            command.set_defaults(run=loaded.run)
    return parser


def _configured() -> "Configured | None":
    if not is_anything_set():
        return None
    from notify_contracts.cli.configuration import configured

    found = configured()
    if found.note:
        say(found.note)
    return found


class _Once(argparse.Action):
    """Stores a value as argparse does; of two values of one option none is dropped without a word."""

    _was_given = False

    def __call__(
        self, _parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, name: str | None = None
    ) -> None:
        if self._was_given and name is not None:
            raise argparse.ArgumentError(self, "is given twice: leave one of them out")
        self._was_given = True
        setattr(namespace, self.dest, values)


class _Version(argparse.Action):
    """Prints the version; the distribution's metadata is read only then, for that takes time."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> None:
        from notify_contracts._base import release

        print(f"notify-contracts {release()}")
        parser.exit()
