"""The form that narrows down what the page shows; without a script it stays away."""

from collections.abc import Iterable

from notify_contracts._checking import Status
from notify_contracts._report.html.cells import LOOKS
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted.markup import Markup, element


def filters(outcome: Outcome) -> Markup:
    """Return the form; the script reads its fields by their names."""
    looks = [look for status, look in LOOKS.items() if status is not Status.ASSERTED or outcome.coverage is not None]
    fields = (
        _select("event", "Event type", "All", ((name, name) for name in outcome.catalog.event_types)),
        _select("priority", "Priority", "All", ((priority, priority) for priority in outcome.catalog.priorities)),
        _select("verdict", "Verdict", "All", ((look.name, look.label) for look in looks)),
        _labelled("text", "Text", element("input", type="search", name="text", id="filter-text", autocomplete="off")),
        element("button", "Clear", type="reset"),
        element("output", role="status", aria_live="polite", id="shown"),
    )
    return element("form", *fields, id="filters", role="search", aria_label="Filter the report", hidden="")


def _select(name: str, label: str, everything: str, options: Iterable[tuple[str, str]]) -> Markup:
    listed = (element("option", text, value=value) for value, text in (("", everything), *options))
    return _labelled(name, label, element("select", *listed, name=name, id=f"filter-{name}"))


def _labelled(name: str, label: str, field: Markup) -> Markup:
    return element("div", element("label", label, for_=f"filter-{name}"), field, class_="field")
