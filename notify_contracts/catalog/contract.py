"""A contract: what one event type promises at one priority."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import field, fields
from functools import cached_property
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._schema import Documents, Validator
from notify_contracts.catalog.schemas import Schemas, broken_rules
from notify_contracts.errors import CatalogError
from notify_contracts.model import Violation


@dataclass(frozen=True)
class Contract:
    """What one event type promises at one priority.

    `uri` addresses its schema in any JSON Schema tool that is given the catalog's `documents`.
    """

    event_type: str
    priority: str
    uri: str
    schema: Mapping[str, Any] = field(hash=False, repr=False)
    schemas: Schemas = field(repr=False)

    def __reduce__(self) -> tuple[type["Contract"], tuple[Any, ...]]:
        """Travel to another process without what was compiled."""
        return type(self), tuple(getattr(self, each.name) for each in fields(self))

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
    def required(self) -> tuple[str, ...]:
        """What of the envelope its notifications always have, which others may lack."""
        return tuple(self.schema.get("required", ()))

    @property
    def examples(self) -> tuple[Mapping[str, Any], ...]:
        """Realistic notifications that keep the contract, as envelopes."""
        return tuple(self.schema.get("examples", ()))

    def example(self) -> dict[str, Any]:
        """Return a fresh copy of the first example; raise CatalogError where there is none."""
        if not self.examples:
            raise CatalogError(f"{self.schemas.folder.place(self.uri)}: has no example; run catalog lint")
        return deepcopy(dict(self.examples[0]))

    @property
    def documents(self) -> Documents:
        """From the URI of a document of the catalog to its content."""
        return self.schemas.documents

    @cached_property
    def validator(self) -> Validator:
        """The compiled schema."""
        return self.schemas.validator(self.uri)

    def is_kept_by(self, envelope: Mapping[str, Any]) -> bool:
        """Whether nothing in `envelope` breaks the contract."""
        validator = self.validator
        try:
            return validator.is_valid(envelope)
        except (RecursionError, ValueError):
            return False

    def broken_by(self, envelope: Mapping[str, Any]) -> tuple[Violation, ...]:
        """Return everything in `envelope` that breaks the contract."""
        return broken_rules(self.validator, envelope, self.id, self.schemas)
