"""The order of the examination: each step relies only on parts that earlier steps found sound."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from notify_contracts._lint.documents import faults_of_document
from notify_contracts._lint.lifecycles import faults_of_lifecycles
from notify_contracts._schema import ENGINES, UnusableSchemaError, require_usable
from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.catalog import (
    CASES,
    ENVELOPE,
    EVENTS,
    LIFECYCLES,
    MANIFEST,
    SCHEMAS,
    Catalog,
    is_inside,
    kind_of,
    misshapen,
    read_cases,
    read_regular,
)
from notify_contracts.errors import CatalogError
from notify_contracts.model import Violation


class Problem(NamedTuple):
    """A problem at one place of a catalog: a file relative to its folder, an RFC 6901 pointer, one line."""

    file: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{printable(self.file)}#{printable(self.pointer)}: {self.message}"


def lint(root: Path) -> Iterator[Problem]:
    """Yield every problem of the catalog in the folder `root`, by file.

    Parts that depend on a broken one are not examined: cases are run only where the schemas are sound.
    """
    files: dict[str, Any] = {}
    problems = list(_read(root, files))
    for file, content in files.items():
        try:
            problems += [Problem(file, *fault) for fault in misshapen(kind_of(file), content)]
        except RecursionError:
            problems.append(Problem(file, "", "is nested too deeply"))
    if not problems:
        problems = list(_disagreements(root, files))
    yield from sorted(problems)


def _read(root: Path, files: dict[str, Any]) -> Iterator[Problem]:
    for path in sorted(root.rglob("*.json")):
        file = path.relative_to(root).as_posix()
        try:
            if not is_inside(root, file):
                yield Problem(file, "", "is no regular file, or leads out of the catalog's folder")
                continue
            files[file] = parse(read_regular(path))
        except OSError as error:
            yield Problem(file, "", f"cannot be read: {error.strerror}")
        except NotJsonError as error:
            yield Problem(file, "", f"is not JSON: {error}")
    for needed in (MANIFEST, ENVELOPE):
        if not (root / needed).is_file():
            yield Problem(needed, "", "is missing")
    if not any(file.startswith(f"{EVENTS}/") for file in files):
        yield Problem(EVENTS, "", "is missing or has no event types")


def _disagreements(root: Path, files: Mapping[str, Any]) -> Iterator[Problem]:
    catalog = Catalog(root)
    schemas = {file: content for file, content in files.items() if kind_of(file) in SCHEMAS}
    unsound = [
        Problem(file, *fault)
        for file, content in schemas.items()
        for fault in faults_of_document(catalog, file, content)
    ]
    unsound = unsound or list(_unusable(catalog, schemas))
    yield from unsound
    if unsound:
        return
    if LIFECYCLES in files:
        yield from (Problem(LIFECYCLES, *fault) for fault in faults_of_lifecycles(catalog, files[LIFECYCLES]))
    for engine in ENGINES:
        judge = Catalog(root, engine)
        try:
            yield from _examples(judge)
            for file, content in files.items():
                if kind_of(file) == "cases":
                    yield from _cases(judge, file, content)
        except CatalogError as error:
            yield Problem(MANIFEST, "", f"{engine} cannot use it: {error}")


def _unusable(catalog: Catalog, schemas: Iterable[str]) -> Iterator[Problem]:
    """Yield where references lead back to themselves, or make so many schemas of one that no engine comes to an end."""
    found: dict[str, str] = {}
    for file in schemas:
        try:
            require_usable(catalog.document, catalog.uri(file))
        except UnusableSchemaError as error:
            found[error.uri] = error.reason
    for uri, reason in found.items():
        document, pointer = urldefrag(uri)
        yield Problem(catalog.relative(document), pointer, reason)


def _examples(judge: Catalog) -> Iterator[Problem]:
    for contract in judge.contracts:
        file = f"{EVENTS}/{contract.event_type}.json"
        for number, example in enumerate(contract.examples):
            verdict = judge.check(example)
            place = f"/$defs/{contract.priority}/examples/{number}"
            for violation in verdict.violations:
                yield Problem(
                    file, place + violation.pointer, f"example breaks its contract: {_said(violation, judge)}"
                )
            if verdict.conforms and verdict.contract != contract.id:
                yield Problem(file, place, f"example is one of {verdict.contract}, not of {contract.id}")


def _cases(judge: Catalog, file: str, cases: list[dict[str, Any]]) -> Iterator[Problem]:
    event_type = file.removeprefix(f"{CASES}/").removesuffix(".json")
    if event_type not in judge.event_types:
        yield Problem(file, "", f"cases for {event_type}, of which the catalog has no contract")
    seen: set[str] = set()
    for number, case in enumerate(read_cases(cases)):
        if case.description in seen:
            yield Problem(file, f"/{number}/description", "another case of this file has the same description")
        seen.add(case.description)
        named = f'case "{printable(case.description)}"'
        undeclared, missing = case.differences(judge.check(case.notification))
        for violation in undeclared:
            said = f"gives a violation it does not declare: {_said(violation, judge)}"
            yield Problem(file, f"/{number}", f"{named} {said}")
        for violation in missing:
            declared = f"{printable(violation.pointer)} {violation.keyword} ({judge.engine})"
            yield Problem(file, f"/{number}", f"{named} does not give the violation it declares: {declared}")


def _said(violation: Violation, judge: Catalog) -> str:
    return f"{printable(violation.pointer)} {violation.keyword}, {violation.message} ({judge.engine})"
