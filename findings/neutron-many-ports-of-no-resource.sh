#!/usr/bin/env bash
# Guess:    port.create.end of Neutron has the port that was created in payload["port"], one notification for each; and of every
#           notification of a network or a port Ceilometer, whose definitions name them, knows the resource.
# Really:   a request that creates many makes one notification, with the same event type and a list, payload["ports"], in the
#           place of "port". The id of one that is updated stands beside it at the start, payload["id"], and in it at the end; of
#           one that is deleted it is in payload["port_id"]. Ceilometer looks in "port" and "id" alone, so the event of many
#           ports, and the start of each deletion, have neither resource_id nor name: whoever asks for the events of one of the
#           ports does not find its creation. A request that fails leaves a start without an end, and no error.
# Versions: neutron 29.0.0, ceilometer 27.0.0, Python 3.11
# Source:   run here, Neutron's own hook with requests and answers as its API has them, and Ceilometer's own definitions;
#           neutron/pecan_wsgi/hooks/notifier.py, before and after (the answer's body as it is; status_int > 300);
#           ceilometer/pipeline/data/event_definitions.yaml, port.*.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for project in neutron==29.0.0 ceilometer==27.0.0; do
    python3 -m venv "${project%%==*}"
    "${project%%==*}/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "$project"
done

cat >asking.py <<'PYTHON'
import json
import types
from unittest import mock

from neutron.pecan_wsgi.hooks import notifier

ONE, TWO = {"id": "p1", "name": "first"}, {"id": "p2", "name": "second"}
sent = []
hook = notifier.NotifierHook()
hook._notifier_inst = types.SimpleNamespace(info=lambda context, event_type, payload: sent.append((event_type, payload)))
controller = types.SimpleNamespace(plugin_handlers={"create": "create_port", "update": "update_port", "delete": "delete_port"})
for method, resource_id, asked, status, answer in (
    ("POST", None, {"port": {"name": "first"}}, 201, {"port": ONE}),
    ("POST", None, {"ports": [{"name": "first"}, {"name": "second"}]}, 201, {"ports": [ONE, TWO]}),
    ("POST", None, {"port": {"name": "third"}}, 409, {"NeutronError": {"type": "IpAddressInUse"}}),
    ("PUT", "p1", {"port": {"name": "first"}}, 200, {"port": ONE}),
    ("DELETE", "p1", None, 204, None),
):
    known = {"resource": "port", "collection": "ports", "neutron_context": None, "resource_id": resource_id}
    known["original_resources"] = [ONE]
    request = types.SimpleNamespace(method=method, context=known, json=asked, body=json.dumps(asked).encode())
    response = types.SimpleNamespace(status_int=status, body=json.dumps(answer).encode() if answer else b"", json=answer)
    state = types.SimpleNamespace(request=request, response=response)
    with mock.patch.object(notifier.utils, "get_controller", return_value=controller):
        hook.before(state)
        hook.after(state)
print(json.dumps(sent))
PYTHON
cat >events.py <<'PYTHON'
import json
import sys

from ceilometer import service
from ceilometer.event import converter

events = converter.setup_events(service.prepare_service(argv=[], config_files=[]), None)
for event_type, payload in json.load(sys.stdin):
    metadata = {"message_id": "1", "timestamp": "2026-11-30 10:00:00"}
    message = {"event_type": event_type, "metadata": metadata, "publisher_id": "network.h", "ctxt": {}, "payload": payload}
    traits = {trait.name: trait.value for trait in events.to_event("info", message).traits}
    print(f"{event_type} of {', '.join(payload)}: resource_id {traits.get('resource_id')}, name {traits.get('name')}")
PYTHON
seen=$(neutron/bin/python -W ignore asking.py 2>log | ceilometer/bin/python -W ignore events.py 2>>log)
echo "$seen"
expected='port.create.start of port: resource_id None, name first
port.create.end of port: resource_id p1, name first
port.create.start of ports: resource_id None, name None
port.create.end of ports: resource_id None, name None
port.create.start of port: resource_id None, name third
port.update.start of port, id: resource_id p1, name first
port.update.end of port: resource_id p1, name first
port.delete.start of port_id: resource_id None, name None
port.delete.end of port, port_id: resource_id p1, name first'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
