#!/usr/bin/env bash
# Guess:    a BPMN workflow that waits for a message, and that SpiffWorkflow's own serializer has written and read in the meantime,
#           has the data that it had: times, durations and ids are among the types that the serializer knows, and of an object that
#           is not registered its documentation says that it is returned as it is.
# Really:   of a duration whole days and seconds are written, so a timeout of 250 milliseconds is one of none, after one night in the
#           database. An event's payload with a member "typename" is taken for something that the serializer wrote: of a name that is
#           no class of its own the workflow is written, and cannot be read any more, a TypeError; {"typename": "UUID", "value": …} is
#           a UUID afterwards. A moment keeps its microseconds.
# Versions: SpiffWorkflow 3.2.0, Python 3.11
# Source:   run here; SpiffWorkflow/bpmn/serializer/helpers/registry.py, DefaultRegistry (days and seconds of a timedelta), and
#           dictionary.py, restore and the text above it ("Unrecognized objects will be returned as-is").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check SpiffWorkflow==3.2.0

cat >again.py <<'PYTHON'
import datetime
import uuid

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="images">
  <process id="image" isExecutable="true">
    <startEvent id="created"/><sequenceFlow id="flow" sourceRef="created" targetRef="deleted"/><endEvent id="deleted"/>
  </process>
</definitions>"""
parser = BpmnParser()
parser.add_bpmn_xml(etree.fromstring(PROCESS))
serializer = BpmnWorkflowSerializer()


def again(value):
    workflow = BpmnWorkflow(parser.get_spec("image"))
    workflow.data["value"] = value
    text = serializer.serialize_json(workflow)
    try:
        return repr(serializer.deserialize_json(text).data["value"])
    except TypeError as error:
        return f"cannot be read: {error}"


for value in (
    datetime.datetime(2026, 11, 30, 10, 0, 0, 5, datetime.timezone.utc), uuid.UUID(int=1), datetime.timedelta(days=1, seconds=90),
    datetime.timedelta(milliseconds=250), datetime.timedelta(seconds=9, microseconds=999999), {"type": "image"},
    {"typename": "image"}, {"typename": "UUID", "value": "0" * 32},
):  # fmt: skip
    read = again(value)
    print(repr(value), "the same" if read == repr(value) else read)
PYTHON
seen=$(venv/bin/python again.py)
echo "$seen"
expected="datetime.datetime(2026, 11, 30, 10, 0, 0, 5, tzinfo=datetime.timezone.utc) the same
UUID('00000000-0000-0000-0000-000000000001') the same
datetime.timedelta(days=1, seconds=90) the same
datetime.timedelta(microseconds=250000) datetime.timedelta(0)
datetime.timedelta(seconds=9, microseconds=999999) datetime.timedelta(seconds=9)
{'type': 'image'} the same
{'typename': 'image'} cannot be read: 'NoneType' object is not callable
{'typename': 'UUID', 'value': '00000000000000000000000000000000'} UUID('00000000-0000-0000-0000-000000000000')"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
