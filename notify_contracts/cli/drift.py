"""``notify-contracts catalog drift``: where a catalog and what really comes differ, in both directions."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from notify_contracts._checking import Checking, Question, Selection, Summary
from notify_contracts._drafting import UNDECLARED, UNSEEN, Difference, differences
from notify_contracts._drafting.inference import Learning, merged
from notify_contracts._report import counted, ranked
from notify_contracts._untrusted import printable
from notify_contracts.catalog import load
from notify_contracts.cli.cluster import add_cluster_arguments, opened_reader
from notify_contracts.cli.listing import listed_groups
from notify_contracts.cli.reader import Reader, nothing_in_it
from notify_contracts.cli.sources import add_jobs_argument, add_source_arguments
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.standard_output import show, show_json
from notify_contracts.cli.statuses import COULD_NOT_RUN, NOT_WELL
from notify_contracts.wire.envelopes import reading_as

_MOST_LINES = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("catalog", metavar="NAME|DIR", help="a built-in catalog or a folder")
    add_source_arguments(parser)
    parser.add_argument(
        "--event", metavar="GLOB", action="append", default=[], help="look only at these event types: 'image.*'"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_jobs_argument(parser)
    add_cluster_arguments(parser, "--jobs processes, without Dask", "no cluster")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Read the sources twice, once to check and once to learn, and say what differs."""
    catalog = load(options.catalog)
    selection = Selection(tuple(options.event))
    with ExitStack() as stack:
        stack.enter_context(reading_as(catalog.envelopes))
        reader = opened_reader(options, stack)
        learned = merged(part[0] for part in reader.run(Learning(selection)))
        reader.complain_of_vain(options.event, learned, catalog)
        if not learned.count:
            say(f"nothing was compared: {nothing_in_it(options.event)}; check tells why")
            return COULD_NOT_RUN
        summary = Summary().merge(*reader.run(Checking(catalog, Question(selection, transport=None), None)))
        found = list(differences(catalog, learned, selection))
        if options.format == "json":
            show_json(_document(summary, found))
        else:
            show(*_lines(summary, found, learned.count, reader))
    if reader.problems:
        return COULD_NOT_RUN
    differs = summary.violations or any(each.kind == UNDECLARED for each in found)
    return NOT_WELL if differs else 0


def _lines(summary: Summary, found: Sequence[Difference], count: int, reader: Reader) -> Iterator[str]:
    skipped = f", {counted(summary.skipped, 'other line')} skipped" if summary.skipped else ""
    yield f"{counted(count, 'notification')}, {counted(summary.violations, 'violation')}{skipped}"
    if groups := ranked(summary):
        yield f"outside of the contracts: {len(groups)}"
        yield from listed_groups(groups, reader, _MOST_LINES)
    by_kind = {kind: [each for each in found if each.kind == kind] for kind in (UNDECLARED, UNSEEN)}
    undeclared = [f"{each.times:,} x {_told(each)}" for each in by_kind[UNDECLARED]]
    yield from _section("undeclared, and allowed", undeclared)
    yield from _section("never seen", [_told(each) for each in by_kind[UNSEEN]])


def _told(difference: Difference) -> str:
    return printable(" ".join(filter(None, (difference.contract, difference.pointer, difference.what))))


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}: {len(lines)}"
    yield from (f"  {line}" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  and {len(lines) - _MOST_LINES:,} more; --format json has them all"


def _document(summary: Summary, found: Iterable[Difference]) -> dict[str, Any]:
    outside = [
        {
            "contract": key.contract or None,
            "pointer": key.pointer,
            "keyword": key.keyword,
            "count": group.count,
            "message": group.example.message,
            "first": str(group.example.location),
        }
        for key, group in ranked(summary)
    ]
    differing = [{**each._asdict(), "contract": each.contract or None} for each in found]
    counts = {"notifications": summary.notifications, "skipped": summary.skipped}
    return {**counts, "outside": outside, "differences": differing}
