"""The keywords that a catalog may use, by what stands in them: every other keyword is an error, and none is ignored."""

ANNOTATIONS = frozenset(("$comment", "description", "examples", "title", "writeOnly"))
"""They allow and forbid nothing: they are for people, and `writeOnly` says that no report shows the value."""

OF_DOCUMENTS = frozenset(("$id", "$schema"))
"""They stand at the root of a document only: further down they would change what references mean."""

ONE = frozenset(("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"))
LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
MAPS = frozenset(("$defs", "patternProperties", "properties"))
"""Together with the two above: the keywords that hold a schema, an array of schemas, or schemas by name."""

IN_PLACE = frozenset(("allOf", "anyOf", "oneOf", "else", "if", "not", "then"))
"""Those of them whose schemas speak of the same value, not of one within it."""

PLAIN = frozenset(
    (
        *("const", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maxProperties"),
        *("maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "pattern", "required", "type"),
        "uniqueItems",
    )
)
"""They hold no schemas."""

KNOWN = ANNOTATIONS | OF_DOCUMENTS | ONE | LISTS | MAPS | PLAIN | {"$ref"}

HIDING = ("not", "additionalProperties")
"""The keywords by which something must not be there: its value may be a secret, and is shown nowhere."""

TYPES = frozenset(("array", "boolean", "integer", "null", "number", "object", "string"))

DIALECT = "https://json-schema.org/draft/2020-12/schema"
