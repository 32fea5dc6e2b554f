#!/usr/bin/env bash
# Guess:    an event that is logged with winston, the logger of Node.js, before it is sent stays what it is: its own message,
#           level and timestamp are in the line, or give way to the logger's; the object in the program is not touched.
# Really:   log.info(event) writes into the event: its level, "critical", is "info" afterwards, also in what is sent next, and two
#           symbols more are in it. log.info(text, event) leaves the event alone, joins its message to the text, "notification
#           disk full", and throws its level away; a list becomes members "0" and "1", and an event that is a text or a number is
#           not in the line at all. pino writes the event's level and time beside its own, so the line has two of each, and
#           JSON.parse takes the event's. bunyan replaces its own level by the event's, and as "critical" is no number that it
#           could compare with its threshold, it writes no line.
# Versions: winston 3.19.0, pino 10.4.0, bunyan 2.0.5 (npm), Node.js 20
# Source:   run here; winston, lib/winston/create-logger.js (info.level = info[LEVEL] = level) and lib/winston/logger.js, log
#           (`${info.message} ${meta.message}`); bunyan, lib/bunyan.js, Logger._emit (s.level <= level); RFC 8259, 4 (names should
#           be unique).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent winston@3.19.0 pino@10.4.0 bunyan@2.0.5 >>npm.log

cat >log.js <<'JAVASCRIPT'
const { Writable } = require('node:stream');
const bunyan = require('bunyan');
const pino = require('pino');
const winston = require('winston');

const lines = [];
const stream = () => new Writable({ write: (line, _, done) => (lines.push(line.toString().trim()), done()) });
const transports = [new winston.transports.Stream({ stream: stream() })];
const log = winston.createLogger({ format: winston.format.json(), transports });
const fresh = () => ({ event_type: 'image.create', level: 'critical', time: 5, message: 'disk full' });

const written = (name, logging) => {
  const event = fresh();
  logging(event);
  const line = (lines.pop() ?? 'no line').replace(/,?"(pid|hostname|name|v)":[^,}]*/g, '').replace('{,', '{');
  const always = line.replace(/"time":\d{10,}/, '"time":now');
  console.log(`${name}: ${always}; the event is ${JSON.stringify(event)}, symbols ${Object.getOwnPropertySymbols(event).length}`);
};
written('winston, event', (event) => log.info(event));
written('winston, text and event', (event) => log.info('notification', event));
written('winston, text and list', (event) => log.info('notification', [event.event_type, 7]));
written('winston, text and number', () => log.info('notification', 7));
written('pino', (event) => pino({}, stream()).info(event, 'notification'));
const child = bunyan.createLogger({ name: 'images', streams: [{ stream: stream() }] });
written('bunyan', (event) => child.info(event, 'notification'));
written('bunyan, without the level', ({ level, ...event }) => child.info(event, 'notification'));
JAVASCRIPT
seen=$(node log.js)
echo "$seen"
expected='winston, event: {"event_type":"image.create","level":"info","message":"disk full","time":5}; the event is {"event_type":"image.create","level":"info","time":5,"message":"disk full"}, symbols 2
winston, text and event: {"event_type":"image.create","level":"info","message":"notification disk full","time":5}; the event is {"event_type":"image.create","level":"critical","time":5,"message":"disk full"}, symbols 0
winston, text and list: {"0":"image.create","1":7,"level":"info","message":"notification"}; the event is {"event_type":"image.create","level":"critical","time":5,"message":"disk full"}, symbols 0
winston, text and number: {"level":"info","message":"notification"}; the event is {"event_type":"image.create","level":"critical","time":5,"message":"disk full"}, symbols 0
pino: {"level":30,"time":now,"event_type":"image.create","level":"critical","time":5,"message":"disk full","msg":"notification"}; the event is {"event_type":"image.create","level":"critical","time":5,"message":"disk full"}, symbols 0
bunyan: no line; the event is {"event_type":"image.create","level":"critical","time":5,"message":"disk full"}, symbols 0
bunyan, without the level: {"level":30,"event_type":"image.create","time":5,"message":"disk full","msg":"notification"}; the event is {"event_type":"image.create","level":"critical","time":5,"message":"disk full"}, symbols 0'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
