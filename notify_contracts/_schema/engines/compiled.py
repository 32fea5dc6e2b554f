"""The fast engine: jsonschema-rs."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from notify_contracts._schema.documents import Documents, resolve, subschemas
from notify_contracts._schema.engines.base import Fault
from notify_contracts._schema.engines.breaking import IsValid, Rule, breaking
from notify_contracts._schema.engines.flatten import flattened
from notify_contracts._schema.formats import FORMATS
from notify_contracts._schema.multiples import is_multiple
from notify_contracts._untrusted import NotJsonError, dump, printable
from notify_contracts.errors import CatalogError

if TYPE_CHECKING:
    from notify_contracts._schema.engines.reference import ReferenceValidator

# Matching time grows linearly with the text, whatever the pattern: no notification can make it hang.
_LINEAR = jsonschema_rs.RegexOptions()

_MOST_REMEMBERED = 64  # sets of rules of one schema that are told to be broken without looking for faults


class _MultipleOf:
    """The keyword as `is_multiple` decides it: this engine's own reading of floats is another one."""

    def __init__(self, _schema: Mapping[str, Any], divisor: float, _place: list[str | int]) -> None:
        self._divisor = divisor

    def validate(self, instance: Any) -> None:
        if not is_multiple(instance, self._divisor):
            raise ValueError


class _Required:
    """The keyword, broken once: the engine's own makes an error of each name that lacks, with a copy of the object."""

    def __init__(self, _schema: Mapping[str, Any], names: list[str], _place: list[str | int]) -> None:
        self._names = frozenset(names)

    def validate(self, instance: Any) -> None:
        if isinstance(instance, dict) and not instance.keys() >= self._names:
            raise ValueError


_KEYWORDS = {"multipleOf": _MultipleOf}


def _ours(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the formats and keywords of ours that `schema` may ask for: with any, checking is a fifth slower."""
    stated = [inner for _, inner in subschemas(schema)]
    if any("$ref" in inner for inner in stated):
        return {"formats": dict(FORMATS), "keywords": _KEYWORDS}
    formats = {inner["format"]: FORMATS[inner["format"]] for inner in stated if "format" in inner}
    return {"formats": formats, "keywords": _KEYWORDS if any("multipleOf" in inner for inner in stated) else {}}


_MISREAD = re.compile(rb'"\+?[0-9]*":')
"""How names are written that jsonschema-rs leaves out of an error's path, or takes for the index of an item: what is
empty or of digits. What else is written so, which is rare, is only slower."""


def _may_have_misread_name(value: Any) -> bool:
    """Whether an object in `value` may have a property whose name is misread; what is no JSON may."""
    try:
        return _MISREAD.search(dump(value)) is not None
    except NotJsonError:
        return True


class CompiledValidator:
    """A schema compiled by jsonschema-rs; references are looked up in `documents` and nowhere else."""

    def __init__(self, documents: Documents, uri: str) -> None:
        self._documents = documents
        self._uri = uri
        self._flattened = flattened(documents, uri)
        self.is_valid = self._telling(self._flattened)

    def faults(self, instance: Any, /) -> Iterator[Fault]:
        """Yield every fault."""
        try:
            errors = list(self._as_written.iter_errors(instance))
        except ValueError as error:
            if "Recursion" not in str(error):
                raise
            # Its errors carry a copy of what failed, and it copies no deeper than 255 levels.
            yield from self._reference.faults(instance)
            return
        if errors and _may_have_misread_name(instance):
            yield from self._reference.faults(instance)
        else:
            yield from map(self._fault, errors)

    def judged(self, instance: Any, /) -> Iterable[Fault]:
        """Return every fault; looked for only where there is any, which is quickly told."""
        return () if self.is_valid(instance) else self.faults(instance)

    def first_fault(self, instance: Any, /) -> Fault | None:
        """Return one of the faults, None where there is none."""
        if _may_have_misread_name(instance):
            return None if self.is_valid(instance) else self._reference.first_fault(instance)
        try:
            self._as_written.validate(instance)
        except jsonschema_rs.ValidationError as error:
            return self._fault(error)
        except ValueError:
            return next(self.faults(instance), None)
        return None

    def _fault(self, error: jsonschema_rs.ValidationError) -> Fault:
        location = error.absolute_keyword_location or ""
        # Where no properties stand beside it, additionalProperties: false is reported as the schema false.
        kind = error.kind
        keyword = "additionalProperties" if kind.name == "falseSchema" else kind.name
        name = str(kind.error.instance) if isinstance(kind, jsonschema_rs.ValidationErrorKind.PropertyNames) else None
        return Fault(tuple(error.instance_path), keyword, self._schema_holding(location, keyword), name)

    def breaking(self, rules: Iterable[Rule], /) -> IsValid | None:
        """Return what tells whether an instance breaks these rules and no others, None where nothing quick does."""
        return self._breaking(frozenset(rules))

    @cached_property
    def _breaking(self) -> Callable[[frozenset[Rule]], IsValid | None]:
        def made(rules: frozenset[Rule]) -> IsValid | None:
            schema = breaking(self._flattened, sorted(rules))
            return None if schema is None else self._telling(schema)

        return lru_cache(_MOST_REMEMBERED)(made)

    @cached_property
    def _reference(self) -> "ReferenceValidator":
        from notify_contracts._schema.engines.reference import ReferenceValidator

        return ReferenceValidator(self._documents, self._uri)

    @cached_property
    def _as_written(self) -> jsonschema_rs.Draft202012Validator:
        schema = {"$ref": self._uri}
        ours = _ours(schema)
        return self._compiled(schema, {**ours, "keywords": {**ours["keywords"], "required": _Required}})

    def _telling(self, schema: dict[str, Any]) -> IsValid:
        ours = _ours(schema)
        if ours["formats"]:
            from notify_contracts._schema.engines.quickening import quickened

            schema = quickened(schema)
        return self._compiled(schema, ours).is_valid

    def _compiled(self, schema: dict[str, Any], ours: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        try:
            return jsonschema_rs.Draft202012Validator(
                schema,
                retriever=self._documents,
                pattern_options=_LINEAR,
                validate_formats=True,
                **ours,
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            raise CatalogError(f"{printable(self._uri)}: {printable(str(error).splitlines()[0])}") from None

    def _schema_holding(self, location: str, keyword: str) -> Any:
        holder = location.removesuffix(f"/{keyword}")
        return resolve(self._documents, holder, holder)[1]
