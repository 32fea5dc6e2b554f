#!/usr/bin/env bash
# Guess:    a test that has Confluent's own stand-in for a schema registry, "mock://", sees what a registry would do with schemas: one
#           id for one schema, whichever subjects have it, and, as long as nothing is deleted for good, each id still found and each
#           version's number taken.
# Really:   each subject has an id of its own for the same schema; and where one of two subjects with the same schema is deleted, the
#           id that goes is the last one given, the other's: its messages cannot be read any more, 404, and those of the deleted one
#           can. After the latest version is deleted, the next schema gets its number. Nothing is ever incompatible; and to ask for
#           the compatibility, or to set it, ends in an error of the HTTP client, for it is no part of the stand-in.
# Versions: confluent-kafka 2.16.1, Python 3.11
# Source:   run here; confluent_kafka/schema_registry/_sync/mock_schema_registry_client.py, _SchemaStore, set and remove_by_subject, and
#           what MockSchemaRegistryClient defines; Confluent's documentation of the registry: its API of subjects (the same schema
#           under another subject has the same identifier) and its guidelines for deletion (a soft delete leaves the id to be found).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check "confluent-kafka[schemaregistry,json]==2.16.1"

cat >registry.py <<'PYTHON'
import json

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.serialization import MessageField, SerializationContext


def schema(kind):
    return json.dumps({"title": "Image", "type": "object", "properties": {"id": {"type": kind}}})


registry = SchemaRegistryClient.new_client({"url": "mock://"})
read = JSONDeserializer(None, schema_registry_client=registry)
sent = {}
for topic in ("images", "copies"):
    context = SerializationContext(topic, MessageField.VALUE)
    sent[topic] = context, JSONSerializer(schema("string"), registry)({"id": topic}, context)
    print(f"{topic}: id {int.from_bytes(sent[topic][1][1:5])}")
registry.clear_caches()
print("deleted: subject images-value", registry.delete_subject("images-value"))
for topic, (context, message) in sent.items():
    try:
        JSONDeserializer(None, schema_registry_client=registry)(message, context)
        print(f"{topic}: read")
    except SchemaRegistryError as error:
        print(f"{topic}: {error.http_status_code}, {error.error_message}")

for kind in ("string", "integer"):
    registry.register_schema("volumes-value", Schema(schema(kind), "JSON"))
print("volumes: versions", sorted(registry.get_versions("volumes-value")), "of a text and of an integer")
registry.delete_version("volumes-value", 2)
registry.register_schema("volumes-value", Schema(schema("boolean"), "JSON"))
print("volumes: after the second was deleted, another one is", registry.get_latest_version("volumes-value").version)
for name, arguments in {"test_compatibility": ["volumes-value", Schema("{}", "JSON")], "get_compatibility": ["volumes-value"]}.items():
    try:
        print(name, getattr(registry, name)(*arguments))
    except Exception as error:  # of the HTTP client
        print(name, type(error).__name__)
PYTHON
seen=$(venv/bin/python registry.py)
echo "$seen"
expected='images: id 1
copies: id 2
deleted: subject images-value [1]
images: read
copies: 404, Schema Not Found
volumes: versions [1, 2] of a text and of an integer
volumes: after the second was deleted, another one is 2
test_compatibility UnsupportedProtocol
get_compatibility UnsupportedProtocol'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
