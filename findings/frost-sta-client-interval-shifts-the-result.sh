#!/usr/bin/env bash
# Guess:    the time of an observation that frost-sta-client, Fraunhofer's client for OGC's SensorThings, is given in a form that it
#           accepts, one datetime, a list of two, or a text, is sent as SensorThings wants it, an instant or an interval with a
#           slash and with an offset, one by one and in a data array alike; what it cannot send, it refuses.
# Really:   of a list of two the slash is missing: 2026-11-30T10:00:00+00:002026-11-30T11:00:00+00:00. In a data array such a time,
#           or none, is not written at all, so everything behind it moves to the left: the result stands in the column of the time,
#           and the time of the result in that of the result, where any value is allowed. A text without an offset stays without
#           one, and a year is its first midnight, also without.
# Versions: frost_sta_client 1.1.53, Python 3.11
# Source:   run here, with a server that writes down what comes; frost_sta_client/utils.py, parse_datetime (no slash between the
#           two); model/ext/data_array_value.py, from_observation (a text or a datetime is appended, otherwise nothing);
#           model/observation.py (check_datetime takes all of them); its README ("DataArrays", with an interval as a text).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check frost_sta_client==1.1.53

cat >observe.py <<'PYTHON'
import json
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

import frost_sta_client as fsc

BEGIN, END = (datetime(2026, 11, 30, hour, tzinfo=timezone.utc) for hour in (10, 11))
DONE = "2026-11-30T12:00:00Z"
TIMES = {
    "a datetime": BEGIN,
    "a list of two": [BEGIN, END],
    "a text of two": "2026-11-30T10:00:00Z/2026-11-30T11:00:00Z",
    "a text without offset": "2026-11-30T10:00:00",
    "a year": "2026",
    "none": None,
}
received = []


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        received.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(201)
        self.send_header("location", "http://localhost/v1.1/Observations(1)")
        self.end_headers()
        self.wfile.write(b'["http://localhost/v1.1/Observations(1)"]')

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
service = fsc.SensorThingsService(f"http://127.0.0.1:{server.server_port}/v1.1")
for name, time in TIMES.items():
    observation = fsc.Observation(phenomenon_time=time, result=21.5, result_time=DONE)
    service.create(observation)
    print(f"{name}: {received[-1].get('phenomenonTime')}, result {received[-1]['result']}")
    array = fsc.model.ext.data_array_value.DataArrayValue()
    array.components = {array.Property.PHENOMENON_TIME, array.Property.RESULT, array.Property.RESULT_TIME}
    array.datastream = fsc.Datastream(id=1)
    array.add_observation(observation)
    document = fsc.model.ext.data_array_document.DataArrayDocument()
    document.add_data_array_value(array)
    service.observations().create(document)
    print(f"  in an array of {received[-1][0]['components']}: {received[-1][0]['dataArray'][0]}")
server.shutdown()
PYTHON
seen=$(venv/bin/python -W ignore observe.py)
echo "$seen"
expected="a datetime: 2026-11-30T10:00:00+00:00, result 21.5
  in an array of ['phenomenonTime', 'result', 'resultTime']: ['2026-11-30T10:00:00+00:00', 21.5, '2026-11-30T12:00:00Z']
a list of two: 2026-11-30T10:00:00+00:002026-11-30T11:00:00+00:00, result 21.5
  in an array of ['phenomenonTime', 'result', 'resultTime']: [21.5, '2026-11-30T12:00:00Z']
a text of two: 2026-11-30T10:00:00+00:00/2026-11-30T11:00:00+00:00, result 21.5
  in an array of ['phenomenonTime', 'result', 'resultTime']: ['2026-11-30T10:00:00Z/2026-11-30T11:00:00Z', 21.5, '2026-11-30T12:00:00Z']
a text without offset: 2026-11-30T10:00:00, result 21.5
  in an array of ['phenomenonTime', 'result', 'resultTime']: ['2026-11-30T10:00:00', 21.5, '2026-11-30T12:00:00Z']
a year: 2026-01-01T00:00:00, result 21.5
  in an array of ['phenomenonTime', 'result', 'resultTime']: ['2026', 21.5, '2026-11-30T12:00:00Z']
none: None, result 21.5
  in an array of ['phenomenonTime', 'result', 'resultTime']: [21.5, '2026-11-30T12:00:00Z']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
