"""The shapes of objects."""

from collections.abc import Callable, Iterator

from notify_contracts._schema import matcher
from notify_contracts.generate.expressions import examples
from notify_contracts.generate.facts import Facts
from notify_contracts.generate.shapes import NOTHING, Family, Shape, filtered, properties
from notify_contracts.generate.standalone import Definitions, Schema

_Compile = Callable[[tuple[Schema, ...]], Shape]
_TRIALS = 64


def object_shape(facts: Facts, shape: _Compile, definitions: Definitions) -> Shape:
    """Return the shape of the objects that `facts` allow."""
    names = facts.all("propertyNames")
    may_be_named = definitions.keeps(names)
    layers = [layer.get("properties", {}) for layer in facts.objects]
    # The order of the fullest layer is the order that people know.
    declared = dict.fromkeys(name for layer in sorted(layers, key=len, reverse=True) for name in layer)
    allowed = {
        name: shape(value_schemas(facts, name)) if may_be_named(name) else NOTHING
        for name in dict.fromkeys((*declared, *facts.required))
    }
    return properties(
        [(name, one) for name, one in allowed.items() if name in facts.required],
        [(name, one) for name, one in allowed.items() if name not in facts.required],
        _families(facts, shape),
        allowed,
        least=facts.limit("minProperties") or 0,
        most=facts.limit("maxProperties"),
    )


def value_schemas(facts: Facts, name: str) -> tuple[Schema, ...]:
    """Return the schemas for the value of the property of that name."""
    matching = frozenset(pattern for pattern in _patterns(facts) if matcher(pattern)(name))
    return tuple(_said_of(facts, name, matching))


def _patterns(facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pattern for layer in facts.objects for pattern in layer.get("patternProperties", ())))


def _said_of(facts: Facts, name: str | None, matching: frozenset[str]) -> Iterator[Schema]:
    """Yield the layers' schemas of a property: of a declared one by its `name`, of any by its patterns."""
    for layer in facts.objects:
        said = [layer["properties"][name]] if name is not None and name in layer.get("properties", ()) else []
        said += [schema for pattern, schema in layer.get("patternProperties", {}).items() if pattern in matching]
        yield from said or [layer.get("additionalProperties", True)]


def _families(facts: Facts, shape: _Compile) -> Iterator[Family]:
    """Yield a family for each set of patterns that some name matches; the last one is of names that match none."""
    names = facts.all("propertyNames")
    patterns = _patterns(facts)
    searches = {pattern: matcher(pattern) for pattern in patterns}

    def matched(name: str) -> frozenset[str]:
        return frozenset(pattern for pattern, search in searches.items() if search(name))

    found: dict[frozenset[str], Schema] = {}
    for pattern in patterns:
        for name in examples(pattern, _TRIALS):
            found.setdefault(matched(name), {"pattern": pattern})
    found.pop(frozenset(), None)
    for matching, expression in [*found.items(), (frozenset[str](), True)]:
        values = shape(tuple(_said_of(facts, None, matching)))
        if values is NOTHING:
            continue
        named = shape(({"type": "string"}, *names, expression))
        if patterns:
            named = filtered(named, _matching_just(matching, matched))
        yield Family(named, values)


def _matching_just(patterns: frozenset[str], matched: Callable[[str], frozenset[str]]) -> Callable[[str], bool]:
    return lambda name: matched(name) == patterns
