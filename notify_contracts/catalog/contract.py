"""A contract: what one event type promises at one priority."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from notify_contracts.engines import Validator
from notify_contracts.errors import CatalogError
from notify_contracts.explain import violations
from notify_contracts.jsontext import NotJsonError, dump
from notify_contracts.model import UNREADABLE, Priority, Violation
from notify_contracts.schemas import Documents
from notify_contracts.text import printable, shortened


@dataclass(frozen=True)
class Contract:
    """What one event type promises at one priority.

    `uri` addresses its schema in any JSON Schema tool that is given the catalog's `documents`.
    """

    event_type: str
    priority: Priority
    uri: str
    schema: Mapping[str, Any]
    documents: Documents
    compiled: Callable[[str], Validator]

    @cached_property
    def id(self) -> str:
        """``image.create-INFO``."""
        return f"{self.event_type}-{self.priority}"

    @property
    def title(self) -> str:
        """A phrase that names the contract."""
        return str(self.schema.get("title", self.id))

    @property
    def description(self) -> str:
        """What the notification means and carries."""
        return str(self.schema.get("description", ""))

    @property
    def source(self) -> str:
        """Where the contract's rules come from."""
        return str(self.schema.get("$comment", ""))

    @property
    def examples(self) -> tuple[Mapping[str, Any], ...]:
        """Realistic notifications that keep the contract, as envelopes."""
        return tuple(self.schema.get("examples", ()))

    def example(self) -> dict[str, Any]:
        """Return a fresh copy of the first example."""
        return deepcopy(dict(self.examples[0]))

    @cached_property
    def validator(self) -> Validator:
        """The compiled schema."""
        return self.compiled(self.uri)

    def is_kept_by(self, envelope: Mapping[str, Any]) -> bool:
        """Whether nothing in `envelope` breaks the contract."""
        try:
            return self.validator.is_valid(envelope)
        except (RecursionError, ValueError):
            return False

    def broken_by(self, envelope: Mapping[str, Any]) -> tuple[Violation, ...]:
        """Return everything in `envelope` that breaks the contract."""
        return broken(self.validator, envelope, self.id)


def unusable(what: str, error: Exception) -> CatalogError:
    """Return the error for whatever goes wrong in an engine because a schema is not what lint would let through."""
    reason = printable(f"{type(error).__name__}: {error}".partition("\n")[0])
    return CatalogError(f"{what}: its schema cannot be used ({shortened(reason, 100)}); run catalog lint")


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


def broken(validator: Validator, envelope: Mapping[str, Any], contract: str | None) -> tuple[Violation, ...]:
    """Return everything in `envelope` that breaks the schema of `validator`."""
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
        raise unusable(contract or "the envelope", error) from error
