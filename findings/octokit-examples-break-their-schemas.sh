#!/usr/bin/env bash
# Guess:    the examples of GitHub's webhooks in @octokit/webhooks-examples, with which a receiver is tested, keep the JSON Schemas
#           in @octokit/webhooks-schemas, from which its types are made: both are of one repository, and of one version.
# Really:   of 58 event types 51 have an example that breaks the schema of its own event: 53 of 329 payloads, of push, issues,
#           pull_request and release, too; in most of them the first one. They lack what the schema requires, is_template,
#           custom_properties or draft, a time has a form that is no date-time, a name is null. A receiver that validates refuses
#           what its tests send, and types made of the schemas promise members that the examples do not have.
# Versions: @octokit/webhooks-examples 7.6.1, @octokit/webhooks-schemas 7.6.1, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here, with ajv; the README of @octokit/webhooks-schemas ("machine-readable, always up-to-date"); the two packages'
#           schema.json and api.github.com/index.json.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @octokit/webhooks-examples@7.6.1 @octokit/webhooks-schemas@7.6.1 \
  ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >validating.js <<'JAVASCRIPT'
const examples = require('@octokit/webhooks-examples');
const schema = require('@octokit/webhooks-schemas');
const Ajv = require('ajv');
const formats = require('ajv-formats');

const ajv = new Ajv({ strict: false });
formats(ajv);
ajv.addSchema(schema, 'github');
const validator = (name) => ajv.getSchema(`github#/definitions/${name.replace('$', '%24')}`);
const broken = new Map();
let [payloads, first] = [0, 0];
for (const { name, examples: given } of examples) {
  const whole = schema.definitions[`${name}$event`] ? `${name}$event` : `${name}_event`;
  given.forEach((payload, index) => {
    payloads += 1;
    if (validator(whole)(payload)) return;
    first += index === 0;
    const own = schema.definitions[`${name}$${payload.action}`] ? `${name}$${payload.action}` : whole;
    validator(own)(payload);
    const [error] = validator(own).errors;
    broken.set(name, [...(broken.get(name) ?? []), `${error.instancePath} ${error.message}`]);
  });
}
console.log(`event types: ${examples.length}, with an example that breaks the schema: ${broken.size}`);
console.log(`payloads: ${payloads}, not valid: ${[...broken.values()].flat().length}, first of their event type: ${first}`);
for (const name of ['push', 'issues', 'pull_request', 'release', 'check_suite']) console.log(`${name}: ${broken.get(name)[0]}`);
JAVASCRIPT
seen=$(node validating.js 2>stderr)
echo "$seen"
expected="event types: 58, with an example that breaks the schema: 51
payloads: 329, not valid: 53, first of their event type: 50
push: /repository must have required property 'is_template'
issues: /issue must have required property 'active_lock_reason'
pull_request: /pull_request must have required property 'auto_merge'
release: /release/name must be string
check_suite: /repository must have required property 'is_template'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
