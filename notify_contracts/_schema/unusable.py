"""The error that says that a schema cannot be used, and where."""

from notify_contracts._untrusted import printable
from notify_contracts.errors import CatalogError


class UnusableSchemaError(CatalogError):
    """A schema cannot be used; `uri` is the place and `reason` what is wrong there."""

    def __init__(self, uri: str, reason: str) -> None:
        super().__init__(f"{printable(uri)}: {reason}")
        self.uri = uri
        self.reason = reason

    def __reduce__(self) -> tuple[type["UnusableSchemaError"], tuple[str, str]]:
        """Travel to another process."""
        return UnusableSchemaError, (self.uri, self.reason)
