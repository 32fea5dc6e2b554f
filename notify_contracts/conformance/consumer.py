"""The tests that every consumer must pass: what keeps its contract is accepted, what breaks it is rejected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar, Literal

import pytest

from notify_contracts._schema import did_you_mean, quoted
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import Case, Catalog, Contract
from notify_contracts.conformance.comparing import difference
from notify_contracts.conformance.kit import Kit
from notify_contracts.conformance.questions import cases_about, catalog_of, contracts_of, done, fail, missing
from notify_contracts.model import Notification
from notify_contracts.testing.needs import Reads, reads_of_session
from notify_contracts.wire import FORMAT_VERSIONS, encode

Handle = Callable[[Any], object]
Given = dict[str, Any] | bytes
_FORMS = ("envelope", *FORMAT_VERSIONS)


class ConsumerConformance(Kit):
    """Derive a class that pytest collects, with a fixture `handle`; it is held against every contract of the catalog.

    * `handle(notification)` handles one notification, in the form that `form` says: an ``"envelope"`` (a dict, with the
      envelope in which the service sends) or a message body of oslo.messaging's format ``"1.0"`` or ``"2.0"`` (bytes).
    * `rejected_by`: the exceptions by which it rejects a notification. A consumer that rejects otherwise overrides
      `is_rejected`.
    * `ignores`: what it need not reject: violations by their keyword (``additionalProperties``) or their kind
      (``envelope``, ``payload``, ``unknown-event``, ``no-contract``). Cases that break nothing else are left out.

    The marker ``contracts`` on the class says which contracts the consumer is for.
    """

    rejected_by: ClassVar[type[Exception] | tuple[type[Exception], ...]] = ()
    form: ClassVar[Literal["envelope", "1.0", "2.0"]] = "envelope"
    ignores: ClassVar[Sequence[str]] = ()

    @pytest.fixture
    def handle(self) -> Handle:
        """Return the consumer: ``handle(notification)``."""
        return missing(self, "handle", "handle(notification)")

    def is_rejected(self, handle: Handle, notification: Given) -> bool:
        """Have a notification handled, and return whether it was rejected; raise what means neither."""
        if self.rejected_by == ():
            fail(
                f"{type(self).__name__} does not say how it rejects: set rejected_by to the exceptions that mean it, "
                "or override is_rejected(handle, notification)"
            )
        try:
            done(handle(notification))
        except self.rejected_by:
            return True
        return False

    def test_accepts(self, handle: Handle, contract: Contract, request: pytest.FixtureRequest) -> None:
        """Every example and every valid case of a contract is accepted."""
        __tracebackhide__ = True
        wrong = []
        catalog = catalog_of(request)
        for description, notification in _valid(catalog, contract):
            outcome = self._outcome(handle, self._sent(notification, catalog))
            if outcome != "accepted":
                wrong.append(f"  {outcome}: {description}")
            elif (reads := reads_of_session()) is not None:
                self._try_without(reads, handle, notification, catalog)
        _require_none(wrong, f"{contract.id}: the consumer does not accept what keeps the contract")

    def test_rejects(self, handle: Handle, contract: Contract, request: pytest.FixtureRequest) -> None:
        """Every case that breaks a contract is rejected."""
        __tracebackhide__ = True
        catalog = catalog_of(request)
        cases = [case for case in cases_about(catalog, contract.event_type) if _claimed(case) == contract.id]
        self._require_rejected(handle, cases, catalog, f"{contract.id}: the consumer does not reject what breaks it")

    def test_rejects_without_contract(self, handle: Handle, request: pytest.FixtureRequest) -> None:
        """Every case is rejected that has no contract at all: of an unknown event type, or of another priority."""
        __tracebackhide__ = True
        catalog = catalog_of(request)
        known = {contract.id for contract in catalog.contracts}
        event_types = dict.fromkeys(contract.event_type for contract in contracts_of(request))
        cases = [
            case
            for event_type in event_types
            for case in cases_about(catalog, event_type)
            if _claimed(case) not in known
        ]
        self._require_rejected(handle, cases, catalog, "the consumer does not reject what has no contract")

    def test_notification_is_not_changed(
        self, handle: Handle, contract: Contract, request: pytest.FixtureRequest
    ) -> None:
        """The consumer does not change the notification that it is given."""
        __tracebackhide__ = True
        if self.form != "envelope":
            pytest.skip("the consumer is given bytes, which cannot be changed")
        wrong = []
        catalog = catalog_of(request)
        for description, notification in _valid(catalog, contract):
            sent = self._sent(notification, catalog)
            given = deepcopy(dict(sent))
            self._outcome(handle, given, copied=False)
            if changed := difference(sent, given):
                wrong.append(f"  {changed}: {description}")
        _require_none(wrong, f"{contract.id}: the consumer changes the notification that it is given")

    def _try_without(self, reads: Reads, handle: Handle, notification: Mapping[str, Any], catalog: Catalog) -> None:
        """Note what the consumer reads of a notification, and whether it does without each place."""

        class RejectedError(Exception):
            """The consumer has rejected it, however it does that."""

        def given(content: Any) -> None:
            if self.is_rejected(handle, self._given(content)):
                raise RejectedError

        sent = self._sent(notification, catalog)
        reads.taking(catalog.envelopes).try_without(given, sent, rejected_by=RejectedError)

    def _sent(self, notification: Mapping[str, Any], catalog: Catalog) -> Mapping[str, Any]:
        """Return the event of a notification, with the envelope that the catalog states, for who is given no bytes."""
        return catalog.sent(notification) if self.form == "envelope" else notification

    def _given(self, notification: Any) -> Given:
        """Return a notification in the form that the consumer takes."""
        content: dict[str, Any] = notification
        return content if self.form == "envelope" else encode(Notification(content), self.form)

    def _require_rejected(self, handle: Handle, cases: Sequence[Case], catalog: Catalog, wrong_if: str) -> None:
        __tracebackhide__ = True
        ignored = _names_of_violations(self.ignores, catalog)
        relevant = [
            case
            for case in cases
            if any(ignored.isdisjoint((violation.keyword, violation.kind)) for violation in case.violations)
            # What is the same in all events does not stand in them: nobody can reject it.
            and not (catalog.envelopes and catalog.accepts(self._sent(case.notification, catalog)))
        ]
        if not cases:
            remedy = "notify-contracts generate --broken --catalog FOLDER --output FOLDER/cases/ makes some"
            pytest.skip(f"nothing was shown: {catalog.name} has no case of this; {remedy}")
        if not relevant:
            pytest.skip(f"{catalog.name} has no case of this that the consumer does not ignore")
        wrong = []
        for case in relevant:
            outcome = self._outcome(handle, self._sent(case.notification, catalog))
            if outcome != "rejected":
                broken = ", ".join(f"{violation.pointer} {violation.keyword}" for violation in case.violations)
                wrong.append(f"  {outcome}: {_described(case)} ({printable(broken)})")
        _require_none(wrong, wrong_if)

    def _outcome(self, handle: Handle, notification: Mapping[str, Any], *, copied: bool = True) -> str:
        """Return how the consumer took a notification: accepted, rejected, or an exception that means neither."""
        __tracebackhide__ = True
        if self.form not in _FORMS:
            fail(f"{type(self).__name__} has a form {self.form!r}; choose from {', '.join(_FORMS)}")
        given = notification if not copied and isinstance(notification, dict) else deepcopy(dict(notification))
        try:
            rejected = self.is_rejected(handle, self._given(given))
        except Exception as error:  # noqa: BLE001 - whatever it raises is told apart from a rejection
            said = shortened(printable(f"{type(error).__name__}: {error}"), 100)
            return f"{said} (neither accepted nor rejected)"
        done(rejected)
        return "rejected" if rejected else "accepted"


def _valid(catalog: Catalog, contract: Contract) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, example in enumerate(contract.examples, 1):
        yield f"example {number}", example
    for case in cases_about(catalog, contract.event_type):
        if case.valid and _claimed(case) == contract.id:
            yield _described(case), case.notification


def _claimed(case: Case) -> str:
    """Return the id of the contract that a notification claims to keep; there may be no such contract."""
    return f"{case.notification.get('event_type')}-{case.notification.get('priority')}"


def _described(case: Case) -> str:
    return f'case "{printable(case.description)}"'


def _require_none(wrong: Sequence[str], what: str) -> None:
    if wrong:
        fail(f"{what}, {len(wrong)} times:" if len(wrong) > 1 else f"{what}:", *wrong)


def _names_of_violations(names: Sequence[str], catalog: Catalog) -> frozenset[str]:
    """Return the names as a set; fail for one that no case knows: it would say nothing."""
    __tracebackhide__ = True
    if isinstance(names, str):
        fail(f'ignores is a list of names: write ("{names}",)')
    cases = [case for event_type in catalog.event_types for case in cases_about(catalog, event_type)]
    known = {name for case in cases for violation in case.violations for name in (violation.keyword, violation.kind)}
    for name in names:
        if name not in known:
            meant = did_you_mean(name, sorted(known)) or f"; there are {', '.join(sorted(known))}"
            fail(f"ignores names {quoted(name)}, which no case of {catalog.name} breaks{meant}")
    return frozenset(names)
