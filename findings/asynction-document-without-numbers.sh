#!/usr/bin/env bash
# Guess:    Asynction, which serves Socket.IO events of Flask by an AsyncAPI document and validates their payloads by its schemas,
#           loads a document that keeps AsyncAPI 2.3, whatever keywords of JSON Schema its schemas have.
# Really:   a number or a boolean in any of its schemas ends the loading of the document in a TypeError, "argument of type 'int' is
#           not iterable", which does not say where: minimum, maxLength, minItems, additionalProperties: false, an enum of numbers,
#           a default. So a payload can be closed or limited by nothing but type, required, pattern, format and enums of texts. For
#           references it looks for "$ref" in every value, without asking what that is; null ends it, too.
# Versions: asynction 0.8.3 (the last), jsonschema 4.26.0, flask-socketio 5.7.0, Python 3.11
# Source:   run here; asynction/server.py, _deep_resolve_mapping and _deep_resolve_sequence ("$ref" in v); AsyncAPI 2.3.0, "Schema
#           Object" (the keywords of JSON Schema, each with its own meaning).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile asynction==0.8.3 jsonschema==4.26.0 flask-socketio==5.7.0

cat >images.py <<'PYTHON'
def created(payload):
    pass
PYTHON
cat >loading.py <<'PYTHON'
import flask
from asynction import AsynctionSocketIO

TEXT = {"type": "string"}
SCHEMAS = {
    "a text": {"type": "object", "properties": {"name": TEXT}, "required": ["name"]},
    "enum of texts": {"type": "object", "properties": {"name": {"enum": ["a", "b"]}}},
    "pattern": {"type": "object", "properties": {"name": {**TEXT, "pattern": "^a", "format": "uuid"}}},
    "maxLength": {"type": "object", "properties": {"name": {**TEXT, "maxLength": 36}}},
    "minimum": {"type": "object", "properties": {"size": {"type": "integer", "minimum": 0}}},
    "enum of numbers": {"type": "object", "properties": {"size": {"enum": [1, 2]}}},
    "default": {"type": "object", "properties": {"protected": {"type": "boolean", "default": False}}},
    "nothing else": {"type": "object", "properties": {"name": TEXT}, "additionalProperties": False},
    "null": {"type": "object", "properties": {"name": {"type": ["string", "null"], "default": None}}},
}


def document(payload):
    message = {"name": "image created", "x-handler": "images.created", "payload": payload}
    channel = {"publish": {"message": {"oneOf": [message]}}}
    return {"asyncapi": "2.3.0", "info": {"title": "Images", "version": "1"}, "channels": {"/": channel}}


for name, payload in SCHEMAS.items():
    try:
        AsynctionSocketIO.from_spec(document(payload), app=flask.Flask(name))
        print(f"{name}: loaded")
    except Exception as error:
        print(f"{name}: {type(error).__name__}, {error}")
PYTHON
seen=$(PYTHONPATH=$PWD venv/bin/python -W ignore loading.py 2>stderr)
echo "$seen"
expected="a text: loaded
enum of texts: loaded
pattern: loaded
maxLength: TypeError, argument of type 'int' is not iterable
minimum: TypeError, argument of type 'int' is not iterable
enum of numbers: TypeError, argument of type 'int' is not iterable
default: TypeError, argument of type 'bool' is not iterable
nothing else: TypeError, argument of type 'bool' is not iterable
null: TypeError, argument of type 'NoneType' is not iterable"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
