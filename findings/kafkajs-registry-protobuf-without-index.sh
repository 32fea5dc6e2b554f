#!/usr/bin/env bash
# Guess:    events in Protocol Buffers that go with a schema registry's id in front of them pass between services in Python, with
#           Confluent's client, and in JavaScript, with @kafkajs/confluent-schema-registry: both write Confluent's wire format.
# Really:   between the id and the message that format says which of the schema's messages it is. The library for JavaScript
#           neither writes nor reads that. What it sends raises in Python, or is read with a part missing: of an image whose id has
#           four letters Confluent's client takes the id for the index, and hands over the image without it. What Python sends of
#           the second message of a file raises in JavaScript, as does an event whose values are all defaults. Only the first
#           message of a file, from Python to JavaScript, is right: its index is a zero, and zeros in front are cut off.
# Versions: @kafkajs/confluent-schema-registry 4.1.0 (npm), confluent-kafka 2.16.1, protobuf 6.33.1, grpcio-tools 1.76.0 (PyPI),
#           Node.js 20, Python 3.11
# Source:   run here, with a registry of a few lines; @kafkajs/confluent-schema-registry, dist/ProtoSchema.js (trimStart, toBuffer)
#           and dist/wireEncoder.js; confluent_kafka/schema_registry/_sync/protobuf.py and serde.py; Confluent's documentation,
#           "Formats, Serializers, and Deserializers", wire format (message indexes).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @kafkajs/confluent-schema-registry@4.1.0 >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check "confluent-kafka[protobuf,schemaregistry]==2.16.1" \
  protobuf==6.33.1 grpcio-tools==1.76.0 "setuptools<81"

cat >image.proto <<'PROTO'
syntax = "proto3";

message ImageCreated {
  string id = 1;
  string name = 2;
  int64 size = 3;
}

message ImageDeleted {
  string reason = 1;
  string id = 2;
}
PROTO
cat >registry.js <<'JAVASCRIPT'
const { readFileSync } = require('fs');
const http = require('http');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

const schema = readFileSync('image.proto', 'utf8');
const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'application/vnd.schemaregistry.v1+json');
  response.end(JSON.stringify({ schemaType: 'PROTOBUF', schema }));
});
const run = async () => {
  const registry = new SchemaRegistry({ host: `http://127.0.0.1:${server.address().port}` });
  if (process.argv[2] === 'send') {
    for (const image of [{ id: 'a1', name: 'cirros', size: 7 }, { id: 'i-01', name: 'cirros', size: 7 }]) {
      console.log((await registry.encode(1, image)).toString('hex'));
    }
  } else {
    for (const line of readFileSync('sent', 'utf8').trim().split('\n')) {
      const [name, hex] = line.split(' ');
      const read = await registry.decode(Buffer.from(hex, 'hex')).catch((error) => error.name);
      console.log(`${name}: ${JSON.stringify(read)}`);
    }
  }
  server.close();
};
server.listen(0, '127.0.0.1', run);
JAVASCRIPT
cat >registry.py <<'PYTHON'
import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf.json_format import MessageToJson
from image_pb2 import ImageCreated, ImageDeleted

context = SerializationContext("images", MessageField.VALUE)
if sys.argv[1] == "send":
    registry = SchemaRegistryClient.new_client({"url": "mock://"})
    for message in (ImageCreated(id="a1", name="cirros", size=7), ImageDeleted(id="a1"), ImageCreated()):
        sent = ProtobufSerializer(type(message), registry, {"use.deprecated.format": False})(message, context)
        print(type(message).__name__, sent.hex())
else:
    read = ProtobufDeserializer(ImageCreated, {"use.deprecated.format": False})
    for line in sys.stdin:
        try:
            print(MessageToJson(read(bytes.fromhex(line), context), indent=None))
        except Exception as error:
            print(type(error).__name__)
PYTHON
venv/bin/python -m grpc_tools.protoc -I. --python_out=. image.proto
venv/bin/python -W ignore registry.py send >sent
seen="Python to JavaScript
$(node registry.js read)
JavaScript to Python
$(node registry.js send | venv/bin/python -W ignore registry.py read)"
echo "$seen"
expected='Python to JavaScript
ImageCreated: {"id":"a1","name":"cirros","size":"7"}
ImageDeleted: "RangeError"
ImageCreated: "RangeError"
JavaScript to Python
SerializationError
{"name": "cirros", "size": "7"}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
