"""What an engine is, and how one is found by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from notify_contracts._schema.documents import Documents, Pointer
from notify_contracts._schema.engines.breaking import IsValid, Rule
from notify_contracts._untrusted import dump, parse
from notify_contracts.errors import UsageError


class Fault(NamedTuple):
    """A keyword that failed: where in the instance, and the schema object in which the keyword stands.

    Of ``propertyNames`` there is one for each `name` that fails.
    """

    path: Pointer
    keyword: str
    schema: Mapping[str, Any]
    name: str | None = None


class Validator(Protocol):
    """One compiled schema."""

    def is_valid(self, instance: Any, /) -> bool:
        """Whether `instance` keeps the schema; stops at the first fault."""

    def faults(self, instance: Any, /) -> Iterator[Fault]:
        """Yield every fault; raise ValueError for what is not JSON, RecursionError where it is nested too deeply."""

    def judged(self, instance: Any, /) -> Iterable[Fault]:
        """Return every fault as `faults` does, in the quickest way where there is perhaps none."""

    def first_fault(self, instance: Any, /) -> Fault | None:
        """Return one of the faults, None where there is none: for what is so large that all of them are too much."""

    def breaking(self, rules: Iterable[Rule], /) -> IsValid | None:
        """Return what tells whether an instance breaks these rules and no others, None where nothing quick does."""


Engine = Callable[[Documents, str], Validator]
"""From documents and the URI of a schema among them to its validator; raises CatalogError if it cannot be compiled."""

ENGINES: Mapping[str, str] = MappingProxyType(
    {
        "jsonschema-rs": "notify_contracts._schema.engines.compiled:CompiledValidator",
        "jsonschema": "notify_contracts._schema.engines.reference:ReferenceValidator",
    }
)
"""Engine name → where it stands: the fast one, and the independent one it is held against."""

DEFAULT_ENGINE = "jsonschema-rs"


def require_engine(name: str) -> None:
    """Raise UsageError, listing the names, if no engine has that name; none is imported for that."""
    if name not in ENGINES:
        raise UsageError(f'no engine "{name}"; there are {" and ".join(ENGINES)}')


def engine_named(name: str, *, linted: bool = False) -> Engine:
    """Return the engine of that name, which is given usable schemas only; what is `linted` is not looked at again.

    Raise UsageError, listing the names, for any other name.
    """
    require_engine(name)
    module, _, attribute = ENGINES[name].partition(":")
    found: Engine = getattr(import_module(module), attribute)
    if linted:
        return found

    def compiled(documents: Documents, uri: str) -> Validator:
        from notify_contracts._schema.usable import require_usable

        require_usable(documents, uri)
        return found(documents, uri)

    return compiled


def validator_of(schema: Mapping[str, Any]) -> Validator:
    """Return what decides about a sound schema that refers to nothing; the same for the same schema."""
    return _alone(dump(schema))


@cache
def _alone(schema: bytes) -> Validator:
    uri = "https://notify-contracts.invalid/alone"
    content = parse(schema)
    return engine_named(DEFAULT_ENGINE, linted=True)(lambda asked: {uri: content}[asked], uri)
