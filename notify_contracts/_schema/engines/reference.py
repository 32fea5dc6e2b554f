"""The reference engine: jsonschema, independent of the fast one and held to the same readings of text."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import urljoin

import jsonschema
from jsonschema.validators import Draft202012Validator, extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from notify_contracts._schema.documents import Documents, additional_names, reachable, rebuilt
from notify_contracts._schema.engines.base import Fault
from notify_contracts._schema.engines.breaking import Rule
from notify_contracts._schema.equality import alike, same
from notify_contracts._schema.formats import FORMATS
from notify_contracts._schema.multiples import is_multiple
from notify_contracts._schema.patterns import matcher
from notify_contracts.errors import CatalogError

_PLAIN = frozenset((str, int, float, bool, type(None)))
_TYPES = {
    str: frozenset(["string"]),
    bool: frozenset(["boolean"]),
    type(None): frozenset(["null"]),
    int: frozenset(["integer", "number"]),
    dict: frozenset(["object"]),
    list: frozenset(["array"]),
}
_NAMES = "propertyNames"
_SHORT = 100  # characters of a text of which it is remembered what it keeps
_MOST_KEPT = 10_000
_UNSET = jsonschema.ValidationError("").schema


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Match as every engine does: ``$`` is the very end, not the place before a final newline."""
    if isinstance(instance, str) and not matcher(pattern)(instance):
        yield jsonschema.ValidationError("pattern")


