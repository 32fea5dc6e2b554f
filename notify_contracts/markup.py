"""HTML from untrusted text: whatever is not markup of ours is shown, never obeyed."""

from collections.abc import Iterable
from html import escape

from notify_contracts.text import printable


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Iterable["Content"]
"""Text, markup, or several of them."""

_EMPTY = frozenset(("link", "meta"))


def element(tag: str, *content: Content, **attributes: str) -> Markup:
    """Return an element; text and attributes are escaped. An attribute's underscores stand for hyphens: ``class_``."""
    stated = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(printable(value))}"' for name, value in attributes.items()
    )
    return Markup(f"<{tag}{stated}>" + ("" if tag in _EMPTY else f"{markup(content)}</{tag}>"))


def markup(content: Content) -> Markup:
    """Return `content` as HTML: text on one line, what is not printable in it shown as escapes."""
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(escape(printable(content)))
    return Markup("".join(map(markup, content)))


def preformatted(text: str, **attributes: str) -> Markup:
    """Return lines of text that keep their shape."""
    lines = Markup("\n".join(markup(line) for line in text.split("\n")))
    return element("pre", lines, **attributes)


def page(title: str, style: str, *body: Content) -> str:
    """Return a whole document that needs no network, and that a browser lets run nothing and fetch nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", href="data:,"),
        element("title", title),
        element("style", Markup(style)),
    )
    return f"<!doctype html>\n{element('html', head, element('body', *body), lang='en')}\n"
