"""The report as annotations of GitHub Actions: workflow commands, which its runner reads from standard output.

Source: "Workflow commands for GitHub Actions" in GitHub's documentation, and the escaping of its own toolkit.
"""

from collections.abc import Iterable, Iterator

from notify_contracts._report.matrix import named
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.places import place_of
from notify_contracts._report.shared_lines import broken_at, closing, found_at, ranked, remarks
from notify_contracts._untrusted import printable

MOST = 10
"""The number of annotations of a kind that GitHub shows of a step."""

_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def github(outcome: Outcome) -> str:
    """Return the outcome as lines for standard output: errors, warnings of what tests left out, and a notice."""
    errors, left_out = shown(_errors(outcome), " of a step: --report json:FILE")
    warnings = [command("warning", entries, title=title) for title, entries in remarks(outcome).items()]
    notice = command("notice", [*outcome.notes, *left_out, *closing(outcome)], title=named(outcome.catalog))
    return "".join(f"{line}\n" for line in (*errors, *warnings, notice))


def _errors(outcome: Outcome) -> Iterator[str]:
    for problem in outcome.problems:
        yield command("error", [problem], title="problem")
    if reason := outcome.why_duplicates_fail:
        yield command("error", [reason], title="duplicates")
    for key, group in ranked(outcome.news):
        place = place_of(group.example.location)
        where = {} if place is None else {"file": place.file}
        if place is not None and place.line is not None:
            where["line"] = str(place.line)
        title = f"{group.count} x {broken_at(key)}"
        yield command("error", [group.example.message, found_at(group)], **where, title=title)


def shown(errors: Iterable[str], whole: str) -> tuple[list[str], list[str]]:
    """Return the errors that GitHub shows, and what to say of others, if there are any: `whole` has them all."""
    made = list(errors)
    more = len(made) - MOST
    return made[:MOST], [f"and {more} errors more than the {MOST} that are shown{whole} has them"] if more > 0 else []


def command(name: str, lines: Iterable[str], **properties: str) -> str:
    """Return a workflow command, in which nothing of the input is one."""
    stated = ",".join(f"{key}={printable(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
    message = "\n".join(map(printable, lines))
    return f"::{name} {stated}::{message.translate(_IN_MESSAGE)}"
