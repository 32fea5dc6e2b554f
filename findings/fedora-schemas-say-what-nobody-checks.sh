#!/usr/bin/env bash
# Guess:    the JSON Schemas that Fedora's applications publish as packages, against which fedora-messaging checks a message
#           before it is sent, check what they describe: who took part in a meeting, which packages a project was mapped to.
# Really:   six of the packages describe it in words that mean nothing there. meetbot, mdapi and noggin say "contains" for the
#           items of a list, in a schema of draft 4, which has no such keyword (from draft 6 on it would ask for one such item,
#           and refuse the empty list); Anitya writes the properties of an item straight into "items"; Bugzilla's has the keyword
#           "type:", with the colon; Bodhi's a property beside "properties", of the type "bool". So a message whose attendees are
#           numbers is valid, and the class of the same package, which reads what its schema describes, raises on it.
# Versions: fedora-messaging 3.9.1, jsonschema 4.26.0, meetbot-messages 1.0.1, mdapi-messages 1.0.0, noggin-messages 1.1.0,
#           anitya-schema 2.3.0, bugzilla2fedmsg-schema 1.1.0, bodhi-messages 26.4.0, Python 3.11
# Source:   run here without a broker; each package's body_schema; fedora_messaging/message.py, Message.validate; JSON Schema
#           draft 4, validation, 5 (contains is not there), and draft 6, 6.14.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fedora-messaging==3.9.1 jsonschema==4.26.0 \
    meetbot-messages==1.0.1 mdapi-messages==1.0.0 noggin-messages==1.1.0 anitya-schema==2.3.0 bugzilla2fedmsg-schema==1.1.0 \
    bodhi-messages==26.4.0

cat >messages.py <<'PYTHON'
import importlib.metadata

import jsonschema

CLASSES = {point.name: point for point in importlib.metadata.entry_points(group="fedora.messages")}


def minimal(schema):
    """Return a value that has no more than what a schema requires."""
    for alternative in schema.get("anyOf", [])[:1]:
        return minimal(alternative)
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: minimal(schema.get("properties", {}).get(name, {})) for name in schema.get("required", [])}
    return {"array": [], "string": "x", "integer": 1, "number": 1, "boolean": True, "null": None}[kind]


def told(name, path, value, read):
    """Put a value into the smallest message of a kind and tell what its class says of it, when it is checked and when it is read."""
    message_class = CLASSES[name].load()
    body = minimal(message_class.body_schema)
    *parents, last = path.split(".")
    place = body
    for parent in parents:
        place = place.setdefault(parent, {})
    place[last] = value
    message = message_class(body=body)
    try:
        message.validate()
    except jsonschema.ValidationError as error:
        return error.message
    if not read:
        return "valid"
    try:
        return f"valid, {str(message) and 'read'}"
    except Exception as error:
        return f"valid, read with {type(error).__name__}"


for name, path, values, read in (
    ("meetbot.meeting.complete", "attendees", [[{"name": "amy", "lines_said": 7}], [7], 7], True),
    ("mdapi.repo.update", "packages", [["glance"], [None]], True),
    ("noggin.user.update.v1", "msg.fields", [["email"], [{}]], True),
    ("anitya.project.flag", "message.packages", [[{"distro": "Fedora", "package_name": "glance"}], [{"distro": 7}, 7]], False),
    ("bugzilla2fedmsg.messageV1", "bug.qa_contact", [None, "amy", 7], False),
):
    for value in values:
        print(f"{name}, {path} {value!r}:", told(name, path, value, read))
bodhi = CLASSES["bodhi.update.status.testing.v2"].load().body_schema
print("bodhi.update.status.testing.v2:", [word for word in bodhi if word not in jsonschema.Draft4Validator.META_SCHEMA["properties"]])
attendees = CLASSES["meetbot.meeting.complete"].load().body_schema["properties"]["attendees"]
print("attendees [] in draft 6:", jsonschema.Draft6Validator(attendees).is_valid([]))
PYTHON
seen=$(venv/bin/python messages.py 2>stderr)
echo "$seen"
expected="meetbot.meeting.complete, attendees [{'name': 'amy', 'lines_said': 7}]: valid, read
meetbot.meeting.complete, attendees [7]: valid, read with TypeError
meetbot.meeting.complete, attendees 7: 7 is not of type 'array'
mdapi.repo.update, packages ['glance']: valid, read
mdapi.repo.update, packages [None]: valid, read with TypeError
noggin.user.update.v1, msg.fields ['email']: valid, read
noggin.user.update.v1, msg.fields [{}]: valid, read with TypeError
anitya.project.flag, message.packages [{'distro': 'Fedora', 'package_name': 'glance'}]: valid
anitya.project.flag, message.packages [{'distro': 7}, 7]: valid
bugzilla2fedmsg.messageV1, bug.qa_contact None: valid
bugzilla2fedmsg.messageV1, bug.qa_contact 'amy': valid
bugzilla2fedmsg.messageV1, bug.qa_contact 7: valid
bodhi.update.status.testing.v2: ['re-trigger']
attendees [] in draft 6: False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
