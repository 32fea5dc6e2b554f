"""``notify-contracts catalog init``: a catalog to begin with, which lints clean."""

import argparse
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from notify_contracts._lint import lint
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import PRIORITY, new_catalog
from notify_contracts.cli.naming import named_after
from notify_contracts.errors import NotifyContractsError, UsageError

_DEFAULT_PRIORITY = "INFO"
_LONGEST = 200


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
    if not event_type or "/" in event_type or "\0" in event_type or len(event_type) > _LONGEST:
        raise argparse.ArgumentTypeError("expected an event type and a priority as parcel.lost:ERROR")
    if not PRIORITY.fullmatch(priority):
        meant = printable(f"{event_type}:{priority.upper() if priority.isalpha() else _DEFAULT_PRIORITY}")
        raise argparse.ArgumentTypeError(f"expected a priority in upper case behind the last colon, as {meant}")
    return event_type, priority


def _init(options: argparse.Namespace) -> int:
    """Make the folder whole, or not at all."""
    folder = Path(options.folder)
    name = options.name or named_after(folder.resolve().name, "catalog")
    files = new_catalog(name, options.event or [(f"{name}.happened", _DEFAULT_PRIORITY)])
    where = printable(str(folder))
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise UsageError(f"{where}: is there already: give a folder that is new or empty")
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=".notify-contracts-", dir=folder.parent))
        try:
            _write(made, files)
            if folder.exists():
                for path in made.iterdir():
                    path.rename(folder / path.name)
            else:
                made.chmod(0o777 & ~_mask())
                made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except NotifyContractsError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no folder has such a name"
        raise UsageError(f"{where}: cannot be made: {reason}") from None
    print(f"{where}: {len(files)} files; fill in what they ask for, then: notify-contracts catalog lint {where}")
    return 0


def _write(folder: Path, files: Mapping[str, Any]) -> None:
    """Write the files of a catalog; UsageError if they would be none."""
    for file, content in files.items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for problem in lint(folder):
        said = shortened(printable(f"{problem.file}{problem.pointer}: {problem.message}"), 300)
        raise UsageError(f"with such names it would be no catalog: {said}")


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
