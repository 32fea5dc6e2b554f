"""Arbitrary verdicts, and what they come to, for tests of everything that counts them."""

from hypothesis import strategies as st

from notify_contracts._checking.summary import Summary
from notify_contracts.model import KINDS, Location, Notification, Unreadable, Verdict, Violation

CONTRACTS = st.sampled_from(["image.create-INFO", "image.create-WARN", "task.run-INFO", None])
NAMES = st.sampled_from(["image.create", "volume.a", "volume.b", "volume.c", "volume.d", "volume.e", "", None, 7])
TIMESTAMPS = st.sampled_from(["2026-11-22 09:32:55.730800", "2026-11-22T09:33:00Z", "yesterday"])
PRIORITIES = st.sampled_from(["INFO", "WARN", "HIGH"])
ENVELOPES = st.fixed_dictionaries(
    {"event_type": NAMES, "priority": PRIORITIES, "message_id": st.integers(0, 3), "timestamp": TIMESTAMPS}
)
CONTENTS = ENVELOPES.map(Notification)
VIOLATIONS = st.builds(
    Violation,
    st.sampled_from(["", "/priority", "/payload", "/payload/id", "/payload/name", "/payload/\x1b"]),
    st.sampled_from(["type", "enum", *KINDS]),
    st.sampled_from(["expected one, found another", "expected this, found that"]),
    CONTRACTS,
)
LOCATIONS = st.builds(Location, st.sampled_from(["a", "b"]), st.integers(1, 9), st.sampled_from(["line", "item"]))
READABLE = st.builds(Verdict, CONTENTS, CONTRACTS, st.lists(VIOLATIONS, max_size=3).map(tuple), LOCATIONS | st.none())
UNREADABLE = st.builds(
    lambda reason, place: Verdict(Unreadable(reason), None, (Violation("", "unreadable", reason),), place),
    st.sampled_from(["it is empty", "it is not UTF-8"]), LOCATIONS,
)  # fmt: skip
VERDICTS = st.lists(READABLE | UNREADABLE, max_size=30)


def summarised(verdicts, skipped=0):
    """Return the summary of these verdicts, and of so many lines that were skipped."""
    summary = Summary(skipped=skipped)
    for verdict in verdicts:
        summary.add(verdict)
    return summary
