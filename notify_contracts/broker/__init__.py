"""A RabbitMQ to talk to: one that is named, a container, or a private node of the installed server."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._untrusted import redacted
    from notify_contracts.broker.handle import DEFAULT_URL, Broker, Origin
    from notify_contracts.broker.local_node import LocalNode
    from notify_contracts.broker.obtaining import GOOD_PREFERENCES, URL_VARIABLE, obtain

__all__ = ["DEFAULT_URL", "GOOD_PREFERENCES", "URL_VARIABLE", "Broker", "LocalNode", "Origin", "obtain", "redacted"]
