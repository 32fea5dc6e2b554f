#!/usr/bin/env bash
# Guess:    of a payload that an AsyncAPI document describes in Protocol Buffers, AsyncAPI's own @asyncapi/protobuf-schema-parser
#           makes a JSON Schema that describes the message: a map is an object, a choice is one of its fields; what cannot be said
#           is said in a diagnostic. The message's JSON, as protobuf writes it, keeps it, at least where all fields are set.
# Really:   a map is what its values are: map<string, string> is a text, map<string, int64> one whole number. A oneof is a property
#           with the oneof's name, which no message has, so the real one, user, is checked by nothing, and a choice of two texts
#           accepts none, being both. A Timestamp is an object of seconds and nanos and an int64 a number, where protobuf's JSON
#           has texts; image_id, required, is imageId there. So no JSON of the message keeps its schema. No diagnostic.
# Versions: @asyncapi/protobuf-schema-parser 3.9.0, @asyncapi/parser 3.6.3, ajv 8.20.0 (npm), protobuf 6.33.1, grpcio-tools 1.76.0
#           (PyPI), Node.js 20, Python 3.11
# Source:   run here; its README, "How it works" (maps are not named); cjs/protoj2jsonSchema.js, compileMessage (repeated is asked
#           for, map is not; properties[oneOfItem.name]) and compileField; protobuf's documentation, "ProtoJSON Format".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/protobuf-schema-parser@3.9.0 @asyncapi/parser@3.6.3 ajv@8.20.0 \
  >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check protobuf==6.33.1 grpcio-tools==1.76.0 "setuptools<81"

cat >image.proto <<'PROTO'
syntax = "proto3";

import "google/protobuf/timestamp.proto";

message ImageCreated {
  string image_id = 1;
  int64 size = 2;
  map<string, string> properties = 3;
  map<string, int64> sizes = 4;
  google.protobuf.Timestamp created = 5;
  oneof owner {
    string user = 6;
    string project = 7;
  }
}
PROTO
cat >write.py <<'PYTHON'
from google.protobuf.json_format import MessageToJson
from image_pb2 import ImageCreated

image = ImageCreated(image_id="a1", size=7, properties={"os": "linux"}, sizes={"disk": 1}, user="u1")
image.created.FromJsonString("2026-11-30T10:00:00Z")
print(MessageToJson(image, indent=None))
PYTHON
cat >parse.js <<'JAVASCRIPT'
const { readFileSync } = require('fs');
const { Parser } = require('@asyncapi/parser');
const { ProtoBuffSchemaParser } = require('@asyncapi/protobuf-schema-parser');
const Ajv = require('ajv');

const run = async () => {
  const parser = new Parser();
  parser.registerSchemaParser(ProtoBuffSchemaParser());
  const payload = { schemaFormat: 'application/vnd.google.protobuf;version=3', schema: readFileSync('image.proto', 'utf8') };
  const { document, diagnostics } = await parser.parse({
    asyncapi: '3.0.0',
    info: { title: 'images', version: '1' },
    channels: { images: { address: 'images', messages: { created: { payload } } } },
  });
  console.log('errors and warnings:', diagnostics.filter(({ severity, code }) => severity < 2 && !code.startsWith('asyncapi-')).length);
  const { schema } = document.allMessages()[0].payload().json();
  for (const [name, { type, oneOf, required }] of Object.entries(schema.properties)) {
    const told = oneOf ? `oneOf ${oneOf.map((each) => each.type)}` : type;
    console.log(`${name}: ${told}${required ? ` with ${required}` : ''}`);
  }
  console.log(`required: ${schema.required}`);
  const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema);
  const event = JSON.parse(readFileSync('event.json'));
  console.log(JSON.stringify(event));
  validate(event);
  console.log(validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('\n'));
  const { length } = validate.errors;
  validate({ ...event, user: 5, project: 6 });
  console.log(`user and project, both numbers: ${validate.errors.length - length} more errors`);
  console.log(`owner is a text: ${validate({ owner: 'u1' }) || validate.errors.at(-1).message}`);
};
run();
JAVASCRIPT
venv/bin/python -m grpc_tools.protoc -I. --python_out=. image.proto
venv/bin/python write.py >event.json
seen=$(node parse.js)
echo "$seen"
expected='errors and warnings: 0
image_id: string
size: integer
properties: string
sizes: integer
created: object with seconds,nanos
owner: oneOf string,string
required: image_id,size,properties,sizes,created
{"imageId":"a1","size":"7","properties":{"os":"linux"},"sizes":{"disk":"1"},"created":"2026-11-30T10:00:00Z","user":"u1"}
 must have required property '"'image_id'"'
/size must be integer
/properties must be string
/sizes must be integer
/created must be object
user and project, both numbers: 0 more errors
owner is a text: must match exactly one schema in oneOf'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
