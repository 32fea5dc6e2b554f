"""``notify-contracts completion``: a script with which a shell completes commands, options, choices and files."""

import argparse
import re
from collections.abc import Iterator

SHELLS = ("bash", "zsh", "fish")

_FILE = re.compile("FILE|DIR|RECORDING|SOURCE")
"""How the words for what is a file, or may be one, are told from others."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.epilog = (
        'bash: eval "$(notify-contracts completion bash)"; '
        "zsh: notify-contracts completion zsh > a folder of $fpath/_notify-contracts; "
        "fish: notify-contracts completion fish > ~/.config/fish/completions/notify-contracts.fish"
    )
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from notify_contracts.cli.commands import whole_parser

    parser = whole_parser()
    for action in _actions(parser):
        if action.choices is None and _FILE.search(str(action.metavar)):
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # what shtab looks for
    print(shtab.complete(parser, options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of the parsers of its commands."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to them, and shtab uses this one
        yield action
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
