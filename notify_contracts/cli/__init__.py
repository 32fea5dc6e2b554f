"""The command ``notify-contracts``."""

from notify_contracts.cli.commands import main

__all__ = ["main"]
