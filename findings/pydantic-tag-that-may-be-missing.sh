#!/usr/bin/env bash
# Guess:    the JSON Schema that pydantic writes of a union told apart by a tag, Field(discriminator="event"), accepts what
#           pydantic reads: a tag with a default, event: Literal["create"] = "create", may be left out in both, or in neither.
# Really:   in the schema it may be left out, for it has a default; pydantic wants it (union_tag_not_found), default or not. So a
#           producer that keeps the published schema is refused by the consumer it was made of. What says that the tag decides,
#           `discriminator`, is OpenAPI's and no keyword of JSON Schema. Written without the default, the tag is required in both.
# Versions: pydantic 2.14.4, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; pydantic's documentation of discriminated unions does not speak of defaults;
#           OpenAPI 3.1, "Discriminator Object".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pydantic==2.14.4 jsonschema==4.26.0

cat >tags.py <<'PYTHON'
from typing import Annotated, Literal

import jsonschema
from pydantic import BaseModel, Field, TypeAdapter, ValidationError


class Create(BaseModel):
    event: Literal["create"] = "create"
    size: int


class Delete(BaseModel):
    event: Literal["delete"] = "delete"
    reason: str


class StrictCreate(BaseModel):
    event: Literal["create"]
    size: int


class StrictDelete(BaseModel):
    event: Literal["delete"]
    reason: str


def verdicts(name, *classes):
    events = TypeAdapter(Annotated[classes[0] | classes[1], Field(discriminator="event")])
    for mode in ("validation", "serialization"):
        validator = jsonschema.Draft202012Validator(events.json_schema(mode=mode))
        for event in ({"event": "create", "size": 7}, {"size": 7}):
            try:
                read = repr(events.validate_python(event))
            except ValidationError as error:
                read = error.errors()[0]["type"]
            print(f"{name}, {mode}: {event} is {'valid' if validator.is_valid(event) else 'invalid'}, pydantic: {read}")


verdicts("with a default", Create, Delete)
verdicts("without", StrictCreate, StrictDelete)
PYTHON
seen=$(venv/bin/python tags.py)
echo "$seen"
expected="with a default, validation: {'event': 'create', 'size': 7} is valid, pydantic: Create(event='create', size=7)
with a default, validation: {'size': 7} is valid, pydantic: union_tag_not_found
with a default, serialization: {'event': 'create', 'size': 7} is valid, pydantic: Create(event='create', size=7)
with a default, serialization: {'size': 7} is valid, pydantic: union_tag_not_found
without, validation: {'event': 'create', 'size': 7} is valid, pydantic: StrictCreate(event='create', size=7)
without, validation: {'size': 7} is invalid, pydantic: union_tag_not_found
without, serialization: {'event': 'create', 'size': 7} is valid, pydantic: StrictCreate(event='create', size=7)
without, serialization: {'size': 7} is invalid, pydantic: union_tag_not_found"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
