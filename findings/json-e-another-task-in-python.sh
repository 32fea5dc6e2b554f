#!/usr/bin/env bash
# Guess:    JSON-e, the templates by which Taskcluster makes tasks of events, has one language reference for its implementations
#           in JavaScript and Python, which have one version: a template and an event give the same in both.
# Really:   in Python true is 1 and false is 0, in == and in "in", and within lists and objects: a pull request whose draft is
#           true meets draft == 1, so that $switch, where but one condition may hold, raises. A time without a fraction of a
#           second, as GitHub's events have them, or with an offset, ends $fromNow in a ValueError, which is none of JSON-e's own
#           errors, where JavaScript takes it. A whole number that is written as 1.0 is "1.0" in a text; one of more than 53 bits
#           keeps its digits, in JavaScript it does not.
# Versions: json-e 4.8.4 of PyPI and of npm, Python 3.11, Node.js 20
# Source:   run here; JSON-e's README, "Comparison Operations" (equality is deep), "String Interpolation" (as JSON literals) and
#           "$fromNow"; jsone/interpreter.py, "==" and "in" (Python's own); jsone/shared.py, fromNow (strptime with %S.%fZ).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check json-e==4.8.4
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-e@4.8.4 >>npm.log

cat >cases.json <<'JSON'
[[{"$eval": "draft == 1"}, {"draft": true}],
 [{"$switch": {"draft == 1": "first", "draft": "a draft", "$default": "other"}}, {"draft": true}],
 [{"$if": "0 in flags", "then": "none", "else": "some"}, {"flags": [false]}],
 [{"$eval": "old == new"}, {"old": {"size": 1}, "new": {"size": true}}],
 [{"$fromNow": "1 day", "from": {"$eval": "at"}}, {"at": "2026-12-01T10:00:00.000Z"}],
 [{"$fromNow": "1 day", "from": {"$eval": "at"}}, {"at": "2026-12-01T10:00:00Z"}],
 [{"$fromNow": "1 day", "from": {"$eval": "at"}}, {"at": "2026-12-01T10:00:00.000+01:00"}],
 ["image of ${size}", {"size": 1.0}],
 ["task ${id}", {"id": 9007199254740993}]]
JSON
cat >render.py <<'PYTHON'
import json

import jsone

for template, context in json.load(open("cases.json")):
    try:
        print(json.dumps(jsone.render(template, context)))
    except Exception as error:
        print(type(error).__name__)
PYTHON
cat >render.js <<'JAVASCRIPT'
const jsone = require('json-e');

for (const [template, context] of require('./cases.json')) {
  try {
    console.log(JSON.stringify(jsone(template, context)));
  } catch (error) {
    console.log(error.name);
  }
}
JAVASCRIPT
python3 -c 'import json; [print(json.dumps(case[0]), json.dumps(case[1])) for case in json.load(open("cases.json"))]' >asked
seen=$(paste -d '|' asked <(venv/bin/python render.py) <(node render.js) | sed 's/|/: Python /; s/|/, JavaScript /')
echo "$seen"
expected='{"$eval": "draft == 1"} {"draft": true}: Python true, JavaScript false
{"$switch": {"draft == 1": "first", "draft": "a draft", "$default": "other"}} {"draft": true}: Python TemplateError, JavaScript "a draft"
{"$if": "0 in flags", "then": "none", "else": "some"} {"flags": [false]}: Python "none", JavaScript "some"
{"$eval": "old == new"} {"old": {"size": 1}, "new": {"size": true}}: Python true, JavaScript false
{"$fromNow": "1 day", "from": {"$eval": "at"}} {"at": "2026-12-01T10:00:00.000Z"}: Python "2026-12-02T10:00:00.000Z", JavaScript "2026-12-02T10:00:00.000Z"
{"$fromNow": "1 day", "from": {"$eval": "at"}} {"at": "2026-12-01T10:00:00Z"}: Python ValueError, JavaScript "2026-12-02T10:00:00.000Z"
{"$fromNow": "1 day", "from": {"$eval": "at"}} {"at": "2026-12-01T10:00:00.000+01:00"}: Python ValueError, JavaScript "2026-12-02T09:00:00.000Z"
"image of ${size}" {"size": 1.0}: Python "image of 1.0", JavaScript "image of 1"
"task ${id}" {"id": 9007199254740993}: Python "task 9007199254740993", JavaScript "task 9007199254740992"'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
