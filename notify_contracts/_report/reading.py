"""The JSON report is read back: the outcome is made again of what `document` wrote."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notify_contracts._checking import Summary, summary_from, summary_values
from notify_contracts._report.document import SCHEMA
from notify_contracts._report.known import is_of_baseline
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted import NotJsonError, parse, printable, reason_of, shortened
from notify_contracts.catalog import Catalog, builtin_names, joined_catalog, load
from notify_contracts.errors import SourceError, UsageError

if TYPE_CHECKING:
    from notify_contracts._checking import Coverage

_REMEDY = "write it with --report json:FILE"


def merged(paths: list[str], catalogs: Sequence[str] = (), *, elsewhere: Sequence[str] = ()) -> Outcome:
    """Return the outcome of the runs together whose JSON reports are in these files.

    What a baseline made of one run is not said of all: whoever knows it gives the baseline for these.
    A report that is there twice, by the ids of the messages in it and all else, is counted once, and a note says so.
    The catalog is the one they name; where that is not built in, `catalogs` says in which folder it is, or in which
    folders those are that they were held against together; where nobody says so, it is looked for `elsewhere`.
    Raise SourceError for what is no such report, UsageError if they are not about one version of one catalog.
    """
    copies, sources, problems, notes = list[str](), list[str](), list[str](), list[str]()
    summary, coverage = Summary(), None
    reports = _without_copies(paths, copies)
    first, values = next(reports)
    about = values["catalog"]
    loaded = _catalog(values, catalogs or (() if about["name"] in builtin_names() else elsewhere), first)
    for path, document in chain([(first, values)], reports):  # they may be many: what was added is let go of
        if document["catalog"] != about:
            one, another = _named(document["catalog"]), _named(about)
            raise UsageError(f"{path}: is about {one}, {first} about {another}: merge reports of one catalog")
        outcome = _outcome(document, loaded, path)
        summary = summary.merge(outcome.summary)
        if outcome.coverage is not None:
            coverage = outcome.coverage if coverage is None else coverage.merge(outcome.coverage)
        sources += outcome.sources
        problems += outcome.problems
        notes += [note for note in outcome.notes if not (note in outcome.summary.notes or is_of_baseline(note))]
    return Outcome(
        loaded,
        _each_once(sources),
        summary,
        _each_once(problems),
        _each_once([*notes, *copies, *summary.notes]),
        coverage,
    )


def _each_once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _without_copies(paths: Iterable[str], copies: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the reports in these files with their names, a report and its copies once; note what `copies` there are.

    A report in which nothing has an id is known by its file alone: that of another shard may say the same.
    """
    from hashlib import sha256  # loads OpenSSL, which takes time

    known: dict[bytes | str, str] = {}
    for path in paths:
        name, values = printable(path), _document(path)
        has_ids = values.get("message_ids")
        key = sha256(json.dumps(values, sort_keys=True).encode()).digest() if has_ids else realpath(path)
        if key not in known:
            known[key] = name
            yield name, values
        elif values["totals"]["notifications"]:  # what is about nothing doubles nothing
            copies.append(f"{name}: is the same report as {known[key]}, and is counted once")


def _document(path: str) -> Mapping[str, Any]:
    name = printable(path)
    try:
        values = parse(Path(path).read_bytes())
    except NotJsonError as error:
        raise SourceError(f"{name}: is no report: not JSON: {error}; {_REMEDY}") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: cannot be read: {reason_of(error)}") from None
    shape = parse(SCHEMA.read_bytes())
    import jsonschema_rs  # which a run without reports of others need not have loaded

    for fault in jsonschema_rs.validator_for(shape).iter_errors(values):
        place = printable("/".join(map(str, fault.instance_path))) or "the whole"
        raise SourceError(f"{name}: is no report: {place}: {shortened(printable(fault.message), 100)}; {_REMEDY}")
    document: Mapping[str, Any] = _as_written(values)
    return document


def _as_written(value: Any) -> Any:
    """Return a report's value as we write it, text fit to print and whole numbers whole, but for notifications."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, float) and value.is_integer():  # to JSON Schema, 1.0 is an integer
        return int(value)
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    if isinstance(value, dict):
        return {printable(name): item if name == "notification" else _as_written(item) for name, item in value.items()}
    return value


def _catalog(values: Mapping[str, Any], given: Sequence[str], path: str) -> Catalog:
    name = values["catalog"]["name"]
    if not given and name not in builtin_names():
        raise UsageError(f'{path}: its catalog "{name}" is not built in: give its folder with --catalog')
    catalog = joined_catalog([load(each, engine=values["engine"]) for each in given or (name,)])
    if (catalog.name, catalog.version) != (name, values["catalog"]["version"]):
        raise UsageError(f"{path}: is about {_named(values['catalog'])}, not {catalog.name} {catalog.version}")
    return catalog


def _outcome(values: Mapping[str, Any], catalog: Catalog, path: str) -> Outcome:
    try:
        summary = summary_from(values, catalog.secrets)
    except ValueError as error:
        raise SourceError(f"{path}: is no report: {printable(str(error))}; {_REMEDY}") from None
    if (
        min(summary.conforming_without_contract, summary.other_pairs_without_contract) < 0
        or summary_values(summary)["totals"] != values["totals"]
    ):
        raise SourceError(f"{path}: is no report: its counts do not add up to its totals; {_REMEDY}")
    if [row["contract"] for row in values["contracts"]] != [contract.id for contract in catalog.contracts]:
        raise UsageError(f"{path}: is about other contracts than {catalog.name} {catalog.version} has")
    coverage = None if values["tests"] is None else _coverage(values["tests"], catalog, summary)
    sources, problems, notes = (tuple(values[name]) for name in ("sources", "problems", "notes"))
    return Outcome(catalog, sources, summary, problems, notes, coverage)


def _coverage(tests: Mapping[str, Any], catalog: Catalog, summary: Summary) -> "Coverage":
    from notify_contracts._checking import Assertion, Coverage

    return Coverage(
        catalog.name,
        summary,
        {(row["contract"], row["example"]) for row in tests["examples"]},
        {Assertion(row["test"], row["assertion"], tuple(row["contracts"])) for row in tests["assertions"]},
    )


def _named(catalog: Mapping[str, str]) -> str:
    return f"{catalog['name']} {catalog['version']}"
