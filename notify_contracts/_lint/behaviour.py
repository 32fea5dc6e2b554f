"""Whether examples and cases behave as they say, on every engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._lint.problem import Problem
from notify_contracts._schema import ENGINES, rules_broken
from notify_contracts._untrusted import printable
from notify_contracts.catalog import EVENTS, MANIFEST, Case, Catalog, Contract, kind_of, read_cases
from notify_contracts.errors import CatalogError
from notify_contracts.model import ENVELOPE_ATTRIBUTES, Violation

_Contracts = Mapping[tuple[str, str], Contract]

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)


def misbehaving(judges: Iterable[Catalog], files: Mapping[str, Any], unsound: Sequence[str]) -> Iterator[Problem]:
    """Yield the examples and cases in `files` that do not behave as they say, and by which engine if not by every one.

    `judges` are one catalog with each engine. What is of an `unsound` event type is not judged.
    """
    found: dict[Problem, list[str]] = {}
    cases = {file: tuple(read_cases(content)) for file, content in files.items() if kind_of(file) == "cases"}
    for judge in judges:
        try:
            for problem in (*_examples(judge, unsound), *_cases(judge, cases, unsound)):
                found.setdefault(problem, []).append(judge.engine)
        except CatalogError as error:
            yield Problem(MANIFEST, "", f"{judge.engine} cannot use it: {error}")
    for problem, engines in found.items():
        every = set(engines) == set(ENGINES)
        yield problem if every else problem._replace(message=f"{problem.message} ({' and '.join(engines)})")


def event_type_of(file: str) -> str:
    """Return the event type that an event's file, or a file of cases, is of."""
    return file.partition("/")[2].removesuffix(".json")


def _examples(judge: Catalog, unsound: Sequence[str]) -> Iterator[Problem]:
    for contract in judge.contracts:
        file = f"{EVENTS}/{contract.event_type}.json"
        for number, example in enumerate(contract.examples):
            if not _can_be_judged(example, unsound):
                continue
            verdict = judge.check(example)
            place = f"/$defs/{contract.priority}/examples/{number}"
            for violation in verdict.violations:
                yield Problem(file, place + violation.pointer, f"example breaks its contract: {_said(violation)}")
            if verdict.conforms and verdict.contract != contract.id:
                yield Problem(file, place, f"example is one of {verdict.contract}, not of {contract.id}")
            if verdict.conforms and judge.envelopes and (why := _as_event(judge, example)) is not None:
                yield Problem(file, place, f"example cannot be sent as an event of the catalog's envelope: {why}")


def _as_event(judge: Catalog, example: Mapping[str, Any]) -> str | None:
    """Return what is wrong with what is read of the event in which an example is sent, None if nothing is.

    What differs from what is the same in all events is sent as it is.
    """
    form = judge.envelopes[0]
    if any(example.get(attribute) != value for attribute, value in form.constants.items()):
        return None
    read = form.read(judge.sent(example))
    if read is None:
        return "it has too few of the places by which events are told"
    broken = judge.check(read).violations
    return _said(broken[0]) if broken else None


def _can_be_judged(notification: Mapping[str, Any], unsound: Sequence[str]) -> bool:
    return notification.get("event_type") not in unsound


def _cases(judge: Catalog, files: Mapping[str, Sequence[Case]], unsound: Sequence[str]) -> Iterator[Problem]:
    contracts = {(contract.event_type, contract.priority): contract for contract in judge.contracts}
    for file, cases in files.items():
        event_type = event_type_of(file)
        if event_type not in unsound and event_type not in judge.event_types:
            yield Problem(file, "", f"cases for {event_type}, of which the catalog has no contract")
        yield from _cases_of(judge, contracts, file, cases, unsound)


def _cases_of(
    judge: Catalog, contracts: _Contracts, file: str, cases: Sequence[Case], unsound: Sequence[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, case in enumerate(cases):
        if case.description in seen:
            yield Problem(file, f"/{number}/description", "another case of this file has the same description")
        seen.add(case.description)
        if not _can_be_judged(case.notification, unsound) or _is_as_declared(case, contracts):
            continue
        named = f'case "{printable(case.description)}"'
        undeclared, missing = case.differences(judge.check(case.notification))
        for violation in undeclared:
            said = f"gives a violation it does not declare: {_said(violation)}"
            yield Problem(file, f"/{number}", f"{named} {said}")
        for violation in missing:
            declared = f"{printable(violation.pointer)} {violation.keyword}"
            yield Problem(file, f"/{number}", f"{named} does not give the violation it declares: {declared}")


def _is_as_declared(case: Case, contracts: _Contracts) -> bool:
    """Return whether a case gives just what it declares, where that can be told without words for what it gives."""
    envelope = case.notification
    if not _ATTRIBUTES.issuperset(envelope):
        return False
    try:
        contract = contracts[envelope["event_type"], envelope["priority"]]
        given = rules_broken(envelope, contract.validator.judged(envelope))
    except Exception:  # noqa: BLE001 - the ordinary way says what it is
        return False
    return given == {(violation.pointer, violation.keyword) for violation in case.violations}


def _said(violation: Violation) -> str:
    return f"{printable(violation.pointer)} {violation.keyword}, {violation.message}"