def _property_names(validator: Any, names: Any, instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Report the keyword itself and the name, not what inside it failed on that."""
    if isinstance(instance, Mapping):
        keeps = validator.evolve(schema=names).is_valid
        for name in instance:
            if not keeps(name):
                yield jsonschema.ValidationError(_NAMES, instance=name)


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], instance: Any, _schema: Any
) -> Iterator[jsonschema.ValidationError]:
    """Choose the properties by the same reading of patterns as `_pattern`."""
    if isinstance(instance, Mapping):
        for pattern, schema in patterns.items():
            fits = matcher(pattern)
            for name, value in instance.items():
                if fits(name):
                    yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _additional_properties(
    validator: Any, additional: Any, instance: Any, schema: Mapping[str, Any]
) -> Iterator[jsonschema.ValidationError]:
    """Find the additional properties by the same reading of patterns as `_pattern`."""
    if isinstance(instance, (dict, Mapping)):  # the first is nearly always it, and is found sooner
        for name in additional_names(schema, instance):
            if additional is False:
                yield jsonschema.ValidationError("additionalProperties")
            else:
                yield from validator.descend(instance[name], additional, path=name)


def _multiple_of(_validator: Any, divisor: float, instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Decide as `is_multiple` does: this engine's own reading of floats is another one."""
    if not is_multiple(instance, divisor):
        yield jsonschema.ValidationError("multipleOf")


def _unique_items(_validator: Any, unique: Any, instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Compare in time that grows linearly with the items: jsonschema compares objects each with each."""
    if unique and isinstance(instance, list | tuple) and len(set(map(alike, instance))) < len(instance):
        yield jsonschema.ValidationError("uniqueItems")


def _enum(validator: Any, options: list[Any], instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Look a plain value up: jsonschema compares it with each option, and lists all of them in words nobody reads."""
    if isinstance(instance, str | int | float | None):
        plain: dict[int, frozenset[Hashable]] = validator.format_checker.plain_options
        if id(options) not in plain:
            plain[id(options)] = frozenset(alike(one) for one in options if not isinstance(one, dict | list))
        is_listed = alike(instance) in plain[id(options)]
    else:
        is_listed = any(same(option, instance) for option in options)
    if not is_listed:
        yield jsonschema.ValidationError("enum")


def _type(validator: Any, types: str | list[str], instance: Any, schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Look the types of a value up by its class; jsonschema, which asks for each of `types`, has the doubtful ones."""
    of_class = _TYPES.get(type(instance))
    if of_class is None:
        yield from Draft202012Validator.VALIDATORS["type"](validator, types, instance, schema)
    elif of_class.isdisjoint([types] if isinstance(types, str) else types):
        yield jsonschema.ValidationError("type")


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: Any, _schema: Any
) -> Iterator[jsonschema.ValidationError]:
    """Do as jsonschema does, but for asking it whether there is an object: most of its questions are this one.

    What is known to keep its schema, as most is, is not descended to.
    """
    if isinstance(instance, dict):
        kept = validator.format_checker.kept
        for name, schema in properties.items():
            if name in instance:
                value = instance[name]
                if type(value) not in _PLAIN or (id(schema), type(value), value) not in kept:
                    yield from validator.descend(value, schema, path=name, schema_path=name)


def _is_array(_checker: Any, value: Any) -> bool:
    """Take a tuple for an array, as the other engine does."""
    return isinstance(value, list | tuple)


def _followed(validator: Any, reference: str, instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Follow a reference, which is absolute: each is looked up once."""
    yield from validator.descend(instance, validator.format_checker.lookup(reference).contents)


_Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("array", _is_array),
    validators={
        "$ref": _followed,
        "additionalProperties": _additional_properties,
        "enum": _enum,
        "multipleOf": _multiple_of,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "properties": _properties,
        _NAMES: _property_names,
        "type": _type,
        "uniqueItems": _unique_items,
    },
)


def _of_schema(self: Any, *, schema: Any) -> Any:
    """Return the validator of a schema in the documents of this one, which is made once."""
    made: dict[int, Any] = self.format_checker.made
    if id(schema) not in made:
        made[id(schema)] = _Validator(schema, registry=_NOTHING, format_checker=self.format_checker)
    return made[id(schema)]


def _never(_validator: Any, _value: Any, _instance: Any, _schema: Any) -> Iterator[jsonschema.ValidationError]:
    yield jsonschema.ValidationError("false", validator="None", schema=False)


def _checks(schema: Any) -> list[tuple[Any, str, Any]]:
    """Return what a value is held against a schema by: for each keyword its function, its name and what it states."""
    if isinstance(schema, bool):
        return [] if schema else [(_never, "", None)]
    known = _Validator.VALIDATORS
    return [(known[keyword], keyword, stated) for keyword, stated in schema.items() if keyword in known]


def _descended(
    self: Any, instance: Any, schema: Any, path: Any = None, **_more: Any
) -> Iterator[jsonschema.ValidationError]:
    """Yield the errors of what stands at `path`; as references are absolute, where it has come from does not matter.

    So a short value without members that has kept a schema keeps it wherever they meet again.
    """
    how: dict[int, list[tuple[Any, str, Any]]] = self.format_checker.keywords
    kept: set[tuple[int, type, Any]] = self.format_checker.kept
    kind = type(instance)
    met = (id(schema), kind, instance) if kind in _PLAIN and not (kind is str and len(instance) > _SHORT) else None
    if met in kept:
        return
    if id(schema) not in how:
        how[id(schema)] = _checks(schema)
    keeps = True
    for check, keyword, stated in how[id(schema)]:
        for error in check(self, stated, instance, schema) or ():
            keeps = False
            if error.schema is _UNSET:
                error.schema = schema
                error.validator = keyword if error.validator is _UNSET else error.validator
            if path is not None:
                error.path.appendleft(path)
            yield error
    if keeps and met is not None and len(kept) < _MOST_KEPT:
        kept.add(met)


def _errors(self: Any, instance: Any) -> Iterator[jsonschema.ValidationError]:
    return _descended(self, instance, self.schema)


# jsonschema makes a new validator for each value that it descends to, and tells each error at each step of its way all
# that it was told at the first: most of its time.
_Validator.evolve = _of_schema
_Validator.iter_errors = _errors
_Validator.descend = _descended
_NOTHING = Registry[Any]()


_joined = lru_cache(maxsize=4096)(urljoin)


def _resource(uri: str, document: Any, written: dict[int, Any]) -> Resource[Any]:
    if not isinstance(document, Mapping):
        return DRAFT202012.create_resource(document)
    # A document that names its dialect would be evaluated by jsonschema's own class for it, not by the one above.
    without_dialect = {keyword: value for keyword, value in document.items() if keyword != "$schema"}
    return DRAFT202012.create_resource(_absolute(without_dialect, uri, written))


def _absolute(schema: Any, uri: str, written: dict[int, Any]) -> Any:
    """Return `schema`, which stands at `uri`, with references that mean the same wherever they are looked up.

    By the ids of what is returned, `written` gets the schemas as they were written.
    """
    if not isinstance(schema, Mapping):
        return schema
    copy = rebuilt(schema, partial(_absolute, uri=uri, written=written))
    if isinstance(reference := copy.get("$ref"), str):
        copy["$ref"] = _joined(uri, reference)
    written[id(copy)] = schema
    return copy


class _FormatChecker(jsonschema.FormatChecker):
    """Our formats; and, as it goes along to wherever a validator goes, what looks references up for it.

    So do the validators that are made of its schemas, how these are checked, and the options of enumerations, by the
    ids of these, which last as long, and what values have kept which of the schemas.
    """

    def __init__(self, lookup: Callable[[str], Any]) -> None:
        super().__init__(formats=())
        self.lookup = cache(lookup)
        self.made: dict[int, Any] = {}
        self.keywords: dict[int, list[tuple[Any, str, Any]]] = {}
        self.plain_options: dict[int, frozenset[Hashable]] = {}
        self.kept: set[tuple[int, type, Any]] = set()
        self.checkers = _CHECKERS


_CHECKERS: dict[str, Any] = {
    name: (lambda value, _has=has_format: not isinstance(value, str) or _has(value), ())
    for name, has_format in FORMATS.items()
}


class ReferenceValidator:
    """A schema evaluated by jsonschema; references are looked up in `documents` and nowhere else."""

    def __init__(self, documents: Documents, uri: str) -> None:
        self._written: dict[int, Any] = {}
        try:
            resources = [(name, _resource(name, documents(name), self._written)) for name in reachable(documents, uri)]
        except LookupError as error:
            raise CatalogError(f"{uri}: a $ref leads nowhere ({error})") from None
        registry = Registry[Any]().with_resources(resources).crawl()
        checker = _FormatChecker(registry.resolver().lookup)
        self._validator = _Validator({"$ref": uri}, registry=registry, format_checker=checker)

    def is_valid(self, instance: Any, /) -> bool:
        """Whether there is no fault."""
        return next(self.faults(instance), None) is None

    def breaking(self, _rules: Iterable[Rule], /) -> None:
        """Return nothing: this engine has no quick way."""

    def faults(self, instance: Any, /) -> Iterator[Fault]:
        """Yield every fault."""
        for error in self._validator.iter_errors(instance):
            schema = self._written.get(id(error.schema), error.schema)
            name = error.instance if error.validator == _NAMES else None
            yield Fault(tuple(error.absolute_path), str(error.validator), schema, name)

    def judged(self, instance: Any, /) -> Iterator[Fault]:
        """Return every fault; whether there is any takes as long."""
        return self.faults(instance)

    def first_fault(self, instance: Any, /) -> Fault | None:
        """Return one of the faults, None where there is none."""
        return next(self.faults(instance), None)
