#!/usr/bin/env bash
# Guess:    an OpenLineage event that its Python client writes holds the lists of a facet as they were given; only absent
#           attributes are left out.
# Really:   null is taken out of lists, too: [10, null, 30], a value for each of three columns, is sent as [10, 30], and what
#           belonged to the third column belongs to the second now. A time without an offset is sent as it is, although the
#           client checks eventTime and OpenLineage's schema says format date-time.
# Versions: openlineage-python 1.54.0, jsonschema 4.26.0 with rfc3339-validator 0.1.4, Python 3.11
# Source:   run here with the file transport; openlineage/client/serde.py, remove_nulls_and_enums.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  openlineage-python==1.54.0 jsonschema==4.26.0 rfc3339-validator==0.1.4

cat >facets.py <<'PYTHON'
import glob
import json

import attr
import jsonschema
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
from openlineage.client.generated.base import RunFacet
from openlineage.client.transport.file import FileConfig, FileTransport


@attr.define(kw_only=True)
class Counts(RunFacet):
    counts: list


client = OpenLineageClient(transport=FileTransport(FileConfig(log_file_path="events", append=True)))
run = Run(runId="0192a1b2-0000-7000-8000-000000000001", facets={"counts": Counts(counts=[10, None, 30])})
job = Job("images", "import")
client.emit(RunEvent(eventType=RunState.COMPLETE, eventTime="2026-11-29T08:00:00", run=run, job=job, producer="https://example.org"))
(path,) = glob.glob("events*")
with open(path) as lines:
    event = json.loads(lines.readline())
print("counts", event["run"]["facets"]["counts"]["counts"])
date_time = jsonschema.Draft202012Validator({"format": "date-time"}, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
print("eventTime", event["eventTime"], "is a date-time:", date_time.is_valid(event["eventTime"]))
PYTHON
seen=$(venv/bin/python facets.py 2>stderr)
echo "$seen"
expected="counts [10, 30]
eventTime 2026-11-29T08:00:00 is a date-time: False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
