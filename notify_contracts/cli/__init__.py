"""The command ``notify-contracts``."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.cli.commands import main

__all__ = ["main"]
