"""HTML from untrusted text: everything that is not markup of ours is shown, never obeyed."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape

from notify_contracts._untrusted.text import printable


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Iterable["Content"]
"""Text, markup, or several of them."""

_EMPTY = frozenset(("input", "link", "meta", "wbr"))


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


def dotted(name: str) -> Markup:
    """Return a name that a narrow page may break after its dots."""
    return Markup(markup(name).replace(".", f".{element('wbr')}"))


def preformatted(text: str, **attributes: str) -> Markup:
    """Return lines of text that keep their shape."""
    lines = Markup("\n".join(markup(line) for line in text.split("\n")))
    return element("pre", lines, **attributes)


def page(title: str, style: str, *body: Content, script: str = "") -> str:
    """Return a whole document that needs no network; `style` is added to what all pages share.

    A browser lets it run nothing but `script` and fetch nothing: both are named to it by their hashes.
    """
    style = asset("notify_contracts._untrusted.markup", "style.css") + style
    allowed = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script) if script else "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    policy = "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())
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
    last = element("script", Markup(script)) if script else Markup()
    return f"<!doctype html>\n{element('html', head, element('body', *body, last), lang='en')}\n"


@cache
def asset(package: str, name: str) -> str:
    """Return the style sheet or script of this name that stands beside the modules of a package."""
    from importlib.resources import files  # slow, and only pages need it

    return files(package).joinpath(name).read_text(encoding="utf-8")


def _hash(inline: str) -> str:
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"
