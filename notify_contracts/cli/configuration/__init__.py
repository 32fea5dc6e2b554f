"""Settings: what a file and the environment say for every run, where the command line says nothing."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.cli.configuration.files import TABLE, VARIABLE
    from notify_contracts.cli.configuration.origins import Configured, Given, configured
    from notify_contracts.cli.configuration.table import SETTING, SETTINGS, URL_VARIABLE, Setting
    from notify_contracts.cli.configuration.values import Value, shown

__all__ = [
    "SETTING",
    "SETTINGS",
    "TABLE",
    "URL_VARIABLE",
    "VARIABLE",
    "Configured",
    "Given",
    "Setting",
    "Value",
    "configured",
    "shown",
]
