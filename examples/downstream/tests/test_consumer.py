"""I consume: the billing is given notifications that keep their contract, and some that do not."""

from collections.abc import Callable

import pytest
from notify_contracts import Contract, Notification
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.testing import Bus
from notify_contracts.wire import encode

from pictures.announcing import reference
from pictures.billing import Billing, RejectedError
from pictures.service import Pictures

OWNER = "7c1e4b8a2f6d4d0f9e3a5b7c8d1f2e4a"


@pytest.mark.contracts("image.*", priority="INFO")
def test_every_contract(contract: Contract) -> None:
    """A test that asks for `contract` runs once for each: image.create-INFO, image.upload-INFO and so on."""
    Billing().handle(encode(Notification(contract.example()), "2.0"))


@pytest.mark.contracts("image.upload", priority="INFO")
def test_example(contract: Contract, assert_conforms: Callable[[object], Notification]) -> None:
    """An example is a good place to start from; `assert_conforms` makes sure that it still is one."""
    example = contract.example()
    example["payload"] |= {"owner": OWNER, "size": 7}
    billing = Billing()
    billing.handle(encode(assert_conforms(example), "2.0"))
    assert billing.bytes_of == {OWNER: 7}


@pytest.mark.contracts("image.upload", priority="INFO")
def test_rejection(contract: Contract) -> None:
    """What breaks its contract is not billed."""
    example = contract.example()
    example["payload"]["size"] = "7"
    with pytest.raises(RejectedError, match="/payload/size: expected integer"):
        Billing().handle(encode(Notification(example), "2.0"))


def test_bus(bus: Bus) -> None:
    """From the service to the billing through a real RabbitMQ: both mean the same by their contract."""
    with reference([MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as announce:
        pictures = Pictures(announce)
        pictures.upload(pictures.create("sunset", OWNER), b"red")
    billing = Billing()
    for sent in bus.sequence("image.create", "image.upload", "image.activate"):
        billing.handle(encode(sent, "2.0"))
    assert billing.bytes_of == {OWNER: 3}
