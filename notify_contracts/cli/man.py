"""``notify-contracts man``: the manual page, made of the same words as the help."""

import argparse
from collections.abc import Iterator

from notify_contracts._untrusted import printable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.epilog = (
        "To read it: notify-contracts man | man -l -; to install it: "
        "notify-contracts man > ~/.local/share/man/man1/notify-contracts.1"
    )


def run(_options: argparse.Namespace) -> int:
    """Print it, as roff of the man macros."""
    from notify_contracts._base import release
    from notify_contracts.cli.commands import whole_parser

    print("\n".join(_page(whole_parser(), release())))
    return 0


def _page(parser: argparse.ArgumentParser, version: str) -> Iterator[str]:
    yield f'.TH NOTIFY-CONTRACTS 1 "" "notify-contracts {_text(version)}" "User Commands"'
    # Options are not to be hyphenated, nor lines of them filled up; groff since 1.23 asks its string at each paragraph.
    yield from (".nh", ".ad l", ".ds AD l")
    yield from (".SH NAME", rf"notify-contracts \- {_text(_first_lower(parser.description))}")
    yield from (".SH SYNOPSIS", r"\fBnotify-contracts\fR \fICOMMAND\fR [\fIoption\fR ...]")
    yield from (".SH DESCRIPTION", _text(parser.description), ".PP", _text(parser.epilog))
    for command in _commands(parser):
        command.color = False  # type: ignore[attr-defined]  # which Python 3.14 gives the help, and a terminal alone knows
        yield f".SH {_text(command.prog.removeprefix(parser.prog).strip().upper())}"
        yield from (_text(command.description), ".PP", r"\fB" + _text(_usage(command)) + r"\fR")
        yield from _options(command)
        if command.epilog:
            yield from (".PP", _text(command.epilog))


def _commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the parsers of the commands, and of the actions of those, that take options."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to them
        for command in action.choices.values() if isinstance(action.choices, dict) else ():
            inner = list(_commands(command))
            yield from inner or [command]


def _usage(command: argparse.ArgumentParser) -> str:
    return " ".join(command.format_usage().removeprefix("usage: ").split())


def _options(command: argparse.ArgumentParser) -> Iterator[str]:
    formatter = command._get_formatter()  # noqa: SLF001 - it alone knows how the help writes an option
    for action in command._actions:  # noqa: SLF001
        if action.help is not argparse.SUPPRESS:
            name = formatter._format_action_invocation(action)  # noqa: SLF001
            yield from (".TP", rf"\fB{_text(name)}\fR", _text(formatter._expand_help(action)) if action.help else "")  # noqa: SLF001


def _first_lower(text: str | None) -> str:
    return f"{(text or '')[:1].lower()}{(text or '')[1:]}".rstrip(".")


def _text(text: str | None) -> str:
    r"""Return `text` so that roff prints it as it is: no line is a request, and a hyphen is the one that is typed."""
    line = printable(" ".join((text or "").split())).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{line}" if line.startswith((".", "'")) else line
