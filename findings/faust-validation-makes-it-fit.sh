#!/usr/bin/env bash
# Guess:    a Faust record with validation=True refuses an event whose fields are not of the types that the class says, and an
#           event that it reads and sends on is the same event.
# Really:   validation makes a value of the type: an id that is null is the text "None", a list its Python text, 7.9 is 7, "false"
#           is true, and null is the default of a field that has one; within lists nothing is looked at, and a text is a list
#           as it is. What is missing is a TypeError, no ValidationError. Sent on, the event has lost the members that
#           the class does not name, and has a new one, __faust, with the name of the Python class; without validation, too.
# Versions: faust-streaming 0.15.3, Python 3.11
# Source:   run here without a broker; faust/models/base.py (validation implies coerce, in a comment of the code);
#           Faust's documentation, "Models, Serialization, and Codecs", has __faust in its examples.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check faust-streaming==0.15.3

cat >images.py <<'PYTHON'
import json

import faust


class Image(faust.Record, serializer="json", validation=True):
    id: str
    size: int = 0
    hidden: bool = False
    tags: list[str] = []


for event in (
    {"id": None}, {"id": ["a"]}, {"id": "a", "size": 7.9}, {"id": "a", "size": None}, {"id": "a", "size": "large"},
    {"id": "a", "hidden": "false"}, {"id": "a", "tags": "abc"}, {"id": "a", "tags": [1, None]}, {"size": 7},
    {"id": "a", "owner": "b"},
):  # fmt: skip
    line = json.dumps(event)
    try:
        sent = json.loads(Image.loads(line.encode()).dumps())
        changed = {name: value for name, value in sent.items() if name in event or name == "__faust"}
        print(line, "sent on as", json.dumps(changed))
    except Exception as error:
        print(line, type(error).__name__)
PYTHON
seen=$(venv/bin/python images.py)
echo "$seen"
expected="{\"id\": null} sent on as {\"id\": \"None\", \"__faust\": {\"ns\": \"images.Image\"}}
{\"id\": [\"a\"]} sent on as {\"id\": \"['a']\", \"__faust\": {\"ns\": \"images.Image\"}}
{\"id\": \"a\", \"size\": 7.9} sent on as {\"id\": \"a\", \"size\": 7, \"__faust\": {\"ns\": \"images.Image\"}}
{\"id\": \"a\", \"size\": null} sent on as {\"id\": \"a\", \"size\": 0, \"__faust\": {\"ns\": \"images.Image\"}}
{\"id\": \"a\", \"size\": \"large\"} ValueError
{\"id\": \"a\", \"hidden\": \"false\"} sent on as {\"id\": \"a\", \"hidden\": true, \"__faust\": {\"ns\": \"images.Image\"}}
{\"id\": \"a\", \"tags\": \"abc\"} sent on as {\"id\": \"a\", \"tags\": \"abc\", \"__faust\": {\"ns\": \"images.Image\"}}
{\"id\": \"a\", \"tags\": [1, null]} sent on as {\"id\": \"a\", \"tags\": [1, null], \"__faust\": {\"ns\": \"images.Image\"}}
{\"size\": 7} TypeError
{\"id\": \"a\", \"owner\": \"b\"} sent on as {\"id\": \"a\", \"__faust\": {\"ns\": \"images.Image\"}}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
