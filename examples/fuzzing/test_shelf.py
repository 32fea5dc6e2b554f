"""The shelf, tested by the examples of its contracts, which it handles, and by fuzzing, which finds what is wrong."""

from typing import Any

import pytest
from hypothesis import settings
from notify_contracts import Contract
from notify_contracts.fuzzing import fuzz_consumer
from shelf import RejectedError, Shelf

shelf = Shelf()


@pytest.mark.contracts("image.create", "image.upload", "image.activate", priority="INFO")
def test_examples(contract: Contract) -> None:
    """Every example of its contracts is handled."""
    for example in contract.examples:
        shelf.handle(dict(example))


@fuzz_consumer(event="image.create", priority="INFO", rejected_by=RejectedError, settings=settings(max_examples=800))
def test_fuzzed(notification: dict[str, Any]) -> None:
    """Whatever its contract allows is handled, and whatever breaks it is rejected."""
    shelf.handle(notification)
