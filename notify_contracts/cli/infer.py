"""``notify-contracts catalog infer``: contracts learned from recordings, each rule with its evidence."""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from notify_contracts._checking import Selection
from notify_contracts._drafting import Files, event_path, require_new, write
from notify_contracts._drafting.inference import (
    FEW,
    Drafting,
    Inferred,
    generated_examples,
    infer,
    replaced_examples,
    require_sound,
    rules_in,
)
from notify_contracts._drafting.updating import Updating
from notify_contracts._lint.strength import share, strength_of
from notify_contracts._report import counted, ranked
from notify_contracts._untrusted import printable
from notify_contracts.catalog import LIFECYCLES, Catalog
from notify_contracts.cli import update
from notify_contracts.cli.cluster import add_cluster_arguments, opened_reader
from notify_contracts.cli.envelopes import add_envelope_argument, chosen_envelopes
from notify_contracts.cli.listing import listed_groups
from notify_contracts.cli.naming import name, named_after
from notify_contracts.cli.numbers import between
from notify_contracts.cli.reader import NAMED, READ, Reader, left_out, nothing_learned
from notify_contracts.cli.sources import add_jobs_argument, add_source_arguments
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.standard_output import show
from notify_contracts.cli.statuses import COULD_NOT_RUN, NOT_WELL
from notify_contracts.errors import UsageError
from notify_contracts.wire.envelopes import reading_as

_WORD_WITH_DIGITS = re.compile("[^./:]*[0-9][^./:]*")
_MANY_ALIKE = 20  # event types that differ in nothing else: no service has so many versions of one
_ENOUGH = 100_000  # effort to measure the strength of a contract, which is told in whole percent
_ENOUGH_IN_ALL = 1_000_000  # of all contracts, which may be many and large

