#!/usr/bin/env bash
# Guess:    asyncapi-validator, whose page says that it supports AsyncAPI 2.0 and above and whose example is a document of version 3,
#           holds an event against the payload that a document of version 3 has for its message: each message of each operation.
# Really:   a payload that names its format, {"schemaFormat": …, "schema": …}, accepts whatever comes, also in JSON Schema: the two
#           names are taken for the schema's own words. In version 2.6, where the format stands beside the payload, it is held to. Of
#           two operations with one channel and one action the last counts, and a message of the first is not found; so it is where an
#           operation's reply comes through that channel. The reply is found under the request's action, "send", and under "receive"
#           is a TypeError. A document whose operation names no messages, which is all of its channel's, cannot be loaded.
# Versions: asyncapi-validator 5.1.1, Node.js 20
# Source:   run here; asyncapi-validator, src/ValidatorFactory.js, constructsChannels (one entry for each channel and action, set anew
#           by each operation), src/MessageValidator.js, validate (message.payload is compiled as it is); the specification of
#           AsyncAPI 3.0, Multi Format Schema Object and Operation Object.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent asyncapi-validator@5.1.1 >>npm.log

cat >validate.js <<'JAVASCRIPT'
const AsyncApiValidator = require('asyncapi-validator');

const JSON_SCHEMA = 'application/schema+json;version=draft-07';
const SCHEMA = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const at = (channel, message) => ({ $ref: `#/channels/${channel}` + (message ? `/messages/${message}` : '') });
const sends = (channel, message, more) =>
  ({ action: 'send', channel: at(channel), messages: message ? [at(channel, message)] : undefined, ...more });

function version3(operations, payload = SCHEMA) {
  const messages = { created: { name: 'created', payload }, deleted: { name: 'deleted', payload } };
  const channels = { images: { address: 'images', messages }, requests: { address: 'requests', messages } };
  return JSON.parse(JSON.stringify({ asyncapi: '3.0.0', info: { title: 'Images', version: '1.0.0' }, channels, operations }));
}
const version2 = (message) =>
  ({ asyncapi: '2.6.0', info: { title: 'Images', version: '1.0.0' }, channels: { images: { subscribe: { message } } } });

async function show(name, document, ...calls) {
  console.log(name);
  let validator;
  try {
    validator = await AsyncApiValidator.fromSource(document, { msgIdentifier: 'name' });
  } catch (error) {
    return console.log(`  not loaded: ${error.constructor.name}`);
  }
  for (const [key, payload, channel, operation] of calls) {
    let said;
    try {
      said = validator.validate(key, payload, channel, operation);
    } catch (error) {
      said = error instanceof TypeError ? 'TypeError' : error.message.replaceAll('"', '');
    }
    console.log(`  ${key} ${JSON.stringify(payload)} ${operation}: ${said}`);
  }
}

(async () => {
  const good = ['created', { id: 'i1' }, 'images', 'send'];
  const bad = ['created', { id: 7 }, 'images', 'send'];
  await show('3.0, the schema alone', version3({ create: sends('images', 'created') }), good, bad);
  const named = { schemaFormat: JSON_SCHEMA, schema: SCHEMA };
  await show('3.0, its format named', version3({ create: sends('images', 'created') }, named), good, bad, ['created', null, 'images', 'send']);
  await show('2.6, its format named', version2({ name: 'created', schemaFormat: JSON_SCHEMA, payload: SCHEMA }),
    [...good.slice(0, 3), 'subscribe'], [...bad.slice(0, 3), 'subscribe']);
  const deleted = ['deleted', { id: 'i1' }, 'images', 'send'];
  await show('two operations', version3({ create: sends('images', 'created'), remove: sends('images', 'deleted') }), good, deleted);
  const reply = { reply: { channel: at('images'), messages: [at('images', 'deleted')] } };
  await show('a reply', version3({ create: sends('images', 'created'), ask: sends('requests', 'created', reply) }),
    good, deleted, [...deleted.slice(0, 3), 'receive']);
  await show('no messages named', version3({ create: sends('images') }), good);
})();
JAVASCRIPT
seen=$(node validate.js)
echo "$seen"
expected='3.0, the schema alone
  created {"id":"i1"} send: true
  created {"id":7} send: data/id must be string
3.0, its format named
  created {"id":"i1"} send: true
  created {"id":7} send: true
  created null send: true
2.6, its format named
  created {"id":"i1"} subscribe: true
  created {"id":7} subscribe: data/id must be string
two operations
  created {"id":"i1"} send: message with key created on channel images and operation send not found
  deleted {"id":"i1"} send: true
a reply
  created {"id":"i1"} send: message with key created on channel images and operation send not found
  deleted {"id":"i1"} send: true
  deleted {"id":"i1"} receive: TypeError
no messages named
  not loaded: TypeError'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
