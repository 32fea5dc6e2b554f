"""The report for GitLab's Code Quality: an issue for each group of violations, and for what else is to be said.

Source: "Code Quality report format" in GitLab's documentation, a subset of Code Climate's.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from notify_contracts._report.outcome import Outcome
from notify_contracts._report.places import Place, place_of
from notify_contracts._report.sarif import identity
from notify_contracts._report.shared_lines import broken_at, found_at, ranked, shares
from notify_contracts._untrusted import dump, printable

_FIRST_LINE = 1  # an issue must have a line


def gitlab(outcome: Outcome) -> str:
    """Return the outcome as the text of a list of issues, empty where there is nothing to say."""
    problems = _of_the_run(outcome.problems, "problem", "blocker")
    notes = _of_the_run((*outcome.notes, *shares(outcome)), "note", "info")
    duplicates = _of_the_run(filter(None, [outcome.why_duplicates_fail]), "duplicates", "major")
    return f"{dump([*problems, *duplicates, *_groups(outcome), *notes]).decode()}\n"


def _groups(outcome: Outcome) -> Iterator[dict[str, Any]]:
    for key, group in ranked(outcome.summary):
        location = group.example.location
        place = place_of(location)
        said = f"{group.count} x {broken_at(key)}: {group.example.message}; {found_at(group)}"
        issue = _issue(said, place or Place(str(location)))
        yield {
            **issue,
            "check_name": printable(key.keyword),
            "fingerprint": identity(outcome.catalog.name, key),
            "severity": "info" if key in outcome.known else "major",
        }


def _of_the_run(lines: Iterable[str], check: str, severity: str) -> Iterator[dict[str, Any]]:
    """Yield an issue for each line about the run as a whole."""
    for line in lines:
        known = sha256(line.encode(errors="backslashreplace")).hexdigest()[:32]
        issue = _issue(line, Place("notify-contracts"))
        yield {**issue, "check_name": check, "fingerprint": known, "severity": severity}


def _issue(said: str, place: Place) -> dict[str, Any]:
    return {
        "description": printable(said),
        "location": {"path": printable(place.file).removeprefix("./"), "lines": {"begin": place.line or _FIRST_LINE}},
    }
