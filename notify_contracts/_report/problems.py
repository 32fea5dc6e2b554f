"""The problems of catalogs, as `catalog lint` found them, in the forms that people and programs read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from notify_contracts._lint import Problem
from notify_contracts._report.shared_lines import counted
from notify_contracts._untrusted import dump, printable

_MOST_KINDS = 50
_ONE = re.compile(r'(?<=^case )"(?:[^"\\]|\\.)*"|(?<=^expected )"[^"]*"(?= because)|(?<=found ).*')
"""What a message tells of the one place: which case it is, what its own path demands, what was found."""


class Found(NamedTuple):
    """A problem, and the folder of the catalog that has it."""

    root: Path
    problem: Problem

    @property
    def path(self) -> str:
        """The path of the file."""
        return str(self.root / self.problem.file)

    @property
    def place(self) -> str:
        """The path, and the line and column where they are known, as editors take them."""
        line, column = self.problem.line, self.problem.column
        return printable(f"{self.path}:{line}:{column}" if line else self.path)

    @property
    def said(self) -> str:
        """The pointer, the message and the remedy in a line."""
        problem = self.problem
        return printable("; ".join(filter(None, (f"#{problem.pointer}: {problem.message}", problem.remedy))))


def text(found: Sequence[Found], examined: int) -> str:
    """Return the problems for people: of each kind the first, where it is, how many there are and what to do."""
    kinds = _kinds(found)
    lines = [line for alike in kinds[:_MOST_KINDS] for line in _kind(alike)]
    if len(kinds) > _MOST_KINDS:
        lines.append(f"and {counted(len(kinds) - _MOST_KINDS, 'kind')} more: --format json has them")
    lines.append(f"{examined} catalogs examined, {_total(found, kinds)}" if examined > 1 else _total(found, kinds))
    return "".join(f"{printable(line)}\n" for line in lines)


def _kinds(found: Iterable[Found]) -> list[list[Found]]:
    """Return the problems that are alike together, those of cases last, for they follow from the others."""
    kinds: dict[tuple[str, str], list[Found]] = {}
    for one in sorted(found, key=lambda one: one.problem.file.startswith("cases/")):
        folder = one.problem.file.partition("/")[0]
        kinds.setdefault((folder, _ONE.sub("…", one.problem.message)), []).append(one)
    return [*kinds.values()]


def _total(found: Sequence[Found], kinds: Sequence[object]) -> str:
    total = counted(len(found), "problem")
    return f"{total} of {counted(len(kinds), 'kind')}" if len(kinds) < len(found) else total


def _kind(alike: Sequence[Found]) -> Iterator[str]:
    first, files = alike[0], {one.path for one in alike}
    yield f"{printable(first.root.name)}/{first.problem}"
    more = f"; {len(alike) - 1:,} more like it, in {counted(len(files), 'file')}" if len(alike) > 1 else ""
    yield f"    at {first.place}{more}"
    if first.problem.remedy:
        yield f"    {first.problem.remedy}"


def json(found: Sequence[Found], examined: int) -> str:
    """Return the problems as the text of one JSON document."""
    problems = [
        {"catalog": printable(str(one.root)), **one.problem._asdict(), "file": printable(one.problem.file)}
        for one in found
    ]
    return f"{dump({'catalogs': examined, 'problems': problems}).decode()}\n"


def github(found: Sequence[Found], examined: int) -> str:
    """Return the first problem of each kind as an annotation of GitHub Actions."""
    from notify_contracts._report.github import MOST, command

    kinds = _kinds(found)
    lines = []
    for first, *others in kinds[:MOST]:
        more = [f"and {len(others):,} more like it"] if others else []
        lines.append(command("error", [first.said, *more], file=first.path, **_numbers(first), title="catalog lint"))
    left_out = f"; {MOST} kinds are shown of a step" if len(kinds) > MOST else ""
    total = f"{counted(examined, 'catalog')} examined, {_total(found, kinds)}{left_out}"
    return "\n".join([*lines, command("notice", [total], title="catalog lint")]) + "\n"


def _numbers(one: Found) -> dict[str, str]:
    return {"line": str(one.problem.line), "col": str(one.problem.column)} if one.problem.line else {}


def sarif(found: Sequence[Found], _examined: int) -> str:
    """Return the problems as the text of a SARIF log."""
    from notify_contracts._report.sarif import SARIF_SCHEMA, message, uri

    results = []
    for one in found:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(one.path)}}
        if one.problem.line:
            physical["region"] = {"startLine": one.problem.line, "startColumn": one.problem.column}
        location = {"physicalLocation": physical}
        results.append({"ruleId": "catalog", "level": "error", "message": message(one.said), "locations": [location]})
    title = message("a catalog's file is not as contracts are written")
    driver = {"name": "notify-contracts", "rules": [{"id": "catalog", "shortDescription": title}]}
    run = {"tool": {"driver": driver}, "automationDetails": {"id": "notify-contracts/lint/"}, "results": results}
    return f"{dump({'$schema': SARIF_SCHEMA, 'version': '2.1.0', 'runs': [run]}).decode()}\n"


def junit(found: Sequence[Found], examined: int) -> str:
    """Return the problems as JUnit XML, a failed case for each file that has any."""
    from notify_contracts._report.junit import FAILURE, Case, suite_text

    files: dict[str, list[Found]] = {}
    for one in found:
        files.setdefault(one.path, []).append(one)
    cases = [
        Case("catalog lint", path, FAILURE, counted(len(ones), "problem"), "catalog", tuple(_lines(ones)))
        for path, ones in files.items()
    ]
    return suite_text("catalog lint", cases or [Case("catalog lint", f"{counted(examined, 'catalog')} examined")])


def _lines(found: Iterable[Found]) -> Iterator[str]:
    return (f"{one.place}: {one.said}" for one in found)
