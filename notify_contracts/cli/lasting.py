"""``--durable`` and ``--no-durable``: whether an exchange that has to be declared outlives its broker.

Whoever declares it later in another way is refused, and that is the emitter. Source: AMQP 0-9-1, exchange.declare;
oslo.messaging's option ``amqp_durable_queues``, which is off by default and counts for exchanges, too.
"""

import argparse

from notify_contracts.catalog import Catalog


def add_durable_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option, both ways."""
    parser.add_argument(
        "--durable",
        action=argparse.BooleanOptionalAction,
        help="what has to be declared is declared durable, or not, as who sends declares it "
        "(default: durable if the catalog states an envelope, for oslo.messaging's exchanges are not)",
    )


def is_durable(options: argparse.Namespace, catalog: Catalog) -> bool:
    """Return what was asked for, else what the service does by its catalog: oslo.messaging declares nothing durable."""
    if options.durable is None:
        return all(member.envelopes for member in catalog.members)
    return bool(options.durable)
