#!/usr/bin/env bash
# Guess:    Ceilometer, whose own definitions of events name the notifications of Manila, share.create.* and others, makes of them
#           events that say more than those of a notification that it has no definition for: at least whose project it was.
# Really:   the definition looks for the project in payload.tenant_id, and Manila sends project_id; where a definition has a trait
#           of that name, the project of the context, which every other event gets, is not taken. So an event of a share has no
#           project_id, and whoever asks for the events of a project by it does not find the shares; of share.consumed.size, which
#           no definition names, it is there. created_at, which the definition has too, Manila does not send. The old name
#           tenant_id is a trait of each of them.
# Versions: ceilometer 27.0.0, manila 23.0.1, Python 3.11
# Source:   run here, Ceilometer's own definitions, and the payload that Manila's own function makes of a share;
#           ceilometer/pipeline/data/ event_definitions.yaml, share_traits, and event/converter.py, EventDefinition.DEFAULT_TRAITS;
#           manila/share/utils.py, _usage_from_share.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile ceilometer==27.0.0
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps manila==23.0.1

cat >events.py <<'PYTHON'
import collections
import sys
from unittest import mock

from ceilometer import service
from ceilometer.event import converter

for name in ("common", "common.config", "common.constants", "db", "db.migration", "exception", "rpc", "utils"):
    sys.modules[f"manila.{name}"] = mock.MagicMock()
sys.modules["manila.common"].config.CONF.share_api_class = "collections.OrderedDict"  # any class: the import asks for one
from manila.share import utils  # noqa: E402

SHARE = collections.defaultdict(str, id="s1", project_id="demo", user_id="alice", size=1, display_name="homes")
INSTANCE = {"availability_zone": "nova", "host": "h", "status": "available", "share_type_id": "t1", "share_type": {"name": "default"}}
events = converter.setup_events(service.prepare_service(argv=[], config_files=[]), None)
context = {"user_id": "alice", "project_id": "demo", "tenant_id": "demo"}
payload = utils._usage_from_share(SHARE, INSTANCE)
print("Manila's payload:", "project_id" in payload, "tenant_id" in payload, "created_at" in payload)
for event_type, given in (
    ("share.create.end", payload),
    ("share.extend.end", payload),
    ("share.consumed.size", payload),
    ("a notification of anything", {}),
    ("volume.create.end", {"tenant_id": "demo", "user_id": "alice"}),
):
    metadata = {"message_id": "1", "timestamp": "2026-11-30 10:00:00"}
    message = {"event_type": event_type, "metadata": metadata, "publisher_id": "share.h", "ctxt": context, "payload": given}
    traits = {trait.name: trait.value for trait in events.to_event("info", message).traits}
    print(f"{event_type}: project_id {traits.get('project_id', 'is missing')}, tenant_id {traits['tenant_id']}")
PYTHON
seen=$(venv/bin/python -W ignore events.py 2>log)
echo "$seen"
expected="Manila's payload: True False False
share.create.end: project_id is missing, tenant_id demo
share.extend.end: project_id is missing, tenant_id demo
share.consumed.size: project_id demo, tenant_id demo
a notification of anything: project_id demo, tenant_id demo
volume.create.end: project_id demo, tenant_id demo"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
