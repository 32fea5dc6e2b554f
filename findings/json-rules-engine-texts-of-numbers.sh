#!/usr/bin/env bash
# Guess:    a rule of json-rules-engine over events compares what can be compared: numbers as numbers, times as moments, lists by
#           what is in them; what is of another kind does not match, and notIn is to in what doesNotContain is to contains.
# Really:   lessThan asks whether parseFloat finds a number at the beginning, and then leaves it to JavaScript: "9" is less than 10
#           and not less than "10", "7 GiB" is neither less nor more than 5, and of two times with different offsets the clocks
#           are compared as texts. [1] is not equal to [1], so notEqual is true of the same list. An event without a field is
#           notIn every list, and never doesNotContain. in takes part of a text, contains does not.
# Versions: json-rules-engine 7.3.1, Node.js 20
# Source:   run here; json-rules-engine, dist/engine-default-operators.js, numberValidator and the functions that it guards.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-rules-engine@7.3.1 >>npm.log

cat >rules.js <<'JAVASCRIPT'
const { Engine } = require('json-rules-engine');

const questions = [
  [9, 'lessThan', 10],
  ['9', 'lessThan', 10],
  ['9', 'lessThan', '10'],
  ['7 GiB', 'lessThanInclusive', 5],
  ['7 GiB', 'greaterThan', 5],
  ['2026-11-30T10:00:00+02:00', 'greaterThan', '2026-11-30T09:00:00Z'],
  [[1], 'equal', [1]],
  [[1], 'notEqual', [1]],
  [undefined, 'notIn', ['deleted']],
  [undefined, 'doesNotContain', 'deleted'],
  ['act', 'in', 'active'],
  ['active', 'contains', 'act'],
];
(async () => {
  for (const [field, operator, value] of questions) {
    const engine = new Engine();
    engine.addRule({
      conditions: { all: [{ fact: 'payload', path: '$.field', operator, value }] },
      event: { type: 'hit' },
    });
    const { events } = await engine.run({ payload: field === undefined ? {} : { field } });
    console.log(`${JSON.stringify(field)} ${operator} ${JSON.stringify(value)}: ${events.length === 1}`);
  }
})();
JAVASCRIPT
seen=$(node rules.js)
echo "$seen"
expected="9 lessThan 10: true
\"9\" lessThan 10: true
\"9\" lessThan \"10\": false
\"7 GiB\" lessThanInclusive 5: false
\"7 GiB\" greaterThan 5: false
\"2026-11-30T10:00:00+02:00\" greaterThan \"2026-11-30T09:00:00Z\": true
[1] equal [1]: false
[1] notEqual [1]: true
undefined notIn [\"deleted\"]: true
undefined doesNotContain \"deleted\": false
\"act\" in \"active\": true
\"active\" contains \"act\": false"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
