"""The report as one HTML file: whole without a network, and running nothing that came with a message."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._report.html.document import html

__all__ = ["html"]
