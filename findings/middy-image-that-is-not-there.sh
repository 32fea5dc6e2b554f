#!/usr/bin/env bash
# Guess:    @middy/event-normalizer, which parses for a handler in AWS Lambda what an event has within, leaves out what the event does
#           not have, so OldImage of DynamoDB's INSERT is undefined, as with util-dynamodb; its options are those of the handler that
#           it was made for; and a body that a service of one's own has put into SQS is parsed, and is its own matter.
# Really:   an image that is not there is {}, so whoever asks if (record.dynamodb.OldImage) takes each new item for a changed one and
#           each deleted one for one that still is. wrapNumbers is one for all handlers of the process: the last that was made sets
#           it, and undoes it. A body with a list under Records, records, messages, tasks or events is taken for an event of AWS: if
#           the list is empty, the batch ends in a TypeError, and what is called s3Key in it has its plus signs made spaces.
# Versions: @middy/event-normalizer 6.4.5, Node.js 20
# Source:   run here; @middy/event-normalizer, index.js, parseEvent (called again for the body of a message), unmarshall, _wrapNumbers.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @middy/event-normalizer@6.4.5 >>npm.log

cat >normalize.mjs <<'JAVASCRIPT'
import normalizer from '@middy/event-normalizer';

async function normalized(middleware, eventSource, record) {
  const event = { Records: [{ eventSource, ...structuredClone(record) }] };
  await middleware.before({ event });
  return event.Records[0];
}
const item = { id: { S: 'i1' }, size: { N: '7' } };
const changes = { INSERT: { NewImage: item }, REMOVE: { OldImage: item } };
for (const [name, images] of Object.entries(changes)) {
  const { dynamodb } = await normalized(normalizer(), 'aws:dynamodb', { dynamodb: { Keys: { id: item.id }, ...images } });
  console.log(`${name}: ${JSON.stringify(dynamodb)}`);
}

const size = async (middleware) =>
  JSON.stringify((await normalized(middleware, 'aws:dynamodb', { dynamodb: { Keys: item } })).dynamodb.Keys.size);
const first = normalizer({ wrapNumbers: true });
console.log(`wrapped: ${await size(first)}`);
const second = normalizer();
console.log(`wrapped, when another handler has been made: ${await size(first)}`);
normalizer({ wrapNumbers: true });
console.log(`the other, when a third has: ${await size(second)}`);

for (const body of [{ id: 'i1' }, { list: [] }, { tasks: [] }, { id: 'i1', events: [] }, { events: ['created'] }, { tasks: [{ s3Key: 'a+b' }] }]) {
  let said;
  try {
    said = JSON.stringify((await normalized(second, 'aws:sqs', { body: JSON.stringify(body) })).body);
  } catch (error) {
    said = error.name;
  }
  console.log(`body ${JSON.stringify(body)}: ${said}`);
}
JAVASCRIPT
seen=$(node normalize.mjs)
echo "$seen"
expected='INSERT: {"Keys":{"id":"i1"},"NewImage":{"id":"i1","size":7},"OldImage":{}}
REMOVE: {"Keys":{"id":"i1"},"OldImage":{"id":"i1","size":7},"NewImage":{}}
wrapped: {"value":"7"}
wrapped, when another handler has been made: 7
the other, when a third has: {"value":"7"}
body {"id":"i1"}: {"id":"i1"}
body {"list":[]}: {"list":[]}
body {"tasks":[]}: TypeError
body {"id":"i1","events":[]}: TypeError
body {"events":["created"]}: {"events":["created"]}
body {"tasks":[{"s3Key":"a+b"}]}: {"tasks":[{"s3Key":"a b"}]}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
