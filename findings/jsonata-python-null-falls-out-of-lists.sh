#!/usr/bin/env bash
# Guess:    an expression of JSONata that maps or filters an event says in Python, with jsonata-python, what it says in JavaScript,
#           where it was tried: both are implementations of one language, and JSON has null, booleans and numbers.
# Really:   a null that is a member is null, a null in a list is nothing: $map() leaves it out, so a list of values has fewer items
#           than that of their names; an object made of it lacks its member; `null in` such a list is false, `$ = null` true of no
#           item, and `*[$ = null]`, which members are null, finds none. False is 0 and true is 1, as in Python: "protected in [0]"
#           is true of an unprotected image, while "protected = 0" is false, and $distinct takes the booleans out of [0, false, 1,
#           true]. As a text a whole number has fifteen digits: & makes 1.76449680012346e+15 of a time in microseconds, or an id.
# Versions: jsonata-python 0.7.1, jsonata 2.2.2 (the reference implementation), Python 3.11, Node.js 20
# Source:   run here, both given the same event; jsonata/functions.py: lookup (the null of a member alone is told apart), map and
#           each (res is not None), distinct (not in), Encoder (prec=15); jsonata/jsonata.py, evaluate_includes_expression (None is
#           undefined).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonata-python==0.7.1
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent jsonata@2.2.2 >>npm.log

cat >event.json <<'JSON'
{
  "at": 1764496800123456,
  "protected": false,
  "checksum": null,
  "tags": ["x", null, "y"],
  "members": [{"id": "a", "until": null}, {"id": "b", "until": 1}]
}
JSON
cat >expressions.txt <<'TEXT'
$map(tags, function($tag) { $tag })
$map(tags, $type)
tags.$type($)
$map(members, function($member) { $member.until })
members.until
tags.{"tag": $}
tags#$i.{"at": $i, "tag": $}
null in [null]
null in tags
checksum = null
tags.($ = null)
*[$ = null]
protected = 0
protected in [0]
1 in [true]
$distinct([0, false, 1, true, "1"])
at
"at " & at
$string(at)
$string(123456789012)
TEXT
cat >evaluate.py <<'PYTHON'
import json

import jsonata

event = json.load(open("event.json"))
for line in open("expressions.txt"):
    print(json.dumps(jsonata.Jsonata(line.strip()).evaluate(event), separators=(",", ":")))
PYTHON
cat >evaluate.js <<'JAVASCRIPT'
const fs = require('fs');
const jsonata = require('jsonata');

(async () => {
  const event = JSON.parse(fs.readFileSync('event.json', 'utf8'));
  for (const line of fs.readFileSync('expressions.txt', 'utf8').trim().split('\n')) {
    console.log(JSON.stringify(await jsonata(line).evaluate(event)));
  }
})();
JAVASCRIPT
venv/bin/python evaluate.py >python.txt
node evaluate.js >javascript.txt
seen=$(paste -d'|' expressions.txt javascript.txt python.txt | sed 's/|\([^|]*\)|\([^|]*\)$/ -> JavaScript \1, Python \2/')
echo "$seen"
expected='$map(tags, function($tag) { $tag }) -> JavaScript ["x",null,"y"], Python ["x","y"]
$map(tags, $type) -> JavaScript ["string","null","string"], Python ["string","string"]
tags.$type($) -> JavaScript ["string","null","string"], Python ["string","string"]
$map(members, function($member) { $member.until }) -> JavaScript [null,1], Python [null,1]
members.until -> JavaScript [null,1], Python [null,1]
tags.{"tag": $} -> JavaScript [{"tag":"x"},{"tag":null},{"tag":"y"}], Python [{"tag":"x"},{},{"tag":"y"}]
tags#$i.{"at": $i, "tag": $} -> JavaScript [{"at":0,"tag":"x"},{"at":1,"tag":null},{"at":2,"tag":"y"}], Python [{"at":0,"tag":"x"},{"at":1},{"at":2,"tag":"y"}]
null in [null] -> JavaScript true, Python true
null in tags -> JavaScript true, Python false
checksum = null -> JavaScript true, Python true
tags.($ = null) -> JavaScript [false,true,false], Python [false,false,false]
*[$ = null] -> JavaScript [null,null], Python null
protected = 0 -> JavaScript false, Python false
protected in [0] -> JavaScript false, Python true
1 in [true] -> JavaScript false, Python true
$distinct([0, false, 1, true, "1"]) -> JavaScript [0,false,1,true,"1"], Python [0,1,"1"]
at -> JavaScript 1764496800123456, Python 1764496800123456
"at " & at -> JavaScript "at 1764496800123456", Python "at 1.76449680012346e+15"
$string(at) -> JavaScript "1764496800123456", Python "1.76449680012346e+15"
$string(123456789012) -> JavaScript "123456789012", Python "123456789012"'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
