"""A run that judged nothing, or not all that was named, is not all well: what it says instead."""

from collections.abc import Iterable, Iterator

from notify_contracts._checking import Question, Summary
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, is_meant


def what_was_not_judged(summary: Summary, catalog: Catalog, question: Question) -> Iterator[str]:
    """Yield that no contract was asked about notifications that conform, and what was given in vain."""
    yield from _catalogs_in_vain(catalog)
    if summary.conforming_without_contract and not summary.passed and not summary.failed:
        found = f"none of the event types in {summary.notifications} notifications is in {catalog.name}"
        allowed = "which --allow-unknown lets pass" if question.allow_unknown else "which lets them pass"
        yield f"{found}, {allowed}: no contract was asked; give the catalog that has them with --catalog"
    if summary.is_part or summary.other_pairs_without_contract:
        return  # it is not known what else there was
    came = (event_type for event_type, _ in summary.pairs_without_contract)
    # Where nothing was left at all, that is said of each source: all that can be added is what is meant.
    yield from named_in_vain(question.selection.events, came, catalog, meant_only=not summary.notifications)


def named_in_vain(
    globs: Iterable[str], came: Iterable[str], catalog: Catalog | None, *, meant_only: bool = False
) -> Iterator[str]:
    """Yield which globs of event types fit nothing that came, nor a contract of `catalog`: they may be mistyped.

    `meant_only` leaves out those that resemble no contract.
    """
    contracted = () if catalog is None else catalog.event_types
    known = {*contracted, *came}
    kinds = dict.fromkeys(f"{event_type.rpartition('.')[0]}.*" for event_type in contracted if "." in event_type)
    for glob in globs:
        if not any(is_meant(event_type, glob) for event_type in known):
            from notify_contracts._schema import did_you_mean

            meant = did_you_mean(glob, (*kinds, *contracted))
            lacking = "" if catalog is None else f", and {catalog.name} has no contract for it"
            if meant or not meant_only:
                what_to_do = meant or "; correct it, or leave it out"
                yield f"--event {printable(glob)}: nothing like it came{lacking}{what_to_do}"


def what_was_not_heard(catalog: Catalog, exchange: str) -> Iterator[str]:
    """Yield which exchanges of a catalog were not listened to, for only one was."""
    others = [printable(each) for each in dict.fromkeys(catalog.transport.exchanges) if each != exchange]
    if others:
        named = f"{' and '.join(others)}, which {catalog.name} names, too"
        yield f"nothing was heard on {named}: see to that with --exchange"


def _catalogs_in_vain(catalog: Catalog) -> Iterator[str]:
    """Yield each catalog of several that has nothing to judge, for an event type belongs to the first that has it."""
    before: set[str] = set()
    for member in catalog.members:
        own = {*member.event_types}
        if own and own <= before:
            reason = "each of its event types belongs to a catalog that is given before it"
            yield f"the catalog {printable(str(member.root))} judged nothing: {reason}; give it first, or leave it out"
        before |= own
