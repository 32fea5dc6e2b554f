"""The errors a user can meet: each says what, where and what to do next, in one line."""

from typing import Any


class NotifyContractsError(Exception):
    """Base of all errors of this library; ``str()`` is one line fit for a terminal."""


class CatalogError(NotifyContractsError, ValueError):
    """A catalog, or a file of it, cannot be used."""


class SourceError(NotifyContractsError, OSError):
    """A source of recorded notifications cannot be opened or read."""


class OutputError(NotifyContractsError, OSError):
    """An output cannot be written to its end; what other outputs there are is whole."""


class DamagedError(SourceError):
    """Some of a source of recorded notifications could not be read: it is cut off, for one. All the rest was read."""


class UsageError(NotifyContractsError, ValueError):
    """The arguments given do not make sense together."""


class BrokerError(NotifyContractsError, ConnectionError):
    """The broker refused or could not be reached; the message never shows a password."""


class BrokerUnavailableError(BrokerError):
    """No broker could be obtained; the message lists every way that was tried and its reason."""


class ClusterError(NotifyContractsError, ConnectionError):
    """The machines that were to share the work could not be reached, or cannot do it."""


class DeliveryError(NotifyContractsError, ConnectionError):
    """Notifications were not confirmed by a driver.

    ``undelivered`` holds the notifications that were not confirmed, in the order they were given.
    """

    def __init__(self, message: str, undelivered: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.undelivered = undelivered


class NotifierClosedError(NotifyContractsError, RuntimeError):
    """A notifier was used after it had been closed."""


class ContractViolatedError(NotifyContractsError, AssertionError):
    """A notification breaks its contract; ``violations`` holds every broken rule.

    Raised by an assertion, its further lines say more.
    """

    def __init__(self, message: str, violations: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.violations = violations


class ArrivalError(NotifyContractsError, AssertionError):
    """What arrived is not what was expected; ``arrived`` holds what did, in its order.

    Raised by an assertion, its further lines list it.
    """

    def __init__(self, message: str, arrived: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.arrived = arrived


class ContractViolatedWarning(UserWarning):
    """A notification breaks its contract, and whoever recorded it chose to go on."""
