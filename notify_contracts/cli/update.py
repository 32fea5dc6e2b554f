"""``notify-contracts catalog infer --update``: a catalog brought up to date with recordings."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from difflib import unified_diff
from pathlib import Path

from notify_contracts._checking import Group, GroupKey, Selection
from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.updating import Change, Updated, Updating, update
from notify_contracts._report import WholeFile, counted, ranked
from notify_contracts._untrusted import parse, printable
from notify_contracts.catalog import MANIFEST, Catalog
from notify_contracts.cli.cluster import opened_reader
from notify_contracts.cli.listing import listed_groups
from notify_contracts.cli.reader import STATED, Reader, left_out, nothing_learned
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.standard_output import show
from notify_contracts.cli.statuses import COULD_NOT_RUN
from notify_contracts.errors import CatalogError

LEFT_TO_DO = 1


def run(options: argparse.Namespace, updating: Updating) -> int:
    """Learn, widen, try, and write what changed, or show it."""
    root = Path(options.update)
    with ExitStack() as stack:
        reader = opened_reader(options, stack)
        updated = update(root, updating, Selection(tuple(options.event)), reader.run)
        reader.complain_of_vain(options.event, Learned() if updated is None else updated.learned, Catalog(root))
        if updated is None:
            say(nothing_learned(options.event, STATED))
            return COULD_NOT_RUN
        if options.dry_run:
            print("".join(_difference(updated)), end="")
        else:
            _write(root, updated)
        lines = list(_report(updated, reader, str(root)))
        for line in lines:
            say(line) if options.dry_run else show(line)
    if reader.problems:
        return COULD_NOT_RUN
    left = (
        updated.refused,
        updated.problems,
        updated.misdelivered,
        updated.left_behind,
        updated.lives.doubtful,
        [*updated.not_rare],
        updated.learned.refused,
    )
    return LEFT_TO_DO if any(left) else 0


def _difference(updated: Updated) -> Iterator[str]:
    for file in sorted(updated.after):
        old, new = updated.before.get(file, ""), updated.after[file]
        name = printable(file)
        lines = unified_diff(_lines(old), _lines(new), f"a/{name}" if old else "/dev/null", f"b/{name}", lineterm="")
        yield from (f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a file as a difference shows them and git applies it: with their tabs and their ends."""
    lines = ["\t".join(map(_shown, line.split("\t"))) for line in text.split("\n")]
    return [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"] if lines[-1] else lines[:-1]


def _shown(text: str) -> str:
    return printable(text.removesuffix("\r")) + "\r" * text.endswith("\r")


def _write(root: Path, updated: Updated) -> None:
    """Write the files that changed, when all of them are on the disk beside their places."""
    changed = {file: text for file, text in updated.after.items() if text != updated.before.get(file)}
    files: list[WholeFile] = []
    try:
        for file, text in changed.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            files.append(WholeFile(str(root / file)))
            files[-1].write(text.encode())
        for each in files:
            each.complete()
        for each in files:
            each.put_in_place()
    except OSError as error:
        raise CatalogError(f"{printable(str(root))}: cannot be written: {error.strerror or error}") from None
    finally:
        for each in files:
            each.close()


def _report(updated: Updated, reader: Reader, root: str) -> Iterator[str]:
    yield f"{printable(root)}: {_totals(updated)}"
    for change in updated.changes:
        yield _said(change)
    for event_type, priority in updated.added:
        count = updated.learned.contracts[event_type, priority].count
        yield printable(f"  {event_type} {priority}: a new contract, seen {count:,} times")
    for name in updated.lives.new:
        states = len(updated.lives.content[name]["states"]) - 1
        yield printable(f"  lifecycle {name}: new, {counted(states, 'state')}")
    for event_type, priority in updated.lives.left:
        yield printable(
            f"  {event_type} {priority}: in no lifecycle of its kind; put it there by hand if it belongs there"
        )
    for kind, (back, steps) in updated.lives.unordered.items():
        yield printable(
            f"  lifecycle {kind}: nothing is learned of it, for time runs back in {back:,} of {counted(steps, 'step')}"
        )
    if updated.restated:
        yield f"{counted(updated.restated, 'case')} fail by another keyword now, and say so"
    yield from _left(updated, reader)
    yield from left_out(updated.learned)


def _said(change: Change) -> str:
    return printable(f"  {change.place}: {change.what} ({change.times:,} of {change.total:,})")


def _left(updated: Updated, reader: Reader) -> Iterator[str]:
    """Yield what was not changed, and why."""
    groups = ranked(updated.summary)
    suspects = [(key, group) for key, group in groups if key not in {**updated.refused, **updated.by_hand}]
    by_hand = [(key, group) for key, group in groups if key in updated.by_hand]
    left = [(key, group) for key, group in groups if key in updated.refused]
    if suspects:
        yield "suspects, which are rare and not allowed; --allow-rare allows them:"
        yield from listed_groups(suspects, reader)
    if by_hand:
        yield "suspects, which are rare and which --allow-rare does not allow either:"
        yield from _explained(by_hand, updated.by_hand, reader)
    if updated.lives.rare:
        yield "steps of lives, which are rare and not allowed; --allow-rare allows them:"
        yield from (_said(change) for change in updated.lives.rare)
    if updated.lives.doubtful:
        yield "steps of lives, between which something may have come that does not say of whom; if not, add them:"
        yield from (_said(change) for change in updated.lives.doubtful)
    for contract, failed, total in updated.not_rare:
        yield printable(f"together they are not rare: {failed:,} of {total:,} break {contract}")
    if left:
        yield "not allowed, for that is to be done by hand:"
        yield from _explained(left, updated.refused, reader)
    if updated.misdelivered:
        yield f"carried otherwise than {MANIFEST} says; correct its transport, or how they are sent:"
        for violation, count in updated.misdelivered:
            where = printable(f"{violation.contract} ({violation.keyword}): {violation.message}")
            yield f"  {count:,} x {where}"
    yield from _left_behind(updated)
    if updated.problems:
        yield "cases that what really comes contradicts; correct them, or take them out:"
        yield from (f"  {problem}" for problem in updated.problems)


def _left_behind(updated: Updated) -> Iterator[str]:
    """Yield which fields of lifecycles nothing has any more."""
    if updated.left_behind:
        yield "fields that lifecycles follow and that come no longer; correct their places, or take them out:"
    for each in updated.left_behind:
        more = f" and {len(each.contracts) - 1} more" if len(each.contracts) > 1 else ""
        yield printable(f"  {each.place}: {each.pointer} is in none of {each.count:,} of {each.contracts[0]}{more}")


def _explained(
    groups: Sequence[tuple[GroupKey, Group]], reasons: Mapping[GroupKey, str], reader: Reader
) -> Iterator[str]:
    """Yield groups of violations, each with the reason why it is not allowed."""
    for key, group in groups:
        yield from listed_groups([(key, group)], reader)
        yield f"    {reasons[key]}"


def _totals(updated: Updated) -> str:
    files = sum(text != updated.before.get(file) for file, text in updated.after.items())
    if not files:
        return f"up to date with {counted(updated.learned.count, 'notification')}, nothing is changed"
    old, new = (parse(texts[MANIFEST])["version"] for texts in (updated.before, updated.after))
    parts = [
        f"{counted(len(updated.changes), 'rule')} made wider",
        f"{counted(len(updated.added), 'contract')} added",
        *([f"{counted(len(updated.lives.new), 'lifecycle')} added"] if updated.lives.new else ()),
        f"{counted(files, 'file')} changed",
        printable(f"version {old} is now {new}" if old != new else f"version {old}"),
    ]
    return f"brought up to date with {counted(updated.learned.count, 'notification')}: {', '.join(parts)}"
