#!/usr/bin/env bash
# Guess:    a service of Moleculer that listens to "image.*.create" hears events of three words: of the wildcards that the
#           documentation offers a star stands for one word, two stars for several, a question mark for a letter, and every other
#           letter, a dot too, for itself.
# Really:   where a star is not the last letter, or a question mark is there, the pattern is made a regular expression in which a
#           dot stays what it is there, any letter: image.*.create hears image.recreate, *.error hears image_error and terror, and
#           *.* hears events of a single word. image.* and image.**, which are compared as texts, keep to their dot.
# Versions: moleculer 0.14.36 and 0.15.2 (npm), Node.js 20
# Source:   run here; moleculer, src/utils.js, match (? becomes ".", * and ** are replaced, "." is not); Moleculer's documentation,
#           "Events", "Subscribe to events" ("?", "*" and "**").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent moleculer@0.14.36 moleculer-15@npm:moleculer@0.15.2 >>npm.log

cat >listen.js <<'JAVASCRIPT'
const sent = ['image', 'terror', 'image.create', 'image.recreate', 'image.member.create', 'image.error', 'image_error'];
const patterns = ['image.*', 'image.**', 'image.*.create', '*.error', '*.*', '*'];

const heard = async (name, pattern) => {
  const { ServiceBroker } = require(name);
  const broker = new ServiceBroker({ logger: false });
  const got = [];
  broker.createService({ name: 'listener', events: { [pattern]: { handler: (context) => { if (!context.eventName.startsWith('$')) got.push(context.eventName); } } } });
  await broker.start();
  for (const event of sent) await broker.emit(event, {});
  await broker.stop();
  return got.join(' ') || 'nothing';
};
const main = async () => {
  for (const pattern of patterns) {
    const [one, other] = [await heard('moleculer', pattern), await heard('moleculer-15', pattern)];
    console.log(`${pattern} hears ${one}${one === other ? '' : `; in 0.15 ${other}`}`);
  }
  process.exit();
};
main();
JAVASCRIPT
seen=$(node listen.js)
echo "$seen"
expected='image.* hears image.create image.recreate image.error
image.** hears image.create image.recreate image.member.create image.error
image.*.create hears image.recreate image.member.create
*.error hears terror image.error image_error
*.* hears image terror image.create image.recreate image.error image_error
* hears image terror image_error'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
