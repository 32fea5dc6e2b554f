#!/usr/bin/env bash
# Guess:    @eventcatalog/sdk, by which CI asks an EventCatalog who consumes an event, before its schema is changed, names each
#           service that says so; "latest" is the version that it is elsewhere in the SDK, as in getEvent(id, "latest"), and an
#           event that was written can be read.
# Really:   a service that receives {id, version: latest} is a consumer of no version, not of the latest either, so who changes the
#           schema is told that nobody reads it: the version is compared as a text. One that names no version is found. And an
#           event counts as an old version if "versioned" stands anywhere in its path: of document-versioned getEvent knows nothing
#           unless it is told the version, though getEvents({latestOnly: true}) has it.
# Versions: @eventcatalog/sdk 2.27.1 (npm), Node.js 20
# Source:   run here; @eventcatalog/sdk, dist/index.js, getProducersAndConsumersForMessage (validRange, then ===), buildFileCache
#           (file.includes("versioned")); EventCatalog's documentation, "Add messages to services" (no version means the latest).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @eventcatalog/sdk@2.27.1 >>npm.log

cat >write.js <<'JAVASCRIPT'
const utils = require('@eventcatalog/sdk').default;

const catalog = utils(`${__dirname}/catalog`);
const about = { name: 'n', summary: 's', markdown: '.' };
const run = async () => {
  for (const version of ['1.0.0', '2.0.0']) {
    await catalog.writeEvent({ ...about, id: 'image-created', version }, { versionExistingContent: true });
  }
  await catalog.writeEvent({ ...about, id: 'document-versioned', version: '1.0.0' });
  for (const [id, version] of [['audit'], ['billing', 'latest'], ['mail', '2.0.0'], ['old', '^1.0.0']]) {
    const receives = [version ? { id: 'image-created', version } : { id: 'image-created' }];
    await catalog.writeService({ ...about, id, version: '1.0.0', receives });
  }
};
run();
JAVASCRIPT
cat >read.js <<'JAVASCRIPT'
const utils = require('@eventcatalog/sdk').default;

const catalog = utils(`${__dirname}/catalog`);
const run = async () => {
  console.log(`latest: ${(await catalog.getEvent('image-created', 'latest')).version}`);
  for (const version of ['2.0.0', 'latest', '1.0.0']) {
    const { consumers } = await catalog.getProducersAndConsumersForMessage('image-created', version);
    console.log(`consumers of ${version}: ${consumers.map(({ id }) => id).sort()}`);
  }
  console.log(`without a version: ${await catalog.getEvent('document-versioned')}`);
  console.log(`by its version: ${(await catalog.getEvent('document-versioned', '1.0.0')).id}`);
  console.log(`events: ${(await catalog.getEvents({ latestOnly: true })).map(({ id }) => id).sort()}`);
};
run();
JAVASCRIPT
node write.js
seen=$(node read.js)
echo "$seen"
expected="latest: 2.0.0
consumers of 2.0.0: audit,mail
consumers of latest: audit,mail
consumers of 1.0.0: old
without a version: undefined
by its version: document-versioned
events: document-versioned,image-created"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
