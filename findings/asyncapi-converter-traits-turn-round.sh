#!/usr/bin/env bash
# Guess:    AsyncAPI's own @asyncapi/converter, which takes a document from version 2 to version 3, changes how it is written and
#           not what it says of a message: its content type and the headers that an event must have are the same before and after.
# Really:   traits are left as they are, and mean the opposite in version 3: in 2 a trait is merged over the message, as a JSON
#           Merge Patch, in 3 what the message says itself stands. So a message whose trait says application/cloudevents+json
#           becomes one of text/plain, and headers that had to have "ce-id" have to have "trace" instead; AsyncAPI's own parser
#           finds no error in either document. What a parameter of a channel says of its values, apart from enum, default and a
#           description, is dropped: of that it prints a line, and not of the traits.
# Versions: @asyncapi/converter 2.0.2, @asyncapi/parser 3.6.6, Node.js 20
# Source:   run here; AsyncAPI 2.6.0, "Message Object" (traits: JSON Merge Patch, in their order) and 3.0.0, "Traits Merge
#           Mechanism" (a trait must not override what the target has); @asyncapi/converter, lib/third-version.js, which does not
#           mention traits.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/converter@2.0.2 @asyncapi/parser@3.6.6 >>npm.log

cat >convert.js <<'JAVASCRIPT'
const { convert } = require('@asyncapi/converter');
const { Parser } = require('@asyncapi/parser');

const text = { type: 'string' };
const headers = (name) => ({ type: 'object', required: [name], properties: { [name]: text } });
const message = {
  name: 'image.create',
  contentType: 'text/plain',
  headers: headers('trace'),
  payload: { type: 'object' },
  traits: [{ contentType: 'application/cloudevents+json', headers: headers('ce-id') }],
};
const old = {
  asyncapi: '2.6.0',
  info: { title: 'images', version: '1.0.0' },
  channels: { 'image/{id}': { parameters: { id: { schema: { ...text, pattern: '^[0-9a-f]+$' } } }, subscribe: { message } } },
};
(async () => {
  const said = [];
  console.log = console.info = console.warn = console.error = (line) => said.push(String(line));
  const converted = convert(structuredClone(old), '3.0.0', {});
  const tell = (line) => process.stdout.write(`${line}\n`);
  for (const given of [old, converted]) {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(given));
    const [read] = document.allMessages().all();
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 0).length;
    tell(`${document.version()}, ${errors} errors: ${read.contentType()}, headers must have ${read.headers().required()}`);
  }
  tell(`parameter: ${JSON.stringify(converted.channels['image/{id}'].parameters)}`);
  tell(`said of the pattern: ${/pattern/.test(said.join())}, of the traits: ${/trait/i.test(said.join())}`);
})();
JAVASCRIPT
seen=$(node convert.js)
echo "$seen"
expected='2.6.0, 0 errors: application/cloudevents+json, headers must have ce-id
3.0.0, 0 errors: text/plain, headers must have trace
parameter: {"id":{}}
said of the pattern: true, of the traits: false'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
