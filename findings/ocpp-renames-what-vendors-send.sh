#!/usr/bin/env bash
# Guess:    in the messages of charging stations ocpp gives Python's names to what OCPP defines, evseId as evse_id, and leaves what
#           a vendor puts into customData or DataTransfer as it is: what a station sent can be sent back.
# Really:   every name at every depth is changed, both ways, and not back again: image_id that came is sent as imageId, ID as id,
#           id_2 as id2, soc_limit as SoCLimit. Of two names that become one, imageId and image_id, one is lost without a word.
#           Values are left alone, so what a vendor sends as a text of JSON survives.
# Versions: ocpp 2.1.0, Python 3.11
# Source:   run here; ocpp/charge_point.py, camel_to_snake_case and snake_to_camel_case; ocpp's documentation says that all keys
#           are converted; its issue 644 (closed) of vendors' data.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ocpp==2.1.0

cat >station.py <<'PYTHON'
import asyncio
import json

from ocpp.routing import on
from ocpp.v201 import ChargePoint, call_result


class Connection:
    async def send(self, message):
        self.sent = message


class Station(ChargePoint):
    @on("DataTransfer")
    def on_data_transfer(self, vendor_id, data, **_):
        self.given = data
        return call_result.DataTransfer(status="Accepted", data=data)


async def echo(data):
    station = Station("station", Connection())
    await station.route_message(json.dumps([2, "1", "DataTransfer", {"vendorId": "vendor", "data": data}]))
    return station.given, json.loads(station._connection.sent)[2]["data"]


for data in (
    {"imageId": 1}, {"image_id": 1}, {"ID": 1}, {"id_2": 1}, {"tenantIDs": 1}, {"soc_limit": 1}, {"imageId": 1, "image_id": 2},
    '{"image_id": 1}',
):  # fmt: skip
    given, back = asyncio.run(echo(data))
    print(f"came {data}, handed over {given}, sent back {back}")
PYTHON
seen=$(venv/bin/python station.py)
echo "$seen"
expected="came {'imageId': 1}, handed over {'image_id': 1}, sent back {'imageId': 1}
came {'image_id': 1}, handed over {'image_id': 1}, sent back {'imageId': 1}
came {'ID': 1}, handed over {'id': 1}, sent back {'id': 1}
came {'id_2': 1}, handed over {'id_2': 1}, sent back {'id2': 1}
came {'tenantIDs': 1}, handed over {'tenant_i_ds': 1}, sent back {'tenantIDs': 1}
came {'soc_limit': 1}, handed over {'soc_limit': 1}, sent back {'SoCLimit': 1}
came {'imageId': 1, 'image_id': 2}, handed over {'image_id': 2}, sent back {'imageId': 2}
came {\"image_id\": 1}, handed over {\"image_id\": 1}, sent back {\"image_id\": 1}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
