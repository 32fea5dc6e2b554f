#!/usr/bin/env bash
# Guess:    a pydantic class that json-schema-to-pydantic makes of the JSON Schema of an event keeps the limits of a value
#           whether they stand at the property or in $defs, and a schema that is closed is a closed class.
# Really:   behind a $ref to a text or a number its limits are forgotten: maxLength, minimum and pattern hold where they are
#           written at the property, and not where they are shared. additionalProperties is not asked about. uniqueItems makes a
#           set: the event that repeats an item is accepted, and written again without it and in another order; a list of
#           objects that are all different is refused. Nothing is said of any of it.
# Versions: json-schema-to-pydantic 0.5.0, pydantic 2.14.4, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; JSON Schema 2020-12, 8.2.3.1, and validation, 6.4.3;
#           json_schema_to_pydantic/builders.py and model_builder.py; its README names references, constraints and validations
#           as what is supported.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  json-schema-to-pydantic==0.5.0 pydantic==2.14.4 jsonschema==4.26.0

cat >referred.py <<'PYTHON'
import jsonschema
import pydantic
from json_schema_to_pydantic import create_model

DEFS = {
    "name": {"type": "string", "maxLength": 5, "pattern": "^[a-z]+$"}, "size": {"type": "integer", "minimum": 1},
    "status": {"enum": ["active", "killed"]},
    "fault": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
}  # fmt: skip


def an_event(**more):
    return {"title": "Event", "type": "object", **more}


def a_list(of):
    return an_event(properties={"v": {"type": "array", "items": DEFS[of], "uniqueItems": True}})


CASES = [
    ("closed", an_event(properties={"v": {"type": "string"}}, additionalProperties=False), {"v": "a", "w": 1}),
    ("unique", a_list("size"), {"v": [3, 1, 3]}),
    ("unique objects", a_list("fault"), {"v": [{"text": "a"}, {"text": "b"}]}),
]
for name, value in (("name", "IMAGES"), ("size", 0), ("status", "new"), ("fault", {})):
    CASES.append((f"{name} written", an_event(properties={"v": DEFS[name]}), {"v": value}))
    referred = an_event(properties={"v": {"$ref": f"#/$defs/{name}"}}, **{"$defs": DEFS})
    CASES.append((f"{name} referred to", referred, {"v": value}))
for name, schema, event in CASES:
    expected = "yes" if jsonschema.Draft202012Validator(schema).is_valid(event) else "no"
    try:
        said = f"yes {create_model(schema).model_validate(event).model_dump(exclude_unset=True)}"
    except pydantic.ValidationError:
        said = "no"
    print(f"{name}: {event}: jsonschema {expected}, class {said}")
PYTHON
seen=$(venv/bin/python referred.py)
echo "$seen"
expected="closed: {'v': 'a', 'w': 1}: jsonschema no, class yes {'v': 'a'}
unique: {'v': [3, 1, 3]}: jsonschema no, class yes {'v': {1, 3}}
unique objects: {'v': [{'text': 'a'}, {'text': 'b'}]}: jsonschema yes, class no
name written: {'v': 'IMAGES'}: jsonschema no, class no
name referred to: {'v': 'IMAGES'}: jsonschema no, class yes {'v': 'IMAGES'}
size written: {'v': 0}: jsonschema no, class no
size referred to: {'v': 0}: jsonschema no, class yes {'v': 0}
status written: {'v': 'new'}: jsonschema no, class no
status referred to: {'v': 'new'}: jsonschema no, class no
fault written: {'v': {}}: jsonschema no, class no
fault referred to: {'v': {}}: jsonschema no, class no"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
