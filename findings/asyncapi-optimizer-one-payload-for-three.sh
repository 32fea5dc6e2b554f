#!/usr/bin/env bash
# Guess:    AsyncAPI's own @asyncapi/optimizer, with its defaults, changes how a document is written and not what it says: each
#           message has the payload that it had, and components that would be called alike are told apart, or left in place.
# Really:   what is moved to components is called after its place alone, which for a payload that stands within its message is
#           "payload", and each one is written over the one before: three messages with names and payloads of their own all have
#           the payload of one of them. The parser finds no error in the document, and nothing is said. With schemas left out of
#           it, messages called "created" in two channels are one; with moveDuplicatesToComponents, an id that was an integer is
#           a text, as another message's id is.
# Versions: @asyncapi/optimizer 2.0.0, @asyncapi/parser 3.6.6, Node.js 20
# Source:   run here; @asyncapi/optimizer, its README ("rules"), lib/reporters/moveAllToComponents.js (the target) and
#           lib/Optimizer.js, applyReport (set, without asking what is there); its issue 261 (open) is of another fault of the rule.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/optimizer@2.0.0 @asyncapi/parser@3.6.6 >>npm.log

cat >optimize.js <<'JAVASCRIPT'
const { Optimizer } = require('@asyncapi/optimizer');
const { Parser } = require('@asyncapi/parser');

const channel = (address, message, properties) => ({
  address,
  messages: { [message]: { payload: { type: 'object', properties } } },
});
const documentOf = (channels) => ({ asyncapi: '3.0.0', info: { title: 'Storage', version: '1.0.0' }, channels });
const text = { type: 'string' };
const number = { type: 'integer' };

const own = {
  images: channel('images', 'imageCreated', { checksum: text }),
  volumes: channel('volumes', 'volumeCreated', { bootable: { type: 'boolean' } }),
  backups: channel('backups', 'backupCreated', { parent: number }),
};
const alike = {
  images: channel('images', 'created', { checksum: text }),
  volumes: channel('volumes', 'created', { bootable: { type: 'boolean' } }),
};
const duplicates = {
  images: channel('images', 'imageCreated', { id: text }),
  volumes: channel('volumes', 'volumeCreated', { id: number, name: text }),
  backups: channel('backups', 'backupCreated', { id: number }),
};
const onlyDuplicates = { rules: { moveAllToComponents: false, moveDuplicatesToComponents: true } };
const noSchemas = { disableOptimizationFor: { schema: true } };

async function told(document) {
  const { document: read, diagnostics } = await new Parser().parse(document);
  const payloads = read.channels().all().map((each) => {
    const properties = each.messages().all()[0].payload().properties();
    const types = Object.entries(properties).map(([name, schema]) => `${name} ${schema.type()}`);
    return `${each.address()}: ${types.join(', ')}`;
  });
  return `${payloads.join('; ')} (${diagnostics.filter(({ severity }) => severity === 0).length} errors)`;
}

(async () => {
  for (const [name, channels, options] of [
    ['defaults', own, {}],
    ['no schemas', own, noSchemas],
    ['no schemas, one name', alike, noSchemas],
    ['duplicates', duplicates, onlyDuplicates],
  ]) {
    const optimizer = new Optimizer(documentOf(channels));
    await optimizer.getReport();
    console.log(`${name}, before - ${await told(documentOf(channels))}`);
    console.log(`${name}, after  - ${await told(JSON.parse(optimizer.getOptimizedDocument({ output: 'JSON', ...options })))}`);
  }
})();
JAVASCRIPT
seen=$(node optimize.js)
echo "$seen"
expected='defaults, before - images: checksum string; volumes: bootable boolean; backups: parent integer (0 errors)
defaults, after  - images: checksum string; volumes: checksum string; backups: checksum string (0 errors)
no schemas, before - images: checksum string; volumes: bootable boolean; backups: parent integer (0 errors)
no schemas, after  - images: checksum string; volumes: bootable boolean; backups: parent integer (0 errors)
no schemas, one name, before - images: checksum string; volumes: bootable boolean (0 errors)
no schemas, one name, after  - images: checksum string; volumes: checksum string (0 errors)
duplicates, before - images: id string; volumes: id integer, name string; backups: id integer (0 errors)
duplicates, after  - images: id string; volumes: id string, name string; backups: id string (0 errors)'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
