"""What the billing needs: ``pytest --notify-needs needs/billing.json`` writes what these tests show of it.

``notify-contracts needs check needs/billing.json`` then tells whether the contracts guarantee that, and go on doing so.
"""

import pytest
from notify_contracts import Contract, Notification
from notify_contracts.testing import Reads

from pictures.billing import Billing


@pytest.mark.contracts("image.upload", "image.delete", priority="INFO")
def test_needs(contract: Contract, notification_reads: Reads) -> None:
    """`try_without` hands over a notification that notes what is read, then each time without one of its places."""
    notification_reads.try_without(lambda sent: Billing().account(sent), Notification(contract.example()))
