#!/usr/bin/env bash
# Guess:    an event that Open edX sends over its event bus, in Avro, is for the service that receives it what it was for the one
#           that sent it: openedx-events has both sides, and a default stands for what the sender did not say.
# Really:   it also stands for what the sender did say, where that is false, 0 or an empty text: the receiver takes what Python
#           counts as false for missing. A course that nobody may enter, max_students_allowed 0, has None there, which is
#           documented as no limit; and of a class of one's own whose switch is on by default False arrives as True. The bytes
#           between them hold the right values, as fastavro reads them.
# Versions: openedx-events 10.5.0, fastavro 1.12.1, Django 5.2.8, Python 3.11
# Source:   run here; openedx_events/event_bus/avro/deserializer.py, _deserialized_avro_record_dict_to_object (if sub_data or
#           attribute.default is attr.NOTHING); openedx_events/learning/data.py, CcxCourseData (None: no limit).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check openedx-events==10.5.0 fastavro==1.12.1 Django==5.2.8 "setuptools<81"

cat >bus.py <<'PYTHON'
import io

import attr
import django
import fastavro
from django.conf import settings

settings.configure()
django.setup()

from ccx_keys.locator import CCXLocator
from opaque_keys.edx.keys import CourseKey
from openedx_events.event_bus.avro.deserializer import AvroSignalDeserializer, deserialize_bytes_to_event_data
from openedx_events.event_bus.avro.serializer import serialize_event_data_to_bytes
from openedx_events.learning.data import CcxCourseData
from openedx_events.tooling import OpenEdxPublicSignal


@attr.s(frozen=True)
class Switched:
    """An image was shown or hidden."""

    image = attr.ib(type=str)
    visible = attr.ib(type=bool, default=True)
    copies = attr.ib(type=int, default=1)


def passed(value):
    signal = OpenEdxPublicSignal(event_type=f"org.example.{type(value).__name__.lower()}.v1", data={"told": type(value)})
    sent = serialize_event_data_to_bytes({"told": value}, signal)
    between = fastavro.schemaless_reader(io.BytesIO(sent), AvroSignalDeserializer(signal).schema)["told"]
    return between, attr.asdict(deserialize_bytes_to_event_data(sent, signal)["told"])


course = CourseKey.from_string("course-v1:edX+Demo+1")
for limit in (0, 7, None):
    data = CcxCourseData(ccx_course_key=CCXLocator.from_course_locator(course, "1"), master_course_key=course, max_students_allowed=limit)
    print("max_students_allowed", limit, *(each["max_students_allowed"] for each in passed(data)))
for given in ({"visible": False, "copies": 0}, {"visible": True, "copies": 2}):
    print(given, *passed(Switched(image="a1", **given)))
PYTHON
seen=$(venv/bin/python -W ignore bus.py)
echo "$seen"
expected="max_students_allowed 0 0 None
max_students_allowed 7 7 7
max_students_allowed None None None
{'visible': False, 'copies': 0} {'image': 'a1', 'visible': False, 'copies': 0} {'image': 'a1', 'visible': True, 'copies': 1}
{'visible': True, 'copies': 2} {'image': 'a1', 'visible': True, 'copies': 2} {'image': 'a1', 'visible': True, 'copies': 2}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
