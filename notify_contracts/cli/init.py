"""``notify-contracts catalog init``: a catalog to begin with, which lints clean."""

import argparse
from os import fsencode
from pathlib import Path

from notify_contracts._drafting import LONGEST_NAME, require_new, write
from notify_contracts._drafting.importing import problems
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import PRIORITY, new_catalog
from notify_contracts.cli.naming import named_after
from notify_contracts.cli.standard_output import show
from notify_contracts.errors import UsageError

_DEFAULT_PRIORITY = "INFO"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("folder", metavar="DIR", help="a new folder, or an empty one; nothing is ever overwritten")
    parser.add_argument("--name", metavar="N", help="what the catalog is called (default: as its folder)")
    parser.add_argument(
        "--event",
        metavar="TYPE[:PRIORITY]",
        action="append",
        default=[],
        type=_event,
        help="an event type with a contract: parcel.lost:ERROR; may be given several times "
        f"(default: one to be renamed; without a priority {_DEFAULT_PRIORITY})",
    )
    parser.set_defaults(act=_init)


def _event(text: str) -> tuple[str, str]:
    event_type, colon, priority = text.rpartition(":")
    event_type, priority = (event_type, priority) if colon else (text, _DEFAULT_PRIORITY)
    if not event_type or "/" in event_type or "\0" in event_type or len(fsencode(event_type)) > LONGEST_NAME:
        raise argparse.ArgumentTypeError("expected an event type and a priority as parcel.lost:ERROR")
    if not PRIORITY.fullmatch(priority):
        meant = printable(f"{event_type}:{priority.upper() if priority.isalpha() else _DEFAULT_PRIORITY}")
        raise argparse.ArgumentTypeError(f"expected a priority in upper case behind the last colon, as {meant}")
    return event_type, priority


def _init(options: argparse.Namespace) -> int:
    """Make the folder whole, or not at all."""
    folder = Path(options.folder)
    require_new(folder)
    name = options.name or named_after(folder.resolve().name, "catalog")
    files = new_catalog(name, options.event or [(f"{name}.happened", _DEFAULT_PRIORITY)])
    for problem in problems(files):
        said = shortened(printable(f"{problem.file}{problem.pointer}: {problem.message}"), 300)
        raise UsageError(f"with such names it would be no catalog: {said}")
    write(files, folder)
    where = printable(str(folder))
    show(f"{where}: {len(files)} files; fill in what they ask for, then: notify-contracts catalog lint {where}")
    return 0
