#!/usr/bin/env bash
# Guess:    breaking() of AsyncAPI's own @asyncapi/diff, which says that it points out breaking changes, names what breaks
#           consumers first of all: a property of a message's payload that was taken away, or is of another type now.
# Really:   whatever changes within a payload's schema, in documents of version 2 and 3 alike, is "unclassified", so breaking() is
#           empty: a property that is gone, an integer that became a text, a value less in an enum, a name that need not be there
#           any more; a new description is unclassified, too. What is breaking is that info.version was raised. The order of
#           required is reported as two edits. A check in CI that asks breaking() complains of each release, and of no change of a
#           payload.
# Versions: @asyncapi/diff 0.5.0, Node.js 20
# Source:   run here with documents without references, as its README wants; @asyncapi/diff, lib/standards/v2.js and v3.js
#           (payload itself is classified, nothing below it) and lib/standard.js; its README, first line and "Features".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/diff@0.5.0 >>npm.log

cat >changes.js <<'JAVASCRIPT'
const { diff } = require('@asyncapi/diff');

const payload = () => ({
  type: 'object',
  required: ['id', 'size'],
  properties: { id: { type: 'string' }, size: { type: 'integer' }, status: { enum: ['active', 'queued'] } },
});
const documents = {
  '2.6.0': (schema, version) => ({
    asyncapi: '2.6.0',
    info: { title: 'images', version },
    channels: { 'image.create': { subscribe: { message: { payload: schema } } } },
  }),
  '3.0.0': (schema, version) => ({
    asyncapi: '3.0.0',
    info: { title: 'images', version },
    channels: { images: { address: 'image.create', messages: { create: { payload: schema } } } },
    operations: { send: { action: 'send', channel: { address: 'image.create' } } },
  }),
};
const changes = {
  'a property is gone': (schema) => delete schema.properties.size,
  'an integer is a text': (schema) => (schema.properties.size.type = 'string'),
  'an enum has less': (schema) => schema.properties.status.enum.pop(),
  'a name need not be there': (schema) => schema.required.pop(),
  'a description is new': (schema) => (schema.description = 'an image'),
  'required in another order': (schema) => schema.required.reverse(),
};
const counted = (output) =>
  ['breaking', 'nonBreaking', 'unclassified'].map((kind) => `${output[kind]().length} ${kind}`).join(', ');
for (const [version, document] of Object.entries(documents)) {
  for (const [name, change] of Object.entries(changes)) {
    const changed = payload();
    change(changed);
    console.log(`${version}, ${name}: ${counted(diff(document(payload(), '1'), document(changed, '1')))}`);
  }
  console.log(`${version}, info.version is raised: ${counted(diff(document(payload(), '1'), document(payload(), '2')))}`);
}
JAVASCRIPT
seen=$(node changes.js)
echo "$seen"
one="0 breaking, 0 nonBreaking, 1 unclassified"
expected=$(for version in 2.6.0 3.0.0; do
  for change in "a property is gone" "an integer is a text" "an enum has less" "a name need not be there" "a description is new"; do
    echo "$version, $change: $one"
  done
  echo "$version, required in another order: 0 breaking, 0 nonBreaking, 2 unclassified"
  echo "$version, info.version is raised: 1 breaking, 0 nonBreaking, 0 unclassified"
done)
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
