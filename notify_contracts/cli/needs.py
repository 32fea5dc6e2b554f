"""``notify-contracts needs``: what consumers read, held against contracts."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from notify_contracts._comparison.needs import (
    Consumer,
    Drafted,
    Drafting,
    Effect,
    Held,
    Shares,
    Sharing,
    drafted_consumer,
    files_of_needs,
    held,
    written_consumer,
)
from notify_contracts._comparison.needs.reading import read_consumers
from notify_contracts._report import counted
from notify_contracts._report.needs import NEEDS_FORMATS, Standing, formatted_needs
from notify_contracts._untrusted import printable
from notify_contracts.catalog import DEFAULT_CATALOG
from notify_contracts.cli.envelopes import add_envelope_argument, chosen_envelopes
from notify_contracts.cli.output import opened_output, require_outside
from notify_contracts.cli.reader import NAMED, READ, nothing_learned, reader_of
from notify_contracts.cli.revisions import named_catalog
from notify_contracts.cli.sources import add_jobs_argument
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.standard_output import show
from notify_contracts.cli.statuses import COULD_NOT_RUN
from notify_contracts.errors import SourceError, UsageError
from notify_contracts.wire.envelopes import reading_as


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=type(parser))
    checking = actions.add_parser("check", help="whether a catalog guarantees what consumers read")
    checking.add_argument(
        "needs", metavar="NEEDS", nargs="+", help="files of needs, folders of them, or Ceilometer's own YAML"
    )
    checking.add_argument(
        "--catalog",
        setting="catalog",
        metavar="CATALOG",
        default=DEFAULT_CATALOG,
        help="a built-in catalog, a folder, or git:REVISION:FOLDER, as git:HEAD~1:contracts/mine "
        f"(default: {DEFAULT_CATALOG})",
    )
    checking.add_argument(
        "--recording",
        metavar="SOURCE",
        action="append",
        default=[],
        help="tell how many of these real notifications have what is read; may be given several times",
    )
    checking.add_argument(
        "--fail-on",
        metavar="EFFECT",
        action="append",
        choices=tuple(effect.value for effect in Effect),
        default=[],
        help="what gives status 1 where it is not guaranteed: fails (the notification is lost), lost (it is missing, "
        "and nobody is told), defaulted; may be given several times (default: fails)",
    )
    checking.add_argument(
        "--expect",
        metavar="CONSUMER[@VERSION]",
        type=_expected,
        action="append",
        default=[],
        help="a consumer that runs where this is to be deployed: status 2 if it never said what it needs, or only for "
        "another version; may be given several times",
    )
    formats = tuple(NEEDS_FORMATS)
    checking.add_argument("--format", choices=formats, default="text", help=f"{', '.join(formats)} (default: text)")
    checking.add_argument("--output", metavar="FILE", help="write there (default: standard output)")
    add_jobs_argument(checking)
    checking.set_defaults(act=_check)
    beginning = actions.add_parser("init", help="a file of needs to begin with: all that recordings have")
    beginning.add_argument(
        "--from",
        dest="recording",
        metavar="SOURCE",
        action="append",
        required=True,
        help="recorded notifications that the consumer reads; may be given several times",
    )
    beginning.add_argument("--consumer", metavar="NAME", default="consumer", help="its name (default: consumer)")
    add_envelope_argument(beginning)
    beginning.add_argument("--output", metavar="FILE", help="write there (default: standard output)")
    add_jobs_argument(beginning)
    beginning.set_defaults(act=_init)


def run(options: argparse.Namespace) -> int:
    """Run the action that the command line names."""
    status: int = options.act(options)
    return status


def _check(options: argparse.Namespace) -> int:
    files = [str(file) for named in options.needs for file in files_of_needs(named)]
    consumers = read_consumers(options.needs)
    with ExitStack() as stack:
        catalog = named_catalog(_one(options.catalog), stack)
        require_outside(options.output, (catalog,))
        output = stack.enter_context(opened_output(options.output, (*options.recording, *files)))
        found = tuple(held(consumers, catalog))
        kinds = frozenset((contract.event_type, contract.priority) for contract in catalog.contracts)
        stack.enter_context(reading_as(catalog.envelopes))
        shares, problems = _shares(options, Sharing(consumers, kinds), stack)
        standing = Standing(
            f"{catalog.name} {catalog.version}",
            found,
            frozenset(map(Effect, options.fail_on)) or frozenset((Effect.FAILS,)),
            shares,
            (*problems, *_unkept(found), *_unknown(options.expect, consumers)),
            catalog.envelopes,
        )
        output.write(formatted_needs(standing, options.format))
    return standing.status


def _unkept(found: Iterable[Held]) -> Iterator[str]:
    """Yield the contracts of which nothing shows that they can be kept: one that nothing keeps guarantees anything."""
    for contract in dict.fromkeys(answered.contract for each in found for answered in each.answers):
        if not any(map(contract.is_kept_by, contract.examples)):
            yield f"{printable(contract.id)}: no example keeps it: perhaps nothing does; run catalog lint"


def _expected(text: str) -> tuple[str, str]:
    """Return the name of a consumer, and its version, empty where any will do."""
    name, at, version = text.partition("@")
    if not name or (at and not version):  # where a variable was empty
        raise argparse.ArgumentTypeError("expected the name of a consumer, and a version behind @")
    return name, version


def _unknown(expected: Sequence[tuple[str, str]], consumers: Sequence[Consumer]) -> Iterator[str]:
    """Yield of which of the consumers that are expected nobody knows what they need, and why."""
    for name, version in expected:
        declared = [consumer.version or "no version" for consumer in consumers if consumer.name == name]
        if not declared:
            yield f"{printable(name)}: never declared: no file of needs is this consumer's"
        elif version and version not in declared:
            told = printable(", ".join(declared))
            yield f"{printable(name)}: declared for another version: {told}, not {printable(version)}"


def _init(options: argparse.Namespace) -> int:
    if not options.consumer:
        raise UsageError("--consumer is empty: give the consumer a name")
    if options.output is not None and _holds_something(Path(options.output)):  # it may have been cut down by hand since
        raise UsageError(f"{printable(options.output)}: is there already: give another --output, or remove it")
    with ExitStack() as stack:
        stack.enter_context(reading_as(chosen_envelopes(options)))
        reader = reader_of(options.recording, options.jobs, stack)
        drafted = Drafted().merge(reader.run(Drafting()))
        consumer = drafted_consumer(options.consumer, drafted)
        for problem in drafted.problems():
            say(problem)
        if not consumer.needs:
            raise SourceError(nothing_learned((), READ if options.envelope else NAMED))
        with opened_output(options.output, options.recording) as output:
            output.write(written_consumer(consumer))
    if options.output is not None:
        count = sum(len(need.reads) for need in consumer.needs)
        show(f"{counted(count, 'place')} of {counted(len(consumer.needs), 'need')}: leave in what is read")
    return COULD_NOT_RUN if reader.problems else 0


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _one(catalog: str | list[str]) -> str:
    """Return the one catalog that is asked for; settings may have several."""
    if isinstance(catalog, str):
        return catalog
    if len(catalog) != 1:
        raise UsageError("needs are held against one catalog: give --catalog")
    return catalog[0]


def _shares(options: argparse.Namespace, sharing: Sharing, stack: ExitStack) -> tuple[Shares | None, tuple[str, ...]]:
    if not options.recording:
        return None, ()
    reader = reader_of(options.recording, options.jobs, stack)
    shares = Shares().merge(reader.run(sharing))
    less = tuple(shares.problems())
    for problem in less:
        say(problem)
    return shares, (*reader.problems, *less)
