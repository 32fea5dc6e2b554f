#!/usr/bin/env bash
# Guess:    in the model that AsyncAPI's own parser makes of a document, each message knows its channels, operations and servers,
#           message.channels(), as each server and channel knows its messages; and of version 3 it says what it says of version 2.
# Really:   in version 3 a message has no channel, no operation and no server, in any document: the lists are empty, while
#           channel.messages() and operation.messages() of the same model have the message. Who looks from a message for where it
#           is sent, as documentation, routing or a diff does, finds nothing, and no error. The lookup compares the id of the
#           message's JSON with one that it reads from the model object, which has none. Where a payload has a schemaFormat,
#           payload().json() is the pair of format and schema, and not the schema, of which type() and properties() tell; in
#           version 2 it is the schema.
# Versions: @asyncapi/parser 3.6.6, Node.js 20
# Source:   run here, the same two channels in both versions; @asyncapi/parser, esm/models/v3/message.js, operations and channels
#           (m[xParserObjectUniqueId]), and v3/schema.js; AsyncAPI 3.0.0, "Multi Format Schema Object".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/parser@3.6.6 >>npm.log

cat >model.js <<'JAVASCRIPT'
const { Parser } = require('@asyncapi/parser');

const info = { title: 'images', version: '1.0.0' };
const draft = 'application/schema+json;version=draft-07';
const schema = { type: 'object', properties: { id: { type: 'string' } } };
const documents = [
  {
    asyncapi: '2.6.0', info, servers: { bus: { url: 'bus', protocol: 'amqp' }, other: { url: 'other', protocol: 'mqtt' } },
    channels: {
      images: { servers: ['bus'], subscribe: { operationId: 'send', message: { messageId: 'create', schemaFormat: draft, payload: schema } } },
      volumes: { servers: ['other'], publish: { operationId: 'receive', message: { messageId: 'delete', payload: schema } } },
    },
  },
  {
    asyncapi: '3.0.0', info, servers: { bus: { host: 'bus', protocol: 'amqp' }, other: { host: 'other', protocol: 'mqtt' } },
    channels: {
      images: { servers: [{ $ref: '#/servers/bus' }], messages: { create: { payload: { schemaFormat: draft, schema } } } },
      volumes: { servers: [{ $ref: '#/servers/other' }], messages: { delete: { payload: schema } } },
    },
    operations: {
      send: { action: 'send', channel: { $ref: '#/channels/images' }, messages: [{ $ref: '#/channels/images/messages/create' }] },
      receive: { action: 'receive', channel: { $ref: '#/channels/volumes' }, messages: [{ $ref: '#/channels/volumes/messages/delete' }] },
    },
  },
];
const ids = (models) => models.all().map((model) => model.id()).join(' ') || 'none';
(async () => {
  for (const given of documents) {
    const { document } = await new Parser().parse(JSON.stringify(given));
    for (const message of document.messages().all()) {
      const links = `channels ${ids(message.channels())}, operations ${ids(message.operations())}, servers ${ids(message.servers())}`;
      const payload = message.payload();
      const members = Object.keys(payload.json()).filter((key) => !key.startsWith('x-'));
      console.log(`${document.version()}, message ${message.id()}: ${links}; ${payload.type()}, ${members}`);
    }
    const [channel] = document.channels().all();
    const [operation] = document.operations().all();
    for (const [kind, model] of Object.entries({ channel, operation })) {
      console.log(`${document.version()}, ${kind} ${model.id()}: messages ${ids(model.messages())}`);
    }
  }
})();
JAVASCRIPT
seen=$(node model.js)
echo "$seen"
expected='2.6.0, message create: channels images, operations send, servers bus; object, type,properties
2.6.0, message delete: channels volumes, operations receive, servers other; object, type,properties
2.6.0, channel images: messages create
2.6.0, operation send: messages create
3.0.0, message create: channels none, operations none, servers none; object, schemaFormat,schema
3.0.0, message delete: channels none, operations none, servers none; object, type,properties
3.0.0, channel images: messages create
3.0.0, operation send: messages create'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
