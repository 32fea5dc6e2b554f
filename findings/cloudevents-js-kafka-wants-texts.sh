#!/usr/bin/env bash
# Guess:    a CloudEvent that the JavaScript SDK's Kafka binding makes a message of, and that KafkaJS carries, is read by the same
#           binding at the other end, as with HTTP; and an event without a time, which CloudEvents leave out, is read as well.
# Really:   KafkaJS hands over headers as bytes, and the binding looks for texts: toEvent, and isEvent, which is there to ask
#           first, raise a TypeError for either mode. In binary mode nothing is sent at all: data that is an object stays one, and
#           what the event lacks, as a subject, is a header that is undefined, each of which KafkaJS refuses. With headers made
#           texts, a structured event without a time raises "Invalid time value", which HTTP reads; an event without data, a
#           message without a value by Kafka's binding, is refused; and a structured event's partitionkey is gone where the message
#           has no key, which the binding allows.
# Versions: cloudevents 10.0.0, kafkajs 2.2.4 (npm), Node.js 20
# Source:   run here, through KafkaJS' own record batches, without a broker; cloudevents, dist/message/kafka/index.js,
#           toBinaryKafkaMessage, isKafkaEvent, getMode, parseStructured (new Date(eventObj.time).toISOString()); kafkajs,
#           src/protocol/recordBatch/header/v0/decoder.js; CloudEvents 1.0, "time" (OPTIONAL), Kafka binding, 3.1 and 3.2.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent cloudevents@10.0.0 kafkajs@2.2.4 >>npm.log

cat >carry.js <<'JAVASCRIPT'
const { CloudEvent, HTTP, Kafka } = require('cloudevents');
const Decoder = require('kafkajs/src/protocol/decoder');
const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0');
const readBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder');
const Record = require('kafkajs/src/protocol/recordBatch/record/v0');

const carried = async ({ key, value, headers }) => {
  const batch = await RecordBatch({ records: [Record({ key, value, headers })] });
  return (await readBatch(new Decoder(batch.buffer))).records[0];
};
const say = async (what, does) => {
  try {
    console.log(`${what}: ${await does()}`);
  } catch (error) {
    console.log(`${what}: ${error.name}`);
  }
};
const texts = ({ key, value, headers }) => ({
  key: key && key.toString(),
  value: value.toString(),
  headers: Object.fromEntries(Object.entries(headers).map(([name, each]) => [name, each.toString()])),
});

const attributes = { id: '1', type: 'image.create', source: '/glance', data: { size: 7 } };
const json = new CloudEvent({ ...attributes, datacontenttype: 'application/json' });
const timeless = '{"specversion":"1.0","id":"1","type":"image.create","source":"/glance","partitionkey":"a1","data":{"size":7}}';
const structured = { 'content-type': 'application/cloudevents+json' };
const run = async () => {
  const message = await carried(Kafka.structured(json));
  await say('structured, isEvent', () => Kafka.isEvent(message));
  await say('structured, toEvent', () => Kafka.toEvent(message).type);
  await say('structured, toEvent, headers made texts', () => Kafka.toEvent(texts(message)).type);
  await say('binary, sent', () => carried(Kafka.binary(json)));
  const made = Kafka.binary(json);
  const value = JSON.stringify(made.value);
  await say('binary, data made a text, sent', () => carried({ ...made, value }));
  const headers = Object.fromEntries(Object.entries(made.headers).filter(([, each]) => each !== undefined));
  const binary = await carried({ ...made, value, headers });
  await say('binary, nothing undefined, toEvent', () => Kafka.toEvent(binary).type);
  await say('no time, Kafka', () => Kafka.toEvent({ headers: structured, value: timeless }).type);
  await say('no time, HTTP', () => HTTP.toEvent({ headers: structured, body: timeless }).type);
  const timed = timeless.replace('"data"', '"time":"2026-11-30T10:00:00Z","data"');
  await say('no data, Kafka', () => Kafka.toEvent({ headers: { ce_id: '1', ce_type: 't', ce_source: '/s', ce_specversion: '1.0' }, value: null }).type);
  await say('partitionkey, Kafka', () => Kafka.toEvent({ headers: structured, value: timed }).partitionkey);
  await say('partitionkey, HTTP', () => HTTP.toEvent({ headers: structured, body: timed }).partitionkey);
};
run();
JAVASCRIPT
seen=$(node carry.js)
echo "$seen"
expected='structured, isEvent: TypeError
structured, toEvent: TypeError
structured, toEvent, headers made texts: image.create
binary, sent: TypeError
binary, data made a text, sent: TypeError
binary, nothing undefined, toEvent: TypeError
no time, Kafka: RangeError
no time, HTTP: image.create
no data, Kafka: TypeError
partitionkey, Kafka: undefined
partitionkey, HTTP: a1'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
