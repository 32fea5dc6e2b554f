"""The parts that every page of a report has, whatever it is about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from notify_contracts._untrusted.markup import Content, Markup, element

_SIGNS: Mapping[str, str] = MappingProxyType({"well": "✓", "unwell": "✕", "part": "◐"})


def heading(state: str, sentence: str) -> Markup:
    """Return the result in a sentence, marked as well, unwell, or well of a part only."""
    return element("h1", element("span", _SIGNS[state], aria_hidden="true", class_=f"sign {state}"), sentence)


def sign(text: str) -> Markup:
    """Return a sign for those who see it."""
    return element("span", text, aria_hidden="true", class_="sign")


def totals(counts: Iterable[tuple[str, int | str]]) -> Markup:
    """Return counts, each behind what it is of."""
    texts = ((name, count if isinstance(count, str) else f"{count:,}") for name, count in counts)
    rows = (element("div", element("dt", name), element("dd", text)) for name, text in texts)
    return element("dl", *rows, class_="totals")


def notice(kind: str, label: str, text: str) -> Markup:
    """Return a line that stands out by its kind: a problem, a hint, a note."""
    return element("p", element("strong", label), text, class_=f"notice {kind}")


def section(name: str, title: str, *content: Content) -> Markup:
    """Return a part of the page that has a heading, and by it a name."""
    head = element("h2", title, id=f"{name}-title")
    return element("section", head, *content, id=name, aria_labelledby=f"{name}-title")


def table(titles: Sequence[str], rows: Iterable[Markup], **attributes: str) -> Markup:
    """Return a table with a title for each of its columns."""
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    return element("table", element("thead", head), element("tbody", *rows), **attributes)


def wide(content: Markup, **label: str) -> Markup:
    """Return what may be wider than the page, and is moved by itself."""
    return element("div", content, class_="wide", role="group", tabindex="0", **label)


def comma_separated(parts: Iterable[Markup]) -> Iterator[Content]:
    """Yield parts with commas between them."""
    for number, part in enumerate(parts):
        yield ", " if number else ""
        yield part


def footer(text: str) -> Markup:
    """Return the foot of the page."""
    return element("footer", element("p", text))
