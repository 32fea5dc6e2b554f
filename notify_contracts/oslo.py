"""The driver ``contracts`` of oslo.messaging's own notifier, for services under test.

oslo.messaging finds it by the entry-point group ``oslo.messaging.notify.drivers`` when a service says, in its section
``[oslo_messaging_notifications]``, ``driver = contracts``, alone or beside others.
"""

from collections.abc import Mapping
from typing import Any

from oslo_messaging.notify.notifier import Driver
from oslo_serialization import jsonutils

from notify_contracts.emitting import Emission, tell
from notify_contracts.wire import decode


class ContractsDriver(Driver):  # type: ignore[misc]  # oslo.messaging has no types
    """Tells the observers of this process of every notification, written and read back as on the wire."""

    def notify(self, ctxt: Mapping[str, Any], message: Mapping[str, Any], priority: str, retry: Any) -> None:
        """Take one notification as a service's notifier gives it: `ctxt` is the request context as a dict."""
        del priority, retry  # the message holds the priority, and there is nothing to try again
        context = {f"_context_{key}": value for key, value in ctxt.items()}
        body = jsonutils.dumps({**message, **context})
        tell(Emission("oslo.messaging", decode(body)))
