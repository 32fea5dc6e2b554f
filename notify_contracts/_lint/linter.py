"""The order of the examination: each step relies only on parts that earlier steps found sound."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._lint.behaviour import event_type_of, misbehaving
from notify_contracts._lint.documents import faults_of_document
from notify_contracts._lint.graphs import reached
from notify_contracts._lint.idle import idle
from notify_contracts._lint.lifecycles import faults_of_lifecycles
from notify_contracts._lint.naming import Spelling, misspelt_secrets
from notify_contracts._lint.positions import Positions
from notify_contracts._lint.problem import Problem
from notify_contracts._lint.remedies import remedy
from notify_contracts._lint.strays import strays
from notify_contracts._schema import ENGINES, Layer, UnusableSchemaError, require_usable, subschemas, target
from notify_contracts._untrusted import NotJsonError, dump, loads, parse
from notify_contracts.catalog import (
    ENVELOPE,
    EVENTS,
    LIFECYCLES,
    MANIFEST,
    SCHEMAS,
    Catalog,
    is_inside,
    kind_of,
    misshapen,
    read_regular,
)


def lint(root: Path, judges: Sequence[Catalog] = ()) -> Iterator[Problem]:
    """Yield every problem of the catalog in the folder `root`, by file, each once.

    What depends on a broken part is not examined: examples and cases are run where all schemas they need are sound.
    `judges` are catalogs of that folder, one for each engine, where there are such that will be asked more.
    """
    files: dict[str, Any] = {}
    problems = [*_read(root, files), *strays(root)]
    for file, content in files.items():
        try:
            problems += [Problem(file, *fault) for fault in misshapen(kind_of(file), content)]
        except RecursionError:
            problems.append(Problem(file, "", "is nested too deeply"))
    broken = {problem.file for problem in problems}
    if not broken & {MANIFEST, ENVELOPE, EVENTS}:
        problems += _disagreements(judges or _judges(root), files, broken)
    yield from _placed(root, sorted(set(problems)))


def _placed(root: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems with their lines, columns and remedies."""
    for file, of_file in groupby(problems, key=lambda problem: problem.file):
        positions = _positions(root, file)
        for problem in of_file:
            line, column = positions.of(problem.pointer) if positions else (0, 0)
            what = remedy(problem.file, problem.pointer, problem.message)
            yield problem._replace(line=line, column=column, remedy=what)


def _positions(root: Path, file: str) -> Positions | None:
    try:
        content = read_regular(root / file)
        loads(content)
    except (OSError, ValueError):
        return None
    return Positions(content.decode())


def _read(root: Path, files: dict[str, Any]) -> Iterator[Problem]:
    paths = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*.json"))}
    for file, path in paths.items():
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
    if not any(file.startswith(f"{EVENTS}/") for file in paths):
        yield Problem(EVENTS, "", "is missing or has no event types")


def _judges(root: Path) -> Sequence[Catalog]:
    return [Catalog(root, engine) for engine in ENGINES]


def _disagreements(judges: Sequence[Catalog], files: Mapping[str, Any], broken: set[str]) -> Iterator[Problem]:
    """Yield what is wrong in sound files, and in what needs no other than sound ones; the others are `broken`."""
    catalog = judges[0]  # any: what is compiled to look at lifecycles is there for examples and cases
    schemas = {file: files[file] for file in files if kind_of(file) in SCHEMAS and file not in broken}
    unsound = [
        Problem(file, *fault)
        for file, content in schemas.items()
        for fault in faults_of_document(catalog, file, content, broken)
    ]
    of_events = [content["$defs"] for file, content in schemas.items() if kind_of(file) == "event"]
    disputed = any(contracts.keys() - set(catalog.priorities) for contracts in of_events)
    referring = _referring(catalog, schemas)
    broken = broken | {problem.file for problem in unsound}
    needing = reached(broken, lambda file: referring.get(file, ()))
    unsound += _unusable(catalog, [file for file in schemas if file not in needing])
    yield from unsound
    broken |= {problem.file for problem in unsound}
    needing = reached(broken, lambda file: referring.get(file, ()))
    usable = {file: content for file, content in schemas.items() if file not in needing}
    yield from _suspicious(catalog, usable)
    if not broken:
        secrets = files[MANIFEST].get("secrets", ())
        yield from (Problem(MANIFEST, *fault) for fault in misspelt_secrets(secrets, schemas.values()))
    if not broken and LIFECYCLES in files:
        yield from (Problem(LIFECYCLES, *fault) for fault in faults_of_lifecycles(catalog, files[LIFECYCLES]))
    if ENVELOPE in needing or disputed:  # what is judged by the envelope would fail with it
        return
    sound = {file: content for file, content in files.items() if file not in needing}
    unsound_events = [event_type_of(file) for file in {*files, *broken} - {*sound} if kind_of(file) == "event"]
    with _standing_alone(catalog.root, sound) if broken else nullcontext() as folder:
        yield from misbehaving(_judges(folder) if folder else judges, sound, unsound_events)


def _suspicious(catalog: Catalog, schemas: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield where sound schemas say something that does nothing, or something is called otherwise than they say."""
    spelling = Spelling(catalog.document)
    for file, content in schemas.items():
        uri = catalog.uri(file)
        yield from (Problem(file, *fault) for fault in idle(catalog.document, uri, content))
        for priority, contract in content["$defs"].items() if kind_of(file) == "event" else ():
            layer = Layer(f"{uri}#/$defs/{priority}", contract)
            for number, example in enumerate(contract["examples"]):
                for place, message in spelling.misspelt(layer, example):
                    yield Problem(file, f"/$defs/{priority}/examples/{number}{place}", message)


@contextmanager
def _standing_alone(root: Path, sound: Mapping[str, Any]) -> Iterator[Path]:
    """Give a catalog of the sound files alone, for one with others in it judges nothing."""
    with TemporaryDirectory(prefix="notify-contracts-lint-") as folder:
        for file, content in sound.items():
            path = Path(folder, root.name or "catalog", file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(dump(content))
        yield Path(folder, root.name or "catalog")


def _referring(catalog: Catalog, schemas: Mapping[str, Any]) -> Mapping[str, set[str]]:
    """Return for each file which of the schemas' files refer to it."""
    found: dict[str, set[str]] = {}
    for file, content in schemas.items():
        for _, schema in subschemas(content):
            if isinstance(reference := schema.get("$ref"), str):
                document = target(catalog.uri(file), reference)[1]
                if document.startswith(catalog.base):
                    found.setdefault(catalog.relative(document), set()).add(file)
    return found


def _unusable(catalog: Catalog, schemas: Iterable[str]) -> Iterator[Problem]:
    """Yield where references lead back to themselves, or make so many schemas of one that no engine comes to an end."""
    found: dict[str, str] = {}
    usable: set[str] = set()  # those of events come first, and lead to nearly all others
    for file in schemas:
        if (uri := catalog.uri(file)) in usable:
            continue
        try:
            usable |= require_usable(catalog.document, uri)
        except UnusableSchemaError as error:
            found[error.uri] = error.reason
    for uri, reason in found.items():
        document, pointer = urldefrag(uri)
        yield Problem(catalog.relative(document), pointer, reason)
