"""The driver that oslo.messaging loads: it tells this process's observers what a service's notifier emits."""

import logging
from collections.abc import Mapping
from functools import partial
from itertools import count
from typing import Any

from oslo_messaging.notify.notifier import Driver

from notify_contracts.emitting import Emission, tell
from notify_contracts.oslo.carrying import carried

_UNHEARD = (
    "notifications are LOST: oslo.messaging's driver 'contracts' hands them to tests, and nobody listens here; in a "
    "service that is no test, set driver = messagingv2 in [oslo_messaging_notifications]; in a test, use the fixture "
    "oslo_notifications or notify_contracts.testing.recording"
)
_unheard = count()


class ContractsDriver(Driver):  # type: ignore[misc]  # oslo.messaging has no types
    """Tells the observers of this process of every notification, written and read back as on the wire.

    Where nobody observes, a notification goes nowhere; the first that does is an ERROR in the log, once a process.
    """

    def notify(self, ctxt: Any, message: Mapping[str, Any], priority: str, retry: Any) -> None:
        """Take one notification as a service's notifier gives it, with its context: a dict, or what has ``to_dict``."""
        del priority, retry  # the message holds the priority, and there is nothing to try again
        on_wire = partial(carried, message, ctxt)
        heard = tell(Emission("oslo.messaging", on_wire("2.0"), on_wire))
        if not heard and next(_unheard) == 0:
            logging.getLogger(__name__).error(_UNHEARD)
