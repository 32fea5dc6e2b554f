#!/usr/bin/env bash
# Guess:    AsyncAPI's own @asyncapi/bundler, which merges documents of several services into one, keeps what each of them says;
#           where two define the same name, a schema, a server or a message, it refuses, or one of the two stands, as a whole.
# Really:   the two are mixed, and lists item by item: of an enum [queued, saving, active] and one [creating, available] comes
#           [creating, available, active], which is no service's; of "required" the same, so an event of the second service has to
#           have the first one's checksum; the type of the id is the last one's. So it is with a channel that both describe, whose
#           message "created" suits neither any more, and with a server of the same name: one of MQTT gets the 0.9.1 of AMQP. The
#           parser finds no error, and nothing is said. It depends on the order of the files, and on which list is longer.
# Versions: @asyncapi/bundler 1.0.2, @asyncapi/parser 3.6.6, Node.js 20
# Source:   run here; @asyncapi/bundler, its README ("merge into one your AsyncAPI Documents"), lib/index.js (lodash's merge of one
#           document into the next) and lib/util.js, mergeIntoBaseFile (the same); lodash's documentation of merge (arrays, too, are
#           merged recursively).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/bundler@1.0.2 @asyncapi/parser@3.6.6 >>npm.log

cat >bundle.js <<'JAVASCRIPT'
const fs = require('fs');
const bundle = require('@asyncapi/bundler');
const { Parser } = require('@asyncapi/parser');

function documentOf(title, id, required, statuses, server) {
  const payload = { type: 'object', required, properties: { id: { type: id }, status: { enum: statuses } } };
  return {
    asyncapi: '3.0.0',
    info: { title, version: '1.0.0' },
    servers: { production: server },
    channels: { events: { address: 'events', messages: { created: { payload } } } },
    components: { schemas: { Created: payload } },
  };
}
const images = documentOf('Images', 'string', ['id', 'checksum', 'size'], ['queued', 'saving', 'active'],
  { host: 'images.example.org', protocol: 'amqp', protocolVersion: '0.9.1' });
const volumes = documentOf('Volumes', 'integer', ['bootable'], ['creating', 'available'],
  { host: 'volumes.example.org', protocol: 'mqtt' });
fs.writeFileSync('images.json', JSON.stringify(images));
fs.writeFileSync('volumes.json', JSON.stringify(volumes));

async function show(name, files, options) {
  const bundled = await bundle(files, options);
  const { diagnostics } = await new Parser().parse(bundled.string());
  const { info, servers, channels, components } = bundled.json();
  const told = ({ required, properties }) => `id ${properties.id.type}, requires ${required}, status ${properties.status.enum}`;
  const { host, protocol, protocolVersion } = servers.production;
  console.log(`${name}: ${info.title}, ${diagnostics.filter(({ severity }) => severity === 0).length} errors`);
  console.log(`  schema: ${told(components.schemas.Created)}`);
  console.log(`  message: ${told(channels.events.messages.created.payload)}`);
  console.log(`  server: ${protocol} ${protocolVersion ?? ''} at ${host}`);
}

(async () => {
  await show('images', ['images.json']);
  await show('volumes', ['volumes.json']);
  await show('both', ['images.json', 'volumes.json']);
  await show('the other way round', ['volumes.json', 'images.json']);
  await show('images as the base', ['volumes.json'], { base: 'images.json' });
})();
JAVASCRIPT
seen=$(node bundle.js)
echo "$seen"
expected='images: Images, 0 errors
  schema: id string, requires id,checksum,size, status queued,saving,active
  message: id string, requires id,checksum,size, status queued,saving,active
  server: amqp 0.9.1 at images.example.org
volumes: Volumes, 0 errors
  schema: id integer, requires bootable, status creating,available
  message: id integer, requires bootable, status creating,available
  server: mqtt  at volumes.example.org
both: Volumes, 0 errors
  schema: id integer, requires bootable,checksum,size, status creating,available,active
  message: id integer, requires bootable,checksum,size, status creating,available,active
  server: mqtt 0.9.1 at volumes.example.org
the other way round: Images, 0 errors
  schema: id string, requires id,checksum,size, status queued,saving,active
  message: id string, requires id,checksum,size, status queued,saving,active
  server: amqp 0.9.1 at images.example.org
images as the base: Images, 0 errors
  schema: id string, requires id,checksum,size, status queued,saving,active
  message: id string, requires id,checksum,size, status queued,saving,active
  server: amqp 0.9.1 at images.example.org'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
