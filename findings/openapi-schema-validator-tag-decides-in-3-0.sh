#!/usr/bin/env bash
# Guess:    of an event and a schema that OpenAPI 3.0 and 3.1 write alike, OAS30Validator and OAS31Validator of
#           openapi-schema-validator, which stand behind openapi-core, say the same; a discriminator is a hint where to look in
#           oneOf.
# Really:   in 3.0 the discriminator is all that counts, and oneOf beside it is not looked at: an event that fits two of its
#           schemas is valid, and one whose tag names a schema that is not in the list is valid, too, if it keeps that one. An
#           event that fits only one is refused where its tag is no name of a schema; a mapping to a bare name, "Created", which
#           OpenAPI 3.0 has in its own example, cannot be resolved. In 3.1 it is not looked at: what breaks the schema that it
#           names is valid if it fits the other, and what fits both is refused. A size of 1.0 is an integer in 3.1 and none in 3.0;
#           for jsonschema it is one.
# Versions: openapi-schema-validator 0.9.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; openapi_schema_validator/_keywords.py, handle_discriminator (mapping, or #/components/schemas/ and the tag)
#           and oneOf, and _types.py, oas30_type_checker; OpenAPI 3.0.3, "Discriminator Object" (a hint; mapping "dog": "Dog").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check openapi-schema-validator==0.9.0 jsonschema==4.26.0

cat >tags.py <<'PYTHON'
from openapi_schema_validator import OAS30Validator, OAS31Validator


def event(**properties):
    return {"type": "object", "properties": {"kind": {"type": "string"}, **properties}, "required": ["kind"]}


def schema(mapping, ways=("Created", "Deleted")):
    return {
        "oneOf": [{"$ref": f"#/components/schemas/{way}"} for way in ways],
        "discriminator": {"propertyName": "kind", **({"mapping": mapping} if mapping else {})},
        "components": {
            "schemas": {
                "Created": event(size={"type": "integer"}),
                "Deleted": event(at={"type": "integer"}),
                "Renamed": event(name={"type": "string"}),
            }
        },
    }


CASES = [
    ("it fits both", None, {"kind": "Created", "size": 7}),
    ("it fits the other one", None, {"kind": "Created", "size": "large"}),
    ("a tag that is not in the list", None, {"kind": "Renamed", "size": "large", "name": "a"}),
    ("a tag that is no schema", None, {"kind": "image.create", "size": "large"}),
    ("a mapping", {"image.create": "#/components/schemas/Created"}, {"kind": "image.create", "size": 7}),
    ("a mapping to a name", {"image.create": "Created"}, {"kind": "image.create", "size": 7}),
]
for name, mapping, given in CASES:
    said = ["valid" if each(schema(mapping)).is_valid(given) else "refused" for each in (OAS30Validator, OAS31Validator)]
    print(f"{name}, {given}: 3.0 {said[0]}, 3.1 {said[1]}")
said = ["valid" if each({"type": "integer"}).is_valid(1.0) else "refused" for each in (OAS30Validator, OAS31Validator)]
print(f"1.0 as an integer: 3.0 {said[0]}, 3.1 {said[1]}")
PYTHON
seen=$(venv/bin/python tags.py)
echo "$seen"
expected="it fits both, {'kind': 'Created', 'size': 7}: 3.0 valid, 3.1 refused
it fits the other one, {'kind': 'Created', 'size': 'large'}: 3.0 refused, 3.1 valid
a tag that is not in the list, {'kind': 'Renamed', 'size': 'large', 'name': 'a'}: 3.0 valid, 3.1 valid
a tag that is no schema, {'kind': 'image.create', 'size': 'large'}: 3.0 refused, 3.1 valid
a mapping, {'kind': 'image.create', 'size': 7}: 3.0 valid, 3.1 refused
a mapping to a name, {'kind': 'image.create', 'size': 7}: 3.0 refused, 3.1 refused
1.0 as an integer: 3.0 refused, 3.1 valid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
