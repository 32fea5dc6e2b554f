#!/usr/bin/env bash
# Guess:    an event trigger of Prefect whose match says {"status": ["!active", "!queued"]} fires for the resources that are
#           neither, and {"status": "!active"} for each that is not active, whether it has a status or not; "*" stands for
#           anything.
# Really:   one entry of the list is enough, so two with "!" are met by every value, active and queued included: the list says
#           "not active or not queued". A "!" beside another value, ["failed", "!active"], means the same as the "!" alone. A
#           resource without the label is not "not active": it meets no entry, "!active" and "*" neither. "*" is a wildcard at the
#           end alone; anywhere else it is a star. Nothing of it is refused or warned of when the trigger is made.
# Versions: prefect-client 3.9.0, pydantic 2.13.5, Python 3.11
# Source:   run here without a server; prefect/events/schemas/events.py, matches (its docstring has the prefix and the suffix) and
#           ResourceSpecification.matches (any of the expected); prefect/events/schemas/automations.py, EventTrigger.match.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check prefect-client==3.9.0 pydantic==2.13.5

cat >triggers.py <<'PYTHON'
from prefect.events.schemas.automations import EventTrigger
from prefect.events.schemas.events import Resource

STATES = ("active", "queued", "failed", None)
MATCHES = [{"status": "!active"}, {"status": ["!active", "!queued"]}, {"status": ["failed", "!active"]}, {"status": "*"}]
MATCHES += [{"prefect.resource.id": "image.*"}, {"prefect.resource.id": "*.7"}, {"prefect.resource.id": "im*.7"}]
for match in MATCHES:
    trigger = EventTrigger(match=match, expect={"image.update"}, posture="Reactive", threshold=1)
    met = []
    for state in STATES:
        resource = {"prefect.resource.id": "image.7"} | ({"status": state} if state else {})
        if trigger.match.matches(Resource.model_validate(resource)):
            met.append(state or "one without a status")
    print(f"{match}: {', '.join(met) or 'none'}")
PYTHON
seen=$(venv/bin/python -W ignore triggers.py 2>stderr)
echo "$seen"
expected="{'status': '!active'}: queued, failed
{'status': ['!active', '!queued']}: active, queued, failed
{'status': ['failed', '!active']}: queued, failed
{'status': '*'}: active, queued, failed
{'prefect.resource.id': 'image.*'}: active, queued, failed, one without a status
{'prefect.resource.id': '*.7'}: none
{'prefect.resource.id': 'im*.7'}: none"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
