"""``notify-contracts completion``: a script with which a shell completes commands, options, choices and files."""

import argparse
import re
from collections.abc import Iterable, Iterator

SHELLS = ("bash", "zsh", "fish")

_FILE = re.compile("FILE|DIR|RECORDING|SOURCE")
"""How the words for what is a file, or may be one, are told from others."""

_OFFERED = re.compile(" +(?P<name>[a-z-]+):'")
"""A line that offers a command in zsh."""


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
        if options.shell == "zsh" and isinstance(action.metavar, str):
            # Behind a colon zsh expects a command that completes.
            action.metavar = action.metavar.replace(":", r"\:")
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as below
            for shown in action._choices_actions:  # noqa: SLF001
                action.choices[shown.dest].description = shown.help
    script = shtab.complete(parser, options.shell)
    print(_without_grandchildren(script, parser) if options.shell == "zsh" else script)
    return 0


def _without_grandchildren(script: str, parser: argparse.ArgumentParser) -> str:
    """Return zsh's script where an action is offered behind its command alone, which shtab repeats a level above."""
    for path, names in _levels(parser, "_shtab_notify_contracts"):
        begin = script.index(f"\n{path}_commands() {{\n")
        end = script.index("\n}\n", begin)
        lines = script[begin:end].split("\n")
        kept = (line for line in lines if not (it := _OFFERED.match(line)) or it["name"] in names)
        script = script[:begin] + "\n".join(kept) + script[end:]
    return script


def _levels(parser: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name of each parser that has commands, as shtab writes it, and their names."""
    for action in parser._actions:  # noqa: SLF001 - as below
        if isinstance(action.choices, dict):
            yield path, action.choices
            for name, command in action.choices.items():
                yield from _levels(command, f"{path}_{name}")


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of the parsers of its commands."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to them, and shtab uses this one
        yield action
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
