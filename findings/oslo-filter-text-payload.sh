#!/usr/bin/env bash
# Guess:    an oslo.messaging listener that filters by a field of the payload, NotificationFilter(payload={"id": ...}),
#           does not get notifications whose payload is a text, as that of Glance's image.upload with priority ERROR.
# Really:   the field's name is looked for within the text. Where the text does not contain it the notification is
#           filtered out; where it does, match() raises TypeError, and which of both depends on the wording of an error.
#           Nor does a field match that is a number, whatever the regular expression: only texts are looked at.
# Versions: oslo.messaging 18.3.1, Python 3.11
# Source:   run here; oslo.messaging's documentation of NotificationFilter does not say what becomes of other payloads.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1

cat >filtered.py <<'PYTHON'
import oslo_messaging

PAYLOADS = {
    "object": {"id": "b9fb0485"},
    "text without the name": "the store is full",
    "text with the name": "image id b9fb0485: the store is full",
    "object with a number": {"id": 7},
}
for name, payload in PAYLOADS.items():
    wanted = oslo_messaging.NotificationFilter(event_type="^image[.]", payload={"id": "."})
    try:
        print(f"{name}:", wanted.match({}, "image.host", "image.upload", {}, payload))
    except Exception as error:
        print(f"{name}:", type(error).__name__)
PYTHON
seen=$(venv/bin/python -W ignore filtered.py)
echo "$seen"
expected="object: True
text without the name: False
text with the name: TypeError
object with a number: False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
