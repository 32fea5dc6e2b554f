#!/usr/bin/env bash
# Guess:    a document read with bson.json_util, PyMongo's JSON, is what json reads of it, but for values that MongoDB writes in a
#           form of its own, such as {"$oid": …}: a JSON Schema that is kept with mongoexport comes back as a JSON Schema.
# Really:   an object with "$id" and "$ref", a schema that is another one under its own name, is a DBRef at any depth, a
#           reference to a document of a database, which is no dict: jsonschema ends in an AttributeError, or takes the place for
#           no schema. Written again it looks as it did. Of an example {"$date": "…+02:00"} a time without an offset is left,
#           and {"$regex": …} is a pattern. json reads all of them as they stand.
# Versions: pymongo 4.20.1, jsonschema 4.26.0, Python 3.11
# Source:   run here; JSON Schema 2020-12, 8.2.3.1 ($ref may stand beside other keywords); bson/json_util.py, object_hook;
#           MongoDB's Extended JSON 2.0 has DBRef as a convention.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pymongo==4.20.1 jsonschema==4.26.0

cat >schemas.py <<'PYTHON'
import json

from bson import json_util
from jsonschema import Draft202012Validator

SCHEMA = json.dumps({
    "$id": "https://example.org/image.update", "$ref": "#/$defs/image",
    "$defs": {"image": {"type": "object", "required": ["id"]}},
})  # fmt: skip
for name, loads in (("json", json.loads), ("json_util", json_util.loads)):
    schema = loads(SCHEMA)
    try:
        verdict = Draft202012Validator(schema).is_valid({})
    except Exception as error:
        verdict = type(error).__name__
    print(f"{name}: {type(schema).__name__}; an image without id is valid: {verdict}")
print("written again as before:", json.loads(json_util.dumps(json_util.loads(SCHEMA))) == json.loads(SCHEMA))
for text in (
    '{"$ref": "#/$defs/image"}', '{"$ref": "#/$defs/image", "$id": "image"}', '{"$date": "2026-11-29T08:00:00+02:00"}',
    '{"$regex": "^image"}',
):  # fmt: skip
    print(f"{text} is", repr(json_util.loads(f'{{"allOf": [{text}]}}')["allOf"][0]))
PYTHON
seen=$(venv/bin/python schemas.py)
echo "$seen"
expected="json: dict; an image without id is valid: False
json_util: DBRef; an image without id is valid: AttributeError
written again as before: True
{\"\$ref\": \"#/\$defs/image\"} is {'\$ref': '#/\$defs/image'}
{\"\$ref\": \"#/\$defs/image\", \"\$id\": \"image\"} is DBRef('#/\$defs/image', 'image')
{\"\$date\": \"2026-11-29T08:00:00+02:00\"} is datetime.datetime(2026, 11, 29, 6, 0)
{\"\$regex\": \"^image\"} is Regex('^image', 0)"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
