"""The compiler turns the schemas that a value must keep into its shape; equal sets of schemas give one shape."""

from itertools import islice

from notify_contracts.generate.arrays import array_shape
from notify_contracts.generate.branches import Branches
from notify_contracts.generate.facts import ARRAY, BOOLEAN, NULL, OBJECT, STRING, Facts
from notify_contracts.generate.numbers import number_shapes
from notify_contracts.generate.objects import object_shape, value_schemas
from notify_contracts.generate.recursion import unrolled
from notify_contracts.generate.shapes import NOTHING, Reference, Shape, alternatives, constants, filtered
from notify_contracts.generate.standalone import Definitions, Key, Schema, key_of
from notify_contracts.generate.strings import string_shape


class Compiler:
    """Shapes by the schemas they are made of; where those are recursive, a reference to one of `shapes`."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.shapes: dict[Key, Shape] = {}
        self._begun: set[Key] = set()
        self._referring = False

    def whole_shape(self, schemas: tuple[Schema, ...]) -> Shape:
        """Return the shape of the values that keep all `schemas`, without references.

        It does not depend on what was compiled before: what a reference had a part in, which is made otherwise where
        one comes from elsewhere, is forgotten, and so is what came to no end.
        """
        known, is_to_be_kept = len(self.shapes), False
        self._referring = False
        try:
            shape = unrolled(self.shape(schemas), self.shapes)
            is_to_be_kept = not self._referring
        finally:
            self._begun.clear()
            if not is_to_be_kept:
                self.shapes = dict(islice(self.shapes.items(), known))
        return shape

    def shape(self, schemas: tuple[Schema, ...]) -> Shape:
        """Return the shape of the values that keep all `schemas`."""
        if any(schema is False for schema in schemas):
            return NOTHING
        schemas = tuple(schema for schema in schemas if schema is not True and schema)
        key = key_of(schemas)
        if key in self.shapes:
            return self.shapes[key]
        if key in self._begun:
            self._referring = True
            return Reference(key)
        self._begun.add(key)
        ways = Branches(self.definitions, self._possible).of(schemas)
        self.shapes[key] = alternatives([self._of(facts, schemas) for facts in ways])
        return self.shapes[key]

    def _possible(self, facts: Facts) -> bool:
        """Return whether `facts` are free of contradictions that show without deciding anything."""
        if facts.kinds != {OBJECT}:
            return bool(facts.kinds)
        return all(self.shape(value_schemas(facts, name)) is not NOTHING for name in facts.required)

    def _of(self, facts: Facts, schemas: tuple[Schema, ...]) -> Shape:
        if facts.values is not None:
            keeps = self.definitions.keeps(schemas)
            return constants(value for value in facts.values if keeps(value))
        parts = [constants([None])] if NULL in facts.kinds else []
        if BOOLEAN in facts.kinds:
            parts.append(constants([False, True]))
        parts += number_shapes(facts, self.definitions)
        if STRING in facts.kinds:
            parts.append(string_shape(facts, self.definitions))
        if ARRAY in facts.kinds:
            parts.append(array_shape(facts, self.shape))
        if OBJECT in facts.kinds:
            parts.append(object_shape(facts, self.shape, self.definitions))
        if facts.checks:
            # Where there can be no number the engines agree, and one is enough.
            plain = facts.kinds <= {NULL, BOOLEAN, STRING}
            soon = self.definitions.keeps(schemas)
            keeps = soon if plain else self.definitions.surely_keeps(schemas)
            parts = [filtered(part, keeps, soon) for part in parts]
        return alternatives(parts)
