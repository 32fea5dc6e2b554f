#!/usr/bin/env bash
# Guess:    an event that a service in JavaScript holds against its JSON Schema before JSON.stringify sends it is valid to the
#           consumer, who holds the same schema against what came; and what is refused here would have been refused there.
# Really:   validators look at the object, not at its JSON. Five of nine take an accessor of the object's class, get size(), for a
#           member, and six what a prototype has, so the event has its required size here, and none in JSON, which has an object's
#           own members only; jsonschema raises, for it writes members back. All but jsen count a member that is undefined, which
#           JSON leaves out, as one too many where the schema is closed; and a Date, a text in JSON, is none to any of them. ajv has
#           ownProperties for the first, off by default.
# Versions: ajv 8.20.0, z-schema 6.0.2, djv 2.1.4, jsen 0.6.6, tv4 1.3.0, jsonschema 1.5.0, @exodus/schemasafe 1.3.0,
#           is-my-json-valid 2.20.6, @cfworker/json-schema 4.1.6 (all npm), Node.js 20
# Source:   run here, each value and what is left of it after JSON; JSON Schema 2020-12, 4.2.1 (the instance is a JSON value) and
#           validation, 6.5.3; ECMAScript, SerializeJSONObject (own enumerable members; undefined is left out); ajv's guide,
#           "Options", ownProperties.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent ajv@8.20.0 z-schema@6.0.2 djv@2.1.4 jsen@0.6.6 tv4@1.3.0 jsonschema@1.5.0 \
  @exodus/schemasafe@1.3.0 is-my-json-valid@2.20.6 @cfworker/json-schema@4.1.6 >>npm.log

cat >before.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const { Validator: CfWorker } = require('@cfworker/json-schema');
const djv = require('djv')();
const isMyJsonValid = require('is-my-json-valid');
const jsen = require('jsen');
const { Validator } = require('jsonschema');
const { validator: schemasafe } = require('@exodus/schemasafe');
const tv4 = require('tv4');
const ZSchema = require('z-schema');

const text = { type: 'string' };
const schema = {
  type: 'object',
  properties: { id: text, size: { type: 'integer' }, at: text },
  required: ['id', 'size'],
  additionalProperties: false,
};
djv.addSchema('event', schema);
const validators = {
  ajv: new Ajv().compile(schema),
  'ajv, ownProperties': new Ajv({ ownProperties: true }).compile(schema),
  'z-schema': (value) => new ZSchema().validate(value, schema),
  djv: (value) => djv.validate('event', value) === undefined,
  jsen: jsen(schema),
  tv4: (value) => tv4.validate(value, schema),
  jsonschema: (value) => new Validator().validate(value, schema).valid,
  schemasafe: schemasafe(schema),
  'is-my-json-valid': isMyJsonValid(schema),
  cfworker: (value) => new CfWorker(schema, '7').validate(value).valid,
};

class Image {
  constructor() { this.id = 'a'; }

  get size() { return 7; }
}
const events = {
  accessor: new Image(),
  prototype: Object.assign(Object.create({ size: 7 }), { id: 'a' }),
  undefined: { id: 'a', size: 7, note: undefined },
  date: { id: 'a', size: 7, at: new Date(0) },
};
const say = (validate, value) => {
  try { return validate(value) ? 'yes' : 'no'; } catch (error) { return error.name; }
};
for (const [name, validate] of Object.entries(validators)) {
  const told = Object.entries(events).map(([what, event]) => {
    const sent = JSON.parse(JSON.stringify(event));
    return `${what} ${say(validate, event)}/${say(validate, sent)}`;
  });
  console.log(`${name}: ${told.join(', ')}`);
}
JAVASCRIPT
seen=$(node before.js)
echo "$seen"
expected='ajv: accessor yes/no, prototype yes/no, undefined no/yes, date no/yes
ajv, ownProperties: accessor no/no, prototype no/no, undefined no/yes, date no/yes
z-schema: accessor yes/no, prototype yes/no, undefined no/yes, date no/yes
djv: accessor no/no, prototype no/no, undefined no/yes, date no/yes
jsen: accessor yes/no, prototype yes/no, undefined yes/yes, date no/yes
tv4: accessor yes/no, prototype yes/no, undefined no/yes, date no/yes
jsonschema: accessor TypeError/no, prototype yes/no, undefined no/yes, date no/yes
schemasafe: accessor no/no, prototype no/no, undefined no/yes, date no/yes
is-my-json-valid: accessor yes/no, prototype yes/no, undefined no/yes, date no/yes
cfworker: accessor no/no, prototype no/no, undefined no/yes, date no/yes'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
