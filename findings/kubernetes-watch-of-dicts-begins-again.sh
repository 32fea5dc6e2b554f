#!/usr/bin/env bash
# Guess:    Watch().stream(…, deserialize=False) of Kubernetes' client for Python hands over the same events as without it, as plain
#           dicts: what it costs to make objects is saved, and that a server ends a watch every few minutes is dealt with as ever.
# Really:   it does not note how far it has come. With the resource_version of a list, the usual way, each time the server ends the
#           watch it begins again behind that list, and hands over once more all that it has handed over: the same events come again
#           and again. Without one it ends, as if nothing came any more. Where the version is too old, code 410, for which a new
#           watch is tried otherwise, and of every other error that the server tells, a KeyError, 'raw_object', is raised instead of
#           ApiException.
# Versions: kubernetes 37.0.2, Python 3.11
# Source:   run here against a server of this machine that ends each watch after its events; kubernetes/watch/watch.py, stream
#           (json.loads in the place of unmarshal_event, which notes the version) and its docstring; Kubernetes' documentation, "API
#           Concepts", "Efficient detection of changes"; pull request 2404 of kubernetes-client/python (of the option).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile kubernetes==37.0.2

cat >watching.py <<'PYTHON'
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from kubernetes import client, watch

WATCHES = 4  # how often it may ask before this program has seen enough


def event(kind, name, version):
    return {"type": kind, "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "resourceVersion": version}}}


HISTORY = [event("ADDED", "a", "6"), event("MODIFIED", "a", "7"), event("ADDED", "b", "8")]
GONE = {"type": "ERROR", "object": {"kind": "Status", "code": 410, "reason": "Expired", "message": "too old resource version"}}


class Server(BaseHTTPRequestHandler):
    asked: list = []

    def do_GET(self):
        version = re.search(r"resourceVersion=(\d+)", self.path)
        since = int(version[1]) if version else 0
        self.asked.append(since)
        newer = [GONE] if since == 1 else [each for each in HISTORY if int(each["object"]["metadata"]["resourceVersion"]) > since]
        self.send_response(200)
        self.end_headers()
        for each in newer[:2]:  # then the server ends this watch
            self.wfile.write(json.dumps(each).encode() + b"\n")

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
configuration = client.Configuration()
configuration.host = f"http://127.0.0.1:{server.server_port}"
pods = client.CoreV1Api(client.ApiClient(configuration))


def list_pods(*arguments, **options):
    """The API's own, which ends the stream once it was asked so often: it would not end."""
    if len(Server.asked) >= WATCHES:
        stream.stop()
    return pods.list_namespaced_pod(*arguments, **options)


list_pods.__doc__ = pods.list_namespaced_pod.__doc__
list_pods.__annotations__ = pods.list_namespaced_pod.__annotations__
for deserialize in (True, False):
    for version in ("5", None, "1"):
        stream, Server.asked = watch.Watch(), []
        came = []
        since = {} if version is None else {"resource_version": version}
        try:
            for each in stream.stream(list_pods, "default", deserialize=deserialize, **since):
                metadata = each["raw_object" if deserialize else "object"]["metadata"]
                came.append(f"{each['type']} {metadata['name']}")
        except Exception as error:
            came.append(f"{type(error).__name__} {getattr(error, 'status', error)}")
        print(f"deserialize={deserialize}, since {version}: {', '.join(came)}; asked since", *Server.asked)
PYTHON
seen=$(venv/bin/python -W ignore watching.py)
echo "$seen"
expected="deserialize=True, since 5: ADDED a, MODIFIED a, ADDED b; asked since 5 7 8 8 8
deserialize=True, since None: ADDED a, MODIFIED a, ADDED b; asked since 0 7 8 8 8
deserialize=True, since 1: ApiException 410; asked since 1 1
deserialize=False, since 5: ADDED a, MODIFIED a, ADDED a, MODIFIED a, ADDED a, MODIFIED a, ADDED a, MODIFIED a, ADDED a; \
asked since 5 5 5 5 5
deserialize=False, since None: ADDED a, MODIFIED a; asked since 0
deserialize=False, since 1: KeyError 'raw_object'; asked since 1"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
