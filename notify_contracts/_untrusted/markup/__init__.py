"""HTML from untrusted text: elements, and pages that load nothing."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._untrusted.markup.html import (
        Content,
        Markup,
        asset,
        dotted,
        element,
        markup,
        page,
        preformatted,
    )

__all__ = ["Content", "Markup", "asset", "dotted", "element", "markup", "page", "preformatted"]
