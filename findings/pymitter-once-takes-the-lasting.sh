#!/usr/bin/env bash
# Guess:    a function that listens to image.* for good, and once more to the next image.create, is called for every event of
#           images with pymitter, the emitter with wildcards that is a port of EventEmitter2: once ends what once began.
# Really:   when the one call is over, the function is taken off wherever its pattern leads, with wildcards: off from image.create
#           and from image.* alike, in either direction; so it is where both have one name. From then on nobody listens, and
#           nothing is said. Another function, or one that listens elsewhere where wildcards are off, is left alone. EventEmitter2
#           goes on.
# Versions: pymitter 1.1.3, eventemitter2 6.4.9 (npm), Node.js 20, Python 3.11
# Source:   run here; pymitter/__init__.py, EventEmitter._emit (self.off(listener.event, func=listener.func)) and
#           Tree.remove_listeners_by_func (each of find_nodes(event), where either of the two names may be the pattern).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pymitter==1.1.3
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent eventemitter2@6.4.9 >>npm.log

cat >once.py <<'PYTHON'
from pymitter import EventEmitter

EVENTS = ["image.create", "image.create", "image.delete"]


def calls(lasting, single, wildcard=True, same=True):
    emitter, seen = EventEmitter(wildcard=wildcard), []
    emitter.on(lasting, seen.append)
    emitter.once(single, seen.append if same else lambda event: None)
    for event in EVENTS:
        emitter.emit(event, event)
    return " ".join(seen)


# seen.append is equal to seen.append, and only to that: it is the same function each time.
print("on image.*, once image.create:", calls("image.*", "image.create"))
print("on image.create, once image.*:", calls("image.create", "image.*"))
print("the same name twice:", calls("image.create", "image.create"))
print("another function:", calls("image.*", "image.create", same=False))
print("without wildcards, on image.create, once image.delete:", calls("image.create", "image.delete", wildcard=False))
PYTHON
cat >once.js <<'JAVASCRIPT'
const { EventEmitter2 } = require('eventemitter2');

for (const [lasting, single] of [['image.*', 'image.create'], ['image.create', 'image.*']]) {
  const emitter = new EventEmitter2({ wildcard: true });
  const seen = [];
  const listener = (event) => seen.push(event);
  emitter.on(lasting, listener);
  emitter.once(single, listener);
  for (const event of ['image.create', 'image.create', 'image.delete']) emitter.emit(event, event);
  console.log(`EventEmitter2, on ${lasting}, once ${single}: ${seen.join(' ')}`);
}
JAVASCRIPT
seen=$(venv/bin/python once.py && node once.js)
echo "$seen"
expected='on image.*, once image.create: image.create image.create
on image.create, once image.*: image.create image.create
the same name twice: image.create image.create
another function: image.create image.create image.delete
without wildcards, on image.create, once image.delete: image.create image.create image.delete
EventEmitter2, on image.*, once image.create: image.create image.create image.create image.delete
EventEmitter2, on image.create, once image.*: image.create image.create image.create'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
