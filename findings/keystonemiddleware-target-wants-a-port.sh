#!/usr/bin/env bash
# Guess:    an audit notification of keystonemiddleware, made with the map that pycadf has for Nova, tells what was asked of: the
#           service is found in the catalog by the URL of the request.
# Really:   it is found only where the URL has a port that is not the usual one. Behind http://host/compute, as DevStack has it,
#           and behind https://host, with :443 or without, the target of each notification is "unknown", the kind of
#           resource is not told either, and nothing is logged. The map's target_endpoint_type = None is the text "None",
#           which is the type of no service; with compute in its place every request is found.
# Versions: keystonemiddleware 13.0.1, pycadf 4.1.0, webob 1.8.11, Python 3.11
# Source:   run here; keystonemiddleware/audit/_api.py, get_target_resource (req_url.port); pycadf's nova_api_audit_map.conf;
#           keystonemiddleware's documentation, "Audit middleware", does not speak of ports.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check keystonemiddleware==13.0.1 pycadf==4.1.0 webob==1.8.11

cat >audits.py <<'PYTHON'
import json
import sys
from pathlib import Path

import webob
from keystonemiddleware.audit._api import OpenStackAuditApi

shipped = Path(sys.prefix, "etc/pycadf/nova_api_audit_map.conf").read_text()
Path("shipped.conf").write_text(shipped)
Path("compute.conf").write_text(shipped.replace("target_endpoint_type = None", "target_endpoint_type = compute"))
for url in ("http://host:8774/v2.1", "http://host/compute/v2.1", "https://compute.host/v2.1", "https://host:443/compute/v2.1"):
    urls = dict.fromkeys(("publicURL", "internalURL", "adminURL"), url)
    catalog = json.dumps([{"type": "compute", "name": "nova", "endpoints": [{"id": "nova", **urls}]}])
    told = []
    for audit_map in ("shipped.conf", "compute.conf"):
        request = webob.Request.blank(f"{url}/servers/1", environ={"HTTP_X_SERVICE_CATALOG": catalog})
        target = OpenStackAuditApi(audit_map)._create_event(request).as_dict()["target"]
        told.append(f"{target['name']} {target['typeURI']}")
    print(f"{url}: {told[0]}; with target_endpoint_type {told[1]}")
PYTHON
seen=$(venv/bin/python audits.py 2>stderr)
echo "$seen"
expected="http://host:8774/v2.1: nova service/compute/servers/server; with target_endpoint_type nova service/compute/servers/server
http://host/compute/v2.1: unknown unknown; with target_endpoint_type nova service/compute/servers/server
https://compute.host/v2.1: unknown unknown; with target_endpoint_type nova service/compute/servers/server
https://host:443/compute/v2.1: unknown unknown; with target_endpoint_type nova service/compute/servers/server"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
