#!/usr/bin/env bash
# Guess:    the patterns of topics of postal.js, a bus with "the same logic as topic bindings in the AMQP spec", match what
#           RabbitMQ's topic exchange would: "#" is any number of words, none among them, "*" is one word.
# Really:   "#" may be nothing at the beginning and in the middle: "#.end" hears "end", and "image.#.end" hears "image.end". At
#           the end it wants a word: "image.#" does not hear "image", nor "*.#" any topic of one word, and "#.image.#" hears
#           neither "image" nor "a.image". Behind a "#" a word need not begin with a dot, only at the edge of a word as regular
#           expressions know it: "#.end" hears "image-end" and "image.week-end", too.
# Versions: postal 2.0.6 (npm), Node.js 20
# Source:   run here; postal's README (wildcard topic bindings; "#" is 0-n words) and lib/postal.js, compare ("\b" behind "#");
#           AMQP 0-9-1, 3.1.3.3 ("#" matches zero or more words).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent postal@2.0.6 >>npm.log

cat >topics.js <<'JAVASCRIPT'
const postal = require('postal');

// What AMQP says, written out: "#" is none, or one word and "#" again.
const amqp = ([first, ...rest], words) => {
  if (first === undefined) return words.length === 0;
  if (first === '#') return amqp(rest, words) || (words.length > 0 && amqp(['#', ...rest], words.slice(1)));
  return words.length > 0 && (first === '*' || first === words[0]) && amqp(rest, words.slice(1));
};
const topics = ['image', 'image.create', 'image.create.end', 'image.end', 'end', 'a.image', 'a.image.b', 'image-end', 'image.week-end'];
for (const pattern of ['image.#', '#.end', 'image.#.end', '*.#', '#.image.#', 'image.*.end', '#']) {
  const heard = [];
  const subscription = postal.subscribe({ channel: 'images', topic: pattern, callback: (_, { topic }) => heard.push(topic) });
  for (const topic of topics) postal.publish({ channel: 'images', topic, data: {} });
  subscription.unsubscribe();
  const due = topics.filter((topic) => amqp(pattern.split('.'), topic.split('.')));
  const missing = due.filter((topic) => !heard.includes(topic));
  const beyond = heard.filter((topic) => !due.includes(topic));
  console.log(`${pattern}: ${heard.length} heard; of AMQP's not ${missing.join(' ') || 'any'}; beyond AMQP's ${beyond.join(' ') || 'none'}`);
}
JAVASCRIPT
seen=$(node topics.js)
echo "$seen"
expected="image.#: 4 heard; of AMQP's not image; beyond AMQP's none
#.end: 5 heard; of AMQP's not any; beyond AMQP's image-end image.week-end
image.#.end: 3 heard; of AMQP's not any; beyond AMQP's image.week-end
*.#: 6 heard; of AMQP's not image end image-end; beyond AMQP's none
#.image.#: 5 heard; of AMQP's not image a.image; beyond AMQP's none
image.*.end: 1 heard; of AMQP's not any; beyond AMQP's none
#: 9 heard; of AMQP's not any; beyond AMQP's none"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
