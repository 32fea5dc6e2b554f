"""The driver ``contracts`` of oslo.messaging's own notifier, for services under test.

oslo.messaging finds it by the entry-point group ``oslo.messaging.notify.drivers`` when a service says, in its section
``[oslo_messaging_notifications]``, ``driver = contracts``, alone or beside others.
"""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.oslo.driver import ContractsDriver
    from notify_contracts.oslo.setting import split_names, split_setting

__all__ = ["ContractsDriver", "split_names", "split_setting"]
