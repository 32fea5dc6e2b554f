#!/usr/bin/env bash
# Guess:    an event in JSON that fromObject of protobufjs makes a message of, and verify, which is there to say whether that works,
#           has found nothing wrong with, is sent as it is: payload and all. What does not fit, fromObject raises for, as it does
#           for a list.
# Really:   a payload of the type google.protobuf.Struct is sent empty: fromObject looks for "fields" in it, and passes over what it
#           does not know at every depth; so with a name that is written as the .proto has it, image_id. A number that is too big is
#           wrapped: 3000000000 for an int32 is -1294967296, -1 for a uint32 is 4294967295, and 4294967301 is 5. verify says null,
#           no error, to all of these. A priority that the enum lacks is DEBUG, its first; "false" is true and "abc" is 0, which
#           verify does see. protobuf's own JSON, which protobufjs has as ext/protojson, reads or refuses each of them.
# Versions: protobufjs 8.8.1, Node.js 20
# Source:   run here; protobufjs' README ("Conversion is an explicit interoperability boundary") and its ext/README.md;
#           src/converter.js, genValuePartial_fromObject (>>>0, |0, Boolean, String), src/verifier.js (integers, and no ranges),
#           src/wrappers.js (Any alone).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent protobufjs@8.8.1 >>npm.log

cat >event.js <<'JAVASCRIPT'
const protobuf = require('protobufjs');
const protojson = require('protobufjs/ext/protojson.js');

const { root } = protobuf.parse(`
  syntax = "proto3";
  import "google/protobuf/struct.proto";
  enum Priority { DEBUG = 0; INFO = 1; ERROR = 2; }
  message Event {
    google.protobuf.Struct payload = 1;
    string image_id = 2;
    uint32 size = 3;
    int32 change = 4;
    Priority priority = 5;
    bool deleted = 6;
    repeated string tags = 7;
  }`);
root.addJSON(protobuf.common.get('google/protobuf/struct.proto').nested);
const Event = root.lookupType('Event');

const read = (message) => JSON.stringify(protojson.toJson(Event, Event.decode(Event.encode(message).finish())));
function attempt(work) {
  try {
    return work();
  } catch (error) {
    return 'refused';
  }
}
for (const event of [
  { payload: { status: 'active', size: 7 } },
  { image_id: 'a1' },
  { imageId: 'a1' },
  { size: -1 },
  { size: 4294967301 },
  { change: 3000000000 },
  { change: 7 },
  { priority: 'ERROR' },
  { priority: 'CRITICAL' },
  { deleted: 'false' },
  { size: 'abc' },
  { tags: 'new' },
]) {
  const sent = attempt(() => read(Event.fromObject(event)));
  const meant = attempt(() => read(protojson.fromJson(Event, event)));
  console.log(`${JSON.stringify(event)}: verify ${Event.verify(event)}, fromObject ${sent}, protobuf's JSON ${meant}`);
}
JAVASCRIPT
seen=$(node event.js)
echo "$seen"
expected="{\"payload\":{\"status\":\"active\",\"size\":7}}: verify null, fromObject {\"payload\":{}}, protobuf's JSON {\"payload\":{\"status\":\"active\",\"size\":7}}
{\"image_id\":\"a1\"}: verify null, fromObject {}, protobuf's JSON {\"imageId\":\"a1\"}
{\"imageId\":\"a1\"}: verify null, fromObject {\"imageId\":\"a1\"}, protobuf's JSON {\"imageId\":\"a1\"}
{\"size\":-1}: verify null, fromObject {\"size\":4294967295}, protobuf's JSON refused
{\"size\":4294967301}: verify null, fromObject {\"size\":5}, protobuf's JSON refused
{\"change\":3000000000}: verify null, fromObject {\"change\":-1294967296}, protobuf's JSON refused
{\"change\":7}: verify null, fromObject {\"change\":7}, protobuf's JSON {\"change\":7}
{\"priority\":\"ERROR\"}: verify priority: enum value expected, fromObject {\"priority\":\"ERROR\"}, protobuf's JSON {\"priority\":\"ERROR\"}
{\"priority\":\"CRITICAL\"}: verify priority: enum value expected, fromObject {}, protobuf's JSON refused
{\"deleted\":\"false\"}: verify deleted: boolean expected, fromObject {\"deleted\":true}, protobuf's JSON refused
{\"size\":\"abc\"}: verify size: integer expected, fromObject {}, protobuf's JSON refused
{\"tags\":\"new\"}: verify tags: array expected, fromObject refused, protobuf's JSON refused"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
