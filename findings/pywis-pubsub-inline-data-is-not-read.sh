#!/usr/bin/env bash
# Guess:    of a WIS2 notification that has its data within itself, as small bulletins and warnings do, WMO's own client for Python,
#           pywis-pubsub, takes the data from there; and what its command publishes of a time, a period and a place is a WIS2
#           notification.
# Really:   it looks for "content" beside "properties", where no notification has it, and not in them, so everything is downloaded
#           all the same; what the server answers is the data, the page of a 404, too. What it publishes of --datetime
#           2026-11-30T10:00:00Z has lost the Z, so it is no date-time; of a period the end is called "endstart_datetime"; and the
#           coordinates of --geometry 13.4,52.5 are that text. It sends all of it, without validating it.
# Versions: pywis-pubsub 0.12.0, Python 3.11
# Source:   run here against a server of this machine, with the broker left out; pywis_pubsub/message.py, get_data ('content' in
#           msg_dict, and no raise_for_status); pywis_pubsub/verification.py and subscribe.py, which have properties.content for the
#           size; pywis_pubsub/publish.py, publish and create_message, whose documentation calls what it makes WIS2 compliant;
#           pywis_pubsub/util.py, json_serial; WIS2 Notification Message, "properties.content"; GeoJSON (RFC 7946), 3.1.1.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile pywis-pubsub==0.12.0

cat >warning.py <<'PYTHON'
import base64
import json
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

logging.disable()
from click.testing import CliRunner  # noqa: E402
import pywis_pubsub.publish  # noqa: E402
from pywis_pubsub.message import get_data  # noqa: E402

DATA = b"WWCN11 storm warning"


class Server(BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self):
        Server.asked += 1
        found = self.path == "/there"
        body = DATA if found else b"<html>not found</html>"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"


def notification(path, inline):
    content = {"encoding": "base64", "value": base64.b64encode(DATA).decode(), "size": len(DATA)}
    properties = {"pubtime": "2026-11-30T10:00:00Z", "data_id": "a/b", **({"content": content} if inline else {})}
    link = {"rel": "canonical", "type": "text/plain", "href": url + path, "length": len(DATA)}
    return {"id": "x", "type": "Feature", "geometry": None, "properties": properties, "links": [link]}


for path in ("/there", "/gone"):
    for inline in (False, True):
        Server.asked = 0
        data = get_data(notification(path, inline))
        print(f"{path}, inline {inline}: {data.decode()}, downloads: {Server.asked}")


class Client:
    """In the place of the client for the broker."""

    broker_safe_url = "broker"

    def __init__(self, *_):
        pass

    def pub(self, topic, message, qos):
        told = json.loads(message)
        times = {name: value for name, value in told["properties"].items() if name.endswith("datetime")}
        print("  published:", json.dumps(times), json.dumps(told["geometry"]))


publish = sys.modules["pywis_pubsub.publish"]  # the package has the command under this name
publish.MQTTPubSubClient = Client
with open("config.yml", "w") as configuration:
    configuration.write("broker: mqtt://localhost\npublish_topic: a\ncontent_type: text/plain\n")
for options in (["-d", "2026-11-30T10:00:00Z"], ["-d", "2026-11-30T10:00:00Z/2026-11-30T11:00:00Z"], ["-g", "13.4,52.5"]):
    ran = CliRunner().invoke(publish.publish, ["-c", "config.yml", "-u", f"{url}/there", *options])
    print(f"publish {' '.join(options)}: exit status {ran.exit_code}")
    print(*(line for line in ran.output.splitlines() if "published" in line), sep="\n")
PYTHON
seen=$(venv/bin/python -W ignore warning.py)
echo "$seen"
expected='/there, inline False: WWCN11 storm warning, downloads: 1
/there, inline True: WWCN11 storm warning, downloads: 1
/gone, inline False: <html>not found</html>, downloads: 1
/gone, inline True: <html>not found</html>, downloads: 1
publish -d 2026-11-30T10:00:00Z: exit status 0
  published: {"datetime": "2026-11-30T10:00:00"} null
publish -d 2026-11-30T10:00:00Z/2026-11-30T11:00:00Z: exit status 0
  published: {"start_datetime": "2026-11-30T10:00:00", "endstart_datetime": "2026-11-30T11:00:00"} null
publish -g 13.4,52.5: exit status 0
  published: {"datetime": null} {"type": "Point", "coordinates": "13.4,52.5"}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
