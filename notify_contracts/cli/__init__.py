"""The command ``notify-contracts``."""

from notify_contracts.cli.main import main

__all__ = ["main"]
