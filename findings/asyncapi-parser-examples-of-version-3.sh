#!/usr/bin/env bash
# Guess:    AsyncAPI's own parser, which says of a document in 2.6 that an example of a message breaks the message's schema,
#           says so of the same document in 3.0, in which the specification has the same sentence about examples.
# Really:   in 3.0 it says nothing: an example that lacks what the payload or the headers require, or is of another type,
#           passes, and the document is valid, for the rule is one of version 2's rules only. A document that was taken from 2
#           to 3 loses the check, and who makes test data of the examples learns of it from his consumer. What is written
#           against the meta-schema, a type that does not exist, both find.
# Versions: @asyncapi/parser 3.6.6, Node.js 20
# Source:   run here; AsyncAPI 3.0.0, "Message Example Object"; @asyncapi/parser, esm/ruleset/v2/ruleset.js
#           (asyncapi2-message-examples) and v3/ruleset.js, which has no such rule; issue 925 of asyncapi/cli (open).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/parser@3.6.6 >>npm.log

cat >parse.js <<'JAVASCRIPT'
const { Parser } = require('@asyncapi/parser');

const info = { title: 'images', version: '1' };
const versions = {
  '2.6.0': (message) => ({ info, channels: { n: { publish: { message } } } }),
  '3.0.0': (message) => ({ info, channels: { n: { address: 'n', messages: { m: message } } }, operations: {} }),
};
const needs = (name) => ({ type: 'object', required: [name], properties: { [name]: { type: 'string' } } });
const messages = {
  'an example of the payload': { payload: needs('id'), examples: [{ payload: {} }] },
  'an example of the headers': { headers: needs('trace'), payload: {}, examples: [{ headers: {}, payload: {} }] },
  'an example of another type': { payload: needs('id'), examples: [{ payload: { id: 7 } }] },
  'a type that does not exist': { payload: { type: 'objct' } },
};
(async () => {
  for (const [name, message] of Object.entries(messages)) {
    for (const [asyncapi, place] of Object.entries(versions)) {
      const { diagnostics } = await new Parser().parse(JSON.stringify({ asyncapi, ...place(message) }));
      const errors = new Set(diagnostics.filter((found) => found.severity === 0).map((found) => found.code));
      console.log(`${name}, ${asyncapi}: ${[...errors].join(' ') || 'valid'}`);
    }
  }
})();
JAVASCRIPT
seen=$(node parse.js)
echo "$seen"
expected="an example of the payload, 2.6.0: asyncapi2-message-examples
an example of the payload, 3.0.0: valid
an example of the headers, 2.6.0: asyncapi2-message-examples
an example of the headers, 3.0.0: valid
an example of another type, 2.6.0: asyncapi2-message-examples
an example of another type, 3.0.0: valid
a type that does not exist, 2.6.0: asyncapi-document-resolved asyncapi2-schemas
a type that does not exist, 3.0.0: asyncapi-document-resolved"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
