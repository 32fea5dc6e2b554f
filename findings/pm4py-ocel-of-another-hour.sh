#!/usr/bin/env bash
# Guess:    an object-centric event log that pm4py writes in the JSON of OCEL and reads again has the times of its events as
#           they were, as in the SQLite or XML form of OCEL 2.0.
# Really:   the JSON forms, and the XML of OCEL 1.0, write the clock time up to the second with a Z behind it, whatever the
#           column's zone is: events of Berlin are an hour late, and two events of the same second have one time, so what was
#           first cannot be told any more. SQLite and the XML of 2.0 keep moment and fraction; but in XML numbers and booleans
#           are read as texts, and in SQLite true is 1.
# Versions: pm4py 2.7.23.11, pandas 3.1.1, Python 3.11
# Source:   run here; pm4py/objects/ocel/exporter/util/clean_dataframes.py (strftime with a literal Z); OCEL 2.0, whose times
#           are of ISO 8601.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile pm4py==2.7.23.11 pandas==3.1.1

cat >log.py <<'PYTHON'
import pandas
import pm4py
from pm4py.objects.ocel.obj import OCEL

UTC = pandas.to_datetime(["2026-11-30T08:00:00.250Z", "2026-11-30T08:00:00.750Z"], format="ISO8601")
for zone in ("UTC", "Europe/Berlin"):
    happened = {
        "ocel:eid": ["e2", "e1"], "ocel:activity": ["create", "delete"], "ocel:timestamp": UTC.tz_convert(zone),
    }  # fmt: skip
    image = {"ocel:oid": ["i1"], "ocel:type": ["image"]}
    log = OCEL(
        pandas.DataFrame({**happened, "size": [1, 2], "hidden": [True, False]}), pandas.DataFrame(image),
        pandas.DataFrame({**happened, **{name: value * 2 for name, value in image.items()}}),
    )  # fmt: skip
    for form, suffix in (
        ("ocel_json", "jsonocel"),
        ("ocel_xml", "xmlocel"),
        ("ocel2_json", "json"),
        ("ocel2_sqlite", "sqlite"),
        ("ocel2_xml", "xml"),
    ):
        path = f"{zone[:3]}.{suffix}"
        getattr(pm4py, f"write_{form}")(log, path)
        events = getattr(pm4py, f"read_{form}")(path).events
        print("read", zone, form, *(time.strftime("%H:%M:%S.%f")[:-3] for time in events["ocel:timestamp"]), end=" ")
        print(*(repr(events[name].tolist()[0]) for name in ("size", "hidden")))
PYTHON
seen=$(venv/bin/python -W ignore log.py 2>stderr | grep ^read)
echo "$seen"
expected="read UTC ocel_json 08:00:00.000 08:00:00.000 1 True
read UTC ocel_xml 08:00:00.000 08:00:00.000 '1' 'True'
read UTC ocel2_json 08:00:00.000 08:00:00.000 1 True
read UTC ocel2_sqlite 08:00:00.250 08:00:00.750 1 1
read UTC ocel2_xml 08:00:00.250 08:00:00.750 '1' 'True'
read Europe/Berlin ocel_json 09:00:00.000 09:00:00.000 1 True
read Europe/Berlin ocel_xml 09:00:00.000 09:00:00.000 '1' 'True'
read Europe/Berlin ocel2_json 09:00:00.000 09:00:00.000 1 True
read Europe/Berlin ocel2_sqlite 08:00:00.250 08:00:00.750 1 1
read Europe/Berlin ocel2_xml 08:00:00.250 08:00:00.750 '1' 'True'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
