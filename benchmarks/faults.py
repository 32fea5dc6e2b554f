"""The table of faults: what was done to the toolkit, how much of it, what was lost, and what was said of it.

    nice python benchmarks/faults.py [ROW ...] [--minutes N] [--notifications N] [--lines N] [--page FILE]

Without a ROW all of them; `--list` names them. `--page` puts the rows into the table of that page, in place of what
stood there for the same ones; docs/explanation/faults.md is made so. Rows need a rabbitmq-server, some of them root,
for a disk to fill: what cannot be tried here says so.
"""

import argparse
import logging
import sys
import traceback
from pathlib import Path

import faults_broker
import faults_files
import faults_outputs
import faults_processes
from faulting import FAULTS, Amounts, Found, NotTriedError

from notify_contracts.errors import BrokerUnavailableError

LISTED = (faults_broker, faults_outputs, faults_processes, faults_files)
HEAD = "| what was done | how much | what was lost | what was said |\n|---|---|---|---|\n"


def tried(name: str, amounts: Amounts) -> Found | None:
    """Return what came of a row, None if it cannot be tried here, which is said."""
    try:
        return FAULTS[name](amounts)
    except (NotTriedError, BrokerUnavailableError) as reason:
        print(f"{name}: not tried: {reason}", file=sys.stderr)
    except Exception:  # noqa: BLE001 - the others are tried all the same
        print(f"{name}: failed: {traceback.format_exc()}", file=sys.stderr)
    return None


def line_of(name: str, found: Found) -> str:
    """Return a row of the table; a comment in it names it, for `--page`."""
    return f"| {found.done} <!-- {name} --> | {found.much} | {found.lost} | {found.said} |\n"


def put(page: Path, lines: dict[str, str]) -> None:
    """Write lines into the table of a page, each in place of that of the same name, in the order of the rows."""
    before, head, rest = page.read_text(encoding="utf-8").partition(HEAD)
    if not head:
        raise SystemExit(f"{page}: has no table to put rows into; it begins with: {HEAD.splitlines()[0]}")
    count = next((number for number, line in enumerate(rest.splitlines()) if not line.startswith("|")), None)
    table, behind = rest.splitlines(keepends=True)[:count], rest.splitlines(keepends=True)[count:] if count else []
    known = {line.partition("<!-- ")[2].partition(" -->")[0]: line for line in table} | lines
    page.write_text(
        "".join([before, head, *(known[name] for name in FAULTS if name in known), *behind]), encoding="utf-8"
    )


def main() -> None:
    """Try the rows, print them, and put them into the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", metavar="ROW", nargs="*")
    parser.add_argument("--list", action="store_true", help="name the rows")
    parser.add_argument("--minutes", type=float, default=10, help="under fire (default: 10)")
    parser.add_argument("--notifications", type=int, default=20_000, help="sent or written (default: 20000)")
    parser.add_argument("--lines", type=int, default=100_000, help="hostile lines (default: 100000)")
    parser.add_argument("--page", type=Path, help="a page whose table is to have the rows")
    options = parser.parse_args()
    if options.list:
        print(*FAULTS, sep="\n")
        return
    if unknown := set(options.rows) - FAULTS.keys():
        parser.error(f"no such row: {', '.join(sorted(unknown))}; --list names them")
    logging.disable(logging.WARNING)
    amounts = Amounts(options.minutes, options.notifications, options.lines)
    print(HEAD, end="", flush=True)
    lines = {}
    for name in options.rows or FAULTS:
        if found := tried(name, amounts):
            lines[name] = line_of(name, found)
            print(lines[name], end="", flush=True)
    if options.page:
        put(options.page, lines)
    sys.exit(len(lines) < len(options.rows or FAULTS))


if __name__ == "__main__":
    main()
