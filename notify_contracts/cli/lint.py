"""``notify-contracts catalog lint``: whether a catalog is sound and behaves as its examples and cases say."""

import argparse
import sys
from pathlib import Path

from notify_contracts._lint import Problem, fixed, lint
from notify_contracts._report import PROBLEM_FORMATS, formatted_problems, write_whole
from notify_contracts._untrusted import printable
from notify_contracts.catalog import ENVELOPE, EVENTS, MANIFEST, builtin_names, load
from notify_contracts.cli.options import add_catalog_choice, catalog_choice
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.statuses import NOT_WELL
from notify_contracts.errors import CatalogError, UsageError

_MOST_ROUNDS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_catalog_choice(parser)
    parser.add_argument(
        "--format", choices=PROBLEM_FORMATS, default="text", help=f"{', '.join(PROBLEM_FORMATS)} (default: text)"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="correct what has one answer, and say what: $id, $schema, names in an event's file, titles made of names; "
        "the rest of a file stays as it is",
    )
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Look at each catalog that is meant, correct it if that is asked for, and print the problems."""
    given = catalog_choice(options) or None
    # A folder first: it is the one that somebody works on, even where a built-in catalog has its name.
    roots = (
        [Path(given)]
        if given is not None and (Path(given).is_dir() or given not in builtin_names())
        else [load(name).root for name in builtin_names() if given in (None, name)]
    )
    for root in roots:
        if not root.is_dir():
            raise CatalogError(f"{printable(str(root))}: no such folder; give one that holds a {MANIFEST}")
        if not any((root / part).exists() for part in (MANIFEST, ENVELOPE, EVENTS)):
            raise CatalogError(f"{printable(str(root))}: no catalog is in it; give a folder that holds a {MANIFEST}")
    if options.fix and (given is None or not Path(given).is_dir()):
        raise UsageError("the built-in catalogs are not to be changed: give the folder of your own to lint --fix")
    found = [(root, problem) for root in roots for problem in (_fixed(root) if options.fix else lint(root))]
    print(formatted_problems(found, len(roots), options.format), end="")
    if given is None:
        built_in = ", ".join(builtin_names())
        say(f"only what comes with it was looked at, {built_in}: give a folder")
    return NOT_WELL if found else 0


def _fixed(root: Path) -> list[Problem]:
    """Correct what has one answer, and return the problems that are left; a correction may bring others to light."""
    for _ in range(_MOST_ROUNDS):
        problems, changes = list(lint(root)), 0
        for file in fixed(root, problems):
            write_whole(str(root / file.file), file.text.encode())
            for change in file.changes:
                print(f"fixed: {change}", file=sys.stderr)
            changes += len(file.changes)
        if not changes:
            break
    return problems
