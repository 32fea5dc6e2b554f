#!/usr/bin/env bash
# Guess:    fedora_messaging.message.loads raises ValidationError for a message that does not keep the schema of its class,
#           as dumps does and as its documentation says.
# Really:   it holds only the file format against a schema; a message of a schema package whose body lacks what is required
#           is handed over as an instance of that class. Its own validate() and dumps refuse it, so reading and writing the
#           same file is not the same check.
# Versions: fedora-messaging 3.9.1, noggin-messages 1.1.0, Python 3.11
# Source:   run here; the docstring of fedora_messaging.message.loads; load_message in the same file.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fedora-messaging==3.9.1 noggin-messages==1.1.0

cat >bodies.py <<'PYTHON'
import json

import jsonschema
from fedora_messaging.exceptions import ValidationError
from fedora_messaging.message import dumps, loads
from noggin_messages import UserCreateV1


def told(work):
    try:
        work()
    except (ValidationError, jsonschema.ValidationError):
        return "refused"
    return "accepted"


good = UserCreateV1(topic="fas.user.create", body={"msg": {"agent": "a", "user": "u"}})
kept = json.loads(dumps(good))
broken = json.dumps({**kept, "body": {"msg": {"agent": 1}}})
for name, line in (("kept", json.dumps(kept)), ("broken", broken)):
    (message,) = loads(line)
    verdicts = told(lambda: loads(line)), told(message.validate), told(lambda: dumps(message))
    print("{}: a {}; loads {}, validate {}, dumps {}".format(name, type(message).__name__, *verdicts))
PYTHON
seen=$(venv/bin/python bodies.py 2>stderr)
echo "$seen"
expected="kept: a UserCreateV1; loads accepted, validate accepted, dumps accepted
broken: a UserCreateV1; loads accepted, validate refused, dumps refused"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
