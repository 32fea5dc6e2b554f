"""What an assertion that does not hold says: what was expected and found, and what there was to find it in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._checking.hiding import hidden
from notify_contracts._checking.places import in_events
from notify_contracts._schema import pointer_parts, quoted
from notify_contracts._untrusted import BY_WORDS, NotJsonError, Secrets, copied, dump, printable, shortened
from notify_contracts.catalog import Catalog
from notify_contracts.errors import ArrivalError, ContractViolatedError
from notify_contracts.model import Notification, Unreadable, Verdict, Violation

Content = Notification | Unreadable

_MOST_LISTED = 20
_MOST_BROKEN = 5
_LONGEST_NOTIFICATION = 500


def broken(
    catalog: Catalog, verdicts: Sequence[Verdict], recorded: Sequence[Content] | None = None
) -> ContractViolatedError:
    """Return the error for notifications that break their contracts, every one of `verdicts`; no secrets are shown.

    `recorded` is what they were found among, None if they were found by themselves.
    """
    lines = [line for verdict in verdicts[:_MOST_BROKEN] for line in _verdict(verdict, catalog.secrets)]
    if len(verdicts) > _MOST_BROKEN:
        lines.append(f"and {len(verdicts) - _MOST_BROKEN} more that break their contracts")
    if recorded is not None:
        lines += listed("recorded", recorded)
    violations = tuple(violation for verdict in verdicts for violation in verdict.violations)
    if moved := in_events(((violation.contract, violation.pointer) for violation in violations), catalog):
        lines.append(moved)
    return ContractViolatedError("\n".join(lines), violations)


def unexpected(expected: str, recorded: Sequence[Content]) -> ArrivalError:
    """Return the error for other notifications than those `expected`."""
    return ArrivalError("\n".join([expected, *listed("recorded", recorded)]), tuple(recorded))


def listed(title: str, recorded: Sequence[Content]) -> Iterator[str]:
    """Yield what there was, a line each."""
    if not recorded:
        yield f"{title}: nothing"
        return
    yield f"{title}:"
    for number, content in enumerate(recorded[:_MOST_LISTED], 1):
        yield f"  {number}. {named(content)}"
    if len(recorded) > _MOST_LISTED:
        yield f"  and {len(recorded) - _MOST_LISTED:,} more"


def named(content: Content) -> str:
    """Return what tells a notification from others, in one line."""
    if isinstance(content, Unreadable):
        return f"unreadable: {shortened(printable(content.reason), 100)}"
    said = f"{content.event_type} {content.priority} {content.message_id}"
    return shortened(printable(BY_WORDS.name(said)), 120)


def _verdict(verdict: Verdict, secrets: Secrets) -> Iterator[str]:
    first, *others = verdict.violations
    yield f"{_subject(verdict)} is broken{_place(first)}: {first.message} ({first.keyword})"
    for violation in others:
        yield f"  and{_place(violation)}: {violation.message} ({violation.keyword})"
    if isinstance(verdict.content, Notification):
        yield f"  in {_shown(verdict.content, verdict.violations, secrets)}"


def _subject(verdict: Verdict) -> str:
    if verdict.contract is not None:
        return verdict.contract
    content = verdict.content
    if isinstance(content, Notification) and isinstance(content.event_type, str):
        return f"a notification of event type {quoted(content.event_type)}"
    return "a notification"


def _place(violation: Violation) -> str:
    return f" at {printable(BY_WORDS.name(violation.pointer))}" if violation.pointer else ""


def _shown(notification: Notification, violations: Sequence[Violation], secrets: Secrets) -> str:
    try:
        envelope = hidden(copied(notification.envelope), violations, secrets)
    except NotJsonError:
        return named(notification)
    text = dump(envelope).decode()
    if len(text) > _LONGEST_NOTIFICATION and isinstance(envelope.get("payload"), dict):
        text = dump({**envelope, "payload": _concerned(envelope["payload"], violations)}).decode()
    return shortened(printable(text), _LONGEST_NOTIFICATION)


def _concerned(payload: Mapping[str, Any], violations: Sequence[Violation]) -> dict[str, Any]:
    """Return the properties of the payload that are broken, and how many others there are."""
    places = (pointer_parts(violation.pointer) for violation in violations)
    names = {place[1] for place in places if len(place) > 1}
    kept = {name: value for name, value in payload.items() if name in names}
    return {**kept, "…": f"{len(payload) - len(kept)} more"}