_EXAMPLES: Mapping[str, Callable[[Files], Files]] = {
    "replaced": replaced_examples,
    "real": lambda files: files,
    "none": generated_examples,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_source_arguments(parser)
    folder = parser.add_mutually_exclusive_group(required=True)
    folder.add_argument("--output", metavar="DIR", help="the folder of the catalog: a new one, or an empty one")
    folder.add_argument(
        "--update", metavar="DIR", help="the folder of a catalog that is there: it is made to allow what really comes"
    )
    parser.add_argument("--dry-run", action="store_true", help="with --update: show the difference, and write nothing")
    parser.add_argument("--allow-rare", action="store_true", help="with --update: allow what is rare, too")
    parser.add_argument("--name", metavar="NAME", type=name, help="what the catalog is called (default: as its folder)")
    parser.add_argument(
        "--event", metavar="GLOB", action="append", default=[], help="learn only these event types: 'image.*'"
    )
    add_envelope_argument(parser)
    parser.add_argument("--open", action="store_true", help="allow properties that were never seen")
    parser.add_argument(
        "--strict", action="store_true", help="what is rare breaks the contracts; by default it is allowed and listed"
    )
    parser.add_argument(
        "--examples",
        choices=tuple(_EXAMPLES),
        default="replaced",
        help="notifications of the recording with their values replaced form for form, as they are, or generated "
        "(default: replaced)",
    )
    parser.add_argument(
        "--hold-out",
        metavar="K",
        type=between(2, 20),
        default=1,
        help="learn K times without a K-th of the notifications and tell how many of those are accepted",
    )
    add_jobs_argument(parser)
    add_cluster_arguments(parser, "--jobs processes, without Dask", "no cluster")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Learn, try, write."""
    if options.update is not None:
        if options.name is not None or options.strict or options.hold_out > 1:
            raise UsageError("--name, --strict and --hold-out go with --output, not with --update")
        if options.envelope is not None:
            raise UsageError("the catalog states the envelope: leave --envelope out, or change catalog.json")
        updating = Updating(options.allow_rare, options.open, _EXAMPLES[options.examples])
        return update.run(options, updating)
    if options.dry_run or options.allow_rare:
        raise UsageError("--dry-run and --allow-rare go with --update, not with --output")
    folder = Path(options.output)
    require_new(folder)
    envelopes = chosen_envelopes(options)
    called = options.name or named_after(folder.resolve().name, "service")
    drafting = Drafting(called, options.strict, options.open, envelopes=envelopes)
    with ExitStack() as stack:
        stack.enter_context(reading_as(envelopes))
        reader = opened_reader(options, stack)
        inferred = infer(drafting, Selection(tuple(options.event)), options.hold_out, reader.run)
        if inferred is None:
            say(nothing_learned(options.event, READ if envelopes else NAMED))
            return COULD_NOT_RUN
        reader.complain_of_vain(options.event, inferred.learned, None)
        files = _EXAMPLES[options.examples](inferred.files)
        require_sound(files, inferred.learned)
        write(files, folder)
        show(*_report(inferred, Catalog(folder), reader))
    if reader.problems:
        return COULD_NOT_RUN
    return NOT_WELL if inferred.learned.refused else 0


def _report(inferred: Inferred, catalog: Catalog, reader: Reader) -> Iterator[str]:
    learned = inferred.learned
    events, shown = len(catalog.event_types), printable(str(catalog.root))
    found = f"{counted(learned.count, 'notification')}: {counted(len(learned.contracts), 'contract')}"
    yield f"{shown}: learned from {found} of {counted(events, 'event type')}"
    yield from _table(inferred, catalog)
    lifecycles = inferred.files.get(LIFECYCLES, {})
    if lifecycles:
        said = (f"{kind} ({counted(len(one['states']) - 1, 'state')})" for kind, one in lifecycles.items())
        yield f"lifecycles: {', '.join(said)}"
    yield from _never_told(catalog, learned.attributes)
    for kind, (back, steps) in inferred.unordered.items():
        how_often = f"time runs back in {back:,} of {counted(steps, 'step')}"
        yield f"no lifecycle of {kind}: {how_often}; sort the recording by time first"
    few = sum(1 for each in learned.contracts.values() if each.count < FEW)
    if few:
        yield f"{counted(few, 'contract')} seen fewer than {FEW} times: what is in them may be too narrow"
    yield from _of_data(catalog.event_types)
    yield from _suspects(inferred, reader)
    yield from left_out(learned)
    if learned.skipped:
        yield f"{counted(learned.skipped, 'other line')} skipped"


def _never_told(catalog: Catalog, attributes: frozenset[str]) -> Iterator[str]:
    """Yield which attributes no event had, where the envelope says that events have them, maybe at a wrong place."""
    for form in catalog.envelopes:
        for attribute in sorted(form.templates.keys() - attributes):
            if where := " and ".join(map(printable, form.places_of(attribute))):
                yield f"no event has a {attribute}: nothing stands at {where}; if that is a mistake, correct --envelope"


def _table(inferred: Inferred, catalog: Catalog) -> Iterator[str]:
    effort = min(_ENOUGH, _ENOUGH_IN_ALL // len(catalog.contracts))
    strengths = {each.contract: each for each in strength_of(catalog, effort=effort).contracts}
    rows = [("contract", "seen", "rules", "strength", "unseen accepted")]
    every: Counter[str] = Counter()
    for (event_type, priority), seen in sorted(inferred.learned.contracts.items()):
        contract = inferred.files[event_path(event_type)]["$defs"][priority]
        rules = rules_in(inferred.files, contract["properties"]["payload"])
        every += rules
        strength = strengths[f"{event_type}-{priority}"]
        caught = f"{share(strength.caught, strength.total):.0f} %"
        name = printable(f"{event_type} {priority}")
        rows.append(
            (name, f"{seen.count:,}", f"{rules.total():,}", caught, _accepted(inferred, (event_type, priority)))
        )
    columns = len(rows[0]) if inferred.trialled else len(rows[0]) - 1
    widths = [max(len(row[column]) for row in rows) for column in range(columns)]
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [row[n].rjust(widths[n]) for n in range(1, columns)]
        yield "  ".join(cells).rstrip()
    yield "rules: " + ", ".join(f"{count:,} {kind}" for kind, count in every.most_common())
    if inferred.trialled is not None:
        accepted, tried = inferred.trialled.accepted.total(), inferred.trialled.tried.total()
        yield f"of what was not seen {accepted:,} of {tried:,} are accepted ({100 * accepted / max(1, tried):.2f} %)"


def _accepted(inferred: Inferred, pair: tuple[str, str]) -> str:
    if inferred.trialled is None:
        return ""
    return f"{inferred.trialled.accepted[pair]:,} of {inferred.trialled.tried[pair]:,}"


def _of_data(event_types: Sequence[str]) -> Iterator[str]:
    """Yield which event types hold an id, by all appearances: what comes next has another, and no contract."""
    alike: dict[str, list[str]] = {}
    for event_type in event_types:
        alike.setdefault(_WORD_WITH_DIGITS.sub("", event_type), []).append(event_type)
    for several in alike.values():
        if len(several) >= _MANY_ALIKE:
            yield (
                f"{len(several):,} event types differ in a word with digits alone, {printable(several[0])} and "
                f"{printable(several[1])}: if those are data no other has a contract; put them into the payload"
            )


def _suspects(inferred: Inferred, reader: Reader) -> Iterator[str]:
    """Yield what is rare: allowed or not, somebody should look at it."""
    groups = ranked(inferred.suspects)
    if not groups:
        return
    what = "break the contracts" if inferred.is_strict else "are allowed; --strict makes them violations"
    yield f"suspects, which are rare and {what}:"
    yield from listed_groups(groups, reader)
