"""The schemas of a catalog, compiled by one engine when they are first needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._schema import (
    DEFAULT_ENGINE,
    Documents,
    UnusableSchemaError,
    Validator,
    engine_named,
)
from notify_contracts._untrusted import NotJsonError, Secrets, dump, printable, shortened
from notify_contracts.catalog.folder import ENVELOPE, EVENTS, MANIFEST, Folder
from notify_contracts.catalog.packaged import is_packaged
from notify_contracts.catalog.shape import kind_of, misshapen
from notify_contracts.errors import CatalogError, NotifyContractsError
from notify_contracts.model import UNREADABLE, Violation


@dataclass(frozen=True)
class Schemas:
    """The schemas that stand in the documents of `folder`, and the `engine` that decides whether they are kept."""

    folder: Folder
    engine: str = DEFAULT_ENGINE

    def __reduce__(self) -> tuple[type["Schemas"], tuple[Folder, str]]:
        """Travel to another process as what they were made from; they are compiled anew there."""
        return Schemas, (self.folder, self.engine)

    @cached_property
    def documents(self) -> Documents:
        """From the URI of a document of the folder to its content; raises CatalogError where that has not its shape."""
        if self._is_packaged:
            return self.folder.document

        @cache
        def document(uri: str) -> Any:
            file = self.folder.file(uri)
            content = self.folder.document(uri)
            self._require(file, content)
            return content

        return document

    @cached_property
    def secrets(self) -> Secrets:
        """What is a secret by this catalog."""
        from notify_contracts.catalog.secrecy import secrets_of  # seldom asked for

        return secrets_of(self.folder)

    def require_shape(self) -> None:
        """Raise CatalogError, saying where, unless the manifest and every file of schemas have their shape.

        They are looked at once. What does not say that it is a schema is looked at when it is first referred to. The
        catalogs that come with the library are not looked at: they were linted before.
        """
        _ = self._has_shape

    @cached_property
    def _has_shape(self) -> bool:
        if not self._is_packaged:
            self._require(MANIFEST, dict(self.folder.manifest))
            for file in (ENVELOPE, *(f"{EVENTS}/{name}.json" for name in self.folder.event_types)):
                self.documents(self.folder.uri(file))
            for path in sorted(self.folder.root.rglob("*.json")):
                self._require_of_schema(path.relative_to(self.folder.root).as_posix())
        return True

    def _require_of_schema(self, file: str) -> None:
        if kind_of(file) != "document":
            return
        try:
            content = self.folder.document(self.folder.uri(file))
        except CatalogError:
            return
        if isinstance(content, dict) and "$schema" in content:
            self.documents(self.folder.uri(file))

    @cached_property
    def _is_packaged(self) -> bool:
        return is_packaged(self.folder.root)

    def _require(self, file: str, content: Any) -> None:
        place = self.folder.place(self.folder.uri(file))
        try:
            for pointer, message in misshapen(kind_of(file), content):
                raise CatalogError(f"{place}#{printable(pointer)}: {message}; run catalog lint")
        except RecursionError:
            raise CatalogError(f"{place}: is nested too deeply; run catalog lint") from None

    def validator(self, uri: str) -> Validator:
        """Return the compiled schema at `uri`; raise CatalogError, saying where, if it cannot be used."""
        if uri not in self._compiled:
            self.require_shape()
            self._compiled[uri] = self._made(uri)
        return self._compiled[uri]

    @cached_property
    def _compiled(self) -> dict[str, Validator]:
        return {}

    def _made(self, uri: str) -> Validator:
        place = self.folder.place
        try:
            return engine_named(self.engine, linted=self._is_packaged)(self.documents, uri)
        except UnusableSchemaError as error:
            raise CatalogError(f"{place(error.uri)}: {error.reason}; run catalog lint") from None
        except CatalogError:
            raise
        except RecursionError:
            raise CatalogError(f"{place(uri)}: its schema is nested too deeply") from None
        except LookupError as error:
            nowhere = f"a $ref leads nowhere ({printable(str(error))})"
            raise CatalogError(f"{place(uri)}: {nowhere}; run catalog lint") from None
        except Exception as error:
            raise _unusable(place(uri), error) from error


def broken_rules(
    validator: Validator, envelope: Mapping[str, Any], contract: str | None, schemas: Schemas
) -> tuple[Violation, ...]:
    """Return everything in `envelope` that breaks the schema of `validator`, one of `schemas`, as of `contract`."""
    from notify_contracts._schema import violations
    from notify_contracts.catalog.leftovers import broken_in_events

    try:
        broken = violations(envelope, validator.judged(envelope), contract, schemas.secrets)
        return broken_in_events(schemas.folder.envelopes, envelope, broken)
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
    except NotifyContractsError:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        shape = f"a contract has not the shape of one ({type(error).__name__})"
        raise CatalogError(f"{what}: {shape}; run catalog lint") from None


def _unusable(what: str, error: Exception) -> CatalogError:
    """Return the error for whatever goes wrong in an engine because a schema is not what lint would let through."""
    reason = printable(f"{type(error).__name__}: {error}".partition("\n")[0])
    return CatalogError(f"{what}: its schema cannot be used ({shortened(reason, 100)}); run catalog lint")
