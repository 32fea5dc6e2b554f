#!/usr/bin/env bash
# Guess:    api-schema-diff, whose summary says that it detects breaking changes between API schemas, OpenAPI and JSON Schema, for
#           CI, says of two JSON Schemas of an event what it says of the same two within an OpenAPI document: an integer that
#           became a text breaks consumers.
# Really:   a JSON Schema is compared as any JSON: "integer" and "string" are both texts, so nothing has changed, and the exit status
#           is 0. So it is with a name more that is required, a value less in an enum, and a lower limit. What breaks, with status 1,
#           is that a description was taken out, or that a maximum was lifted. Within OpenAPI the type and the required name are
#           seen, the enum and the limit are not; and of a webhook, where OpenAPI has its events, nothing is seen, whatever changed.
# Versions: api-schema-diff 1.0.4, Python 3.11
# Source:   run here; api-schema-diff's README (first lines; further on, "JSON Schema (generic structure diff)"); schema_diff/cli.py
#           (diff_objects for all but OpenAPI), schema_diff/diff.py ("Primitive types, same type" is no change) and schema_diff/
#           openapi/json_schema_diff.py, whose docstring lists the rules.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check api-schema-diff==1.0.4

cat >schemas.py <<'PYTHON'
import copy
import json
from pathlib import Path
from subprocess import run

EVENT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "description": "An image was created.",
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "size": {"type": "integer", "maximum": 100},
        "status": {"type": "string", "enum": ["queued", "active"]},
    },
}
CHANGES = {
    "a type": lambda schema: schema["properties"]["size"].update(type="string"),
    "required, one less": lambda schema: schema["required"].pop(),
    "required, one more": lambda schema: schema["required"].append("size"),
    "a value less": lambda schema: schema["properties"]["status"]["enum"].pop(),
    "a lower limit": lambda schema: schema["properties"]["size"].update(maximum=5),
    "no limit": lambda schema: schema["properties"]["size"].pop("maximum"),
    "no description": lambda schema: schema.pop("description"),
    "no property": lambda schema: schema["properties"].pop("size"),
}


def bare(schema):
    return schema


def openapi(schema, place="paths"):
    operation = {
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": "well", "content": {"application/json": {"schema": schema}}}},
    }
    name = "/events" if place == "paths" else "created"
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, place: {name: {"post": operation}}}


def status(shape, new):
    for name, schema in (("old.json", EVENT), ("new.json", new)):
        Path(name).write_text(json.dumps(shape(schema)))
    return run(["venv/bin/api-schema-diff", "old.json", "new.json"], capture_output=True).returncode


for name, change in CHANGES.items():
    new = copy.deepcopy(EVENT)
    change(new)
    webhook = status(lambda schema: openapi(schema, "webhooks"), new)
    print(f"{name}: JSON Schema {status(bare, new)}, OpenAPI {status(openapi, new)}, a webhook {webhook}")
PYTHON
seen=$(venv/bin/python schemas.py)
echo "$seen"
expected='a type: JSON Schema 0, OpenAPI 1, a webhook 0
required, one less: JSON Schema 0, OpenAPI 0, a webhook 0
required, one more: JSON Schema 0, OpenAPI 1, a webhook 0
a value less: JSON Schema 0, OpenAPI 0, a webhook 0
a lower limit: JSON Schema 0, OpenAPI 0, a webhook 0
no limit: JSON Schema 1, OpenAPI 0, a webhook 0
no description: JSON Schema 1, OpenAPI 0, a webhook 0
no property: JSON Schema 1, OpenAPI 1, a webhook 0'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
