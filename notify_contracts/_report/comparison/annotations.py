"""The comparison as annotations of GitHub Actions."""

from collections.abc import Iterator, Sequence

from notify_contracts._comparison import PREFIX
from notify_contracts._report.comparison.compared import NEEDS, Compared
from notify_contracts._report.comparison.sentences import (
    change,
    contracts,
    further_lines,
    headline,
    loss_line,
    shown_by,
    title,
    totals,
    undecided_line,
    version_line,
)
from notify_contracts._report.github import command, shown
from notify_contracts.catalog import MANIFEST


def github(compared: Compared) -> str:
    """Return lines for standard output: an error for each break that counts, and a notice."""
    errors, left_out = shown(_errors(compared), " of a step: --format json")
    said = [headline(compared), *left_out, *further_lines(compared), *compared.notes, version_line(compared)]
    notice = command("notice", [*said, totals(compared)], title="catalog diff")
    return "".join(f"{line}\n" for line in (*errors, notice))


def _errors(compared: Compared) -> Iterator[str]:
    for problem in compared.problems:
        yield command("error", [problem], title="problem")
    if compared.is_version_too_low:
        yield command("error", [version_line(compared)], **_at(compared, [MANIFEST]), title="version")
    for loss in compared.grave:
        yield command("error", [loss_line(loss)], title=NEEDS)
    for finding in compared.counting:
        lines = [
            f"{finding.direction.words}: {change(finding)}",
            f"in {contracts(finding)}" if finding.contracts else "",
        ]
        lines += [f"shown by {shown_by(finding)}", f"hurts: {finding.hurts}", f"without a break: {finding.remedy}"]
        yield command("error", filter(None, lines), **_at(compared, finding.stated), title=title(finding))
    for number, one in enumerate(compared.comparison.undecided):
        yield command("error", [one.direction.words, undecided_line(compared, number)], title="undecided")


def _at(compared: Compared, files: Sequence[str]) -> dict[str, str]:
    """Return the last of the files, which is NEW's, that is there; of a revision there is none in the checkout."""
    if compared.comparison.new.called.startswith(PREFIX):
        return {}
    root = compared.catalogs[1].root
    there = [file for file in files if (root / file).is_file()]
    return {"file": str(root / there[-1])} if there else {}
