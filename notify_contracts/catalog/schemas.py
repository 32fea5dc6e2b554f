"""The schemas of a catalog, compiled by one engine when they are first needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from notify_contracts._schema import DEFAULT_ENGINE, Documents, Validator, endless, engine_named, violations
from notify_contracts._untrusted import NotJsonError, dump, printable, shortened
from notify_contracts.catalog.folder import Folder
from notify_contracts.errors import CatalogError
from notify_contracts.model import UNREADABLE, Violation


@dataclass(frozen=True)
class Schemas:
    """The schemas that stand in the documents of `folder`, and the `engine` that decides whether they are kept."""

    folder: Folder
    engine: str = DEFAULT_ENGINE

    def __reduce__(self) -> tuple[type["Schemas"], tuple[Folder, str]]:
        """Travel to another process as what they were made from; they are compiled anew there."""
        return Schemas, (self.folder, self.engine)

    @property
    def documents(self) -> Documents:
        """From the URI of a document of the folder to its content."""
        return self.folder.document

    def validator(self, uri: str) -> Validator:
        """Return the compiled schema at `uri`; raise CatalogError, saying where, if it cannot be used."""
        if uri not in self._compiled:
            self._compiled[uri] = self._made(uri)
        return self._compiled[uri]

    @cached_property
    def _compiled(self) -> dict[str, Validator]:
        return {}

    def _made(self, uri: str) -> Validator:
        place = self.folder.place
        try:
            loop = endless(self.documents, uri)
            if loop is None:
                return engine_named(self.engine)(self.documents, uri)
        except CatalogError:
            raise
        except RecursionError:
            raise CatalogError(f"{place(uri)}: its schema is nested too deeply") from None
        except LookupError as error:
            nowhere = f"a $ref leads nowhere ({printable(str(error))})"
            raise CatalogError(f"{place(uri)}: {nowhere}; run catalog lint") from None
        except Exception as error:
            raise _unusable(place(uri), error) from error
        raise CatalogError(f"{place(loop)}: its $ref leads back to itself; run catalog lint")


def broken_rules(validator: Validator, envelope: Mapping[str, Any], contract: str | None) -> tuple[Violation, ...]:
    """Return everything in `envelope` that breaks the schema of `validator`, as violations of `contract`."""
    try:
        if validator.is_valid(envelope):
            return ()
        return violations(envelope, validator.faults(envelope), contract)
    except RecursionError:
        return (Violation("", UNREADABLE, "it is nested too deeply for this engine", contract),)
    except CatalogError:
        raise
    except ValueError as error:
        return (Violation("", UNREADABLE, f"it is not JSON: {printable(str(error))}", contract),)
    except Exception as error:
        try:
            dump(dict(envelope))
        except NotJsonError as reason:
            return (Violation("", UNREADABLE, f"it is not JSON: {printable(str(reason))}", contract),)
        raise _unusable(contract or "the envelope", error) from error


@contextmanager
def shape_of_contracts(what: str) -> Iterator[None]:
    """Make a CatalogError of whatever goes wrong while a catalog that nobody has linted is taken apart."""
    try:
        yield
    except CatalogError:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        shape = f"a contract has not the shape of one ({type(error).__name__})"
        raise CatalogError(f"{what}: {shape}; run catalog lint") from None


def _unusable(what: str, error: Exception) -> CatalogError:
    """Return the error for whatever goes wrong in an engine because a schema is not what lint would let through."""
    reason = printable(f"{type(error).__name__}: {error}".partition("\n")[0])
    return CatalogError(f"{what}: its schema cannot be used ({shortened(reason, 100)}); run catalog lint")
