"""The notifications that have no contract."""

from notify_contracts._checking import Summary
from notify_contracts._report.html.parts import table, wide
from notify_contracts._report.shared_lines import counted, named_or_empty
from notify_contracts._untrusted.markup import Content, Markup, dotted, element

_MOST = 200


def without_contract(summary: Summary) -> Content:
    """Return a table of event types and priorities, nothing if there are none."""
    pairs = sorted(summary.pairs_without_contract.items())
    if not pairs:
        return ()
    rows = (
        _row(named_or_empty(event_type), named_or_empty(priority), count)
        for (event_type, priority), count in pairs[:_MOST]
    )
    whole = table(("Event type", "Priority", "Notifications"), rows, class_="strangers")
    total = summary.without_contract
    others = total - sum(count for _, count in pairs[:_MOST])
    rest = element("p", f"and {others:,} of other pairs", class_="faint") if others else ()
    title = f"{counted(total, 'notification')} without a contract"
    region = wide(whole, aria_label=title)
    return element("details", element("summary", title), region, rest, class_="more", id="strangers")


def _row(event_type: str, priority: str, count: int) -> Markup:
    name = element("th", element("code", dotted(event_type)), scope="row")
    return element("tr", name, element("td", priority), element("td", f"{count:,}"))
