"""Cases: a catalog's own notifications that must pass or must fail, with every violation that they must give."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts.catalog.folder import CASES, Folder
from notify_contracts.errors import CatalogError
from notify_contracts.model import Verdict, Violation


class Case(NamedTuple):
    """One notification, an envelope, and the verdict that a catalog declares on it.

    `violations` are all that it must give, without messages, by pointer; they are none if and only if it is `valid`.
    """

    description: str
    notification: Mapping[str, Any]
    valid: bool
    violations: tuple[Violation, ...]

    def differences(self, verdict: Verdict) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
        """Return the violations that `verdict` gives undeclared, and those that are declared but not given."""
        found = {(violation.pointer, violation.keyword): violation for violation in verdict.violations}
        declared = {(violation.pointer, violation.keyword): violation for violation in self.violations}
        undeclared = tuple(found[key] for key in sorted(found.keys() - declared.keys()))
        return undeclared, tuple(declared[key] for key in sorted(declared.keys() - found.keys()))


def read_cases(content: Iterable[Mapping[str, Any]]) -> Iterator[Case]:
    """Yield the cases in the content of a case file; its shape is that of ``contracts/case.schema.json``."""
    for case in content:
        declared = sorted((violation["pointer"], violation["keyword"]) for violation in case["violations"])
        violations = tuple(Violation(pointer, keyword, "") for pointer, keyword in declared)
        yield Case(case["description"], case["notification"], case["valid"], violations)


def cases_of(catalog: Folder, event_type: str) -> tuple[Case, ...]:
    """Return the cases of an event type, none if it has no file of them; raise CatalogError if it cannot be read."""
    file = f"{CASES}/{event_type}.json"
    if not (catalog.root / file).is_file():
        return ()
    uri = catalog.uri(file)
    content = catalog.document(uri)
    try:
        return tuple(read_cases(content if isinstance(content, list) else [content]))
    except (KeyError, TypeError) as error:
        raise CatalogError(f"{catalog.place(uri)}: is no file of cases ({error!r}); run catalog lint") from None
