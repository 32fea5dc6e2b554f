#!/usr/bin/env bash
# Guess:    what a change notification has beyond the properties that a class of Microsoft's Kiota knows, and its additional_data
#           holds so that nothing is lost, is written again as it came, as from every client that Kiota generates, Graph's too.
# Really:   in Python each text among it is looked at. One that looks like a date is made a moment, so the day 2026-11-30 is sent on
#           as 2026-11-30T00:00:00, at every depth, and of the seven digits that .NET writes behind a second the last is dropped; an
#           id in capitals is a UUID, and sent on in small letters. A list of objects in which one is null, or of an object and a
#           number, is read, and then cannot be written: a TypeError, so the whole notification is not.
# Versions: microsoft-kiota-serialization-json 1.16.0, microsoft-kiota-abstractions 1.16.0, Python 3.11
# Source:   run here; kiota_serialization_json/json_parse_node.py, try_get_anything and its two patterns;
#           json_serialization_writer.py, write_any_value (the kinds of lists that it knows).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check microsoft-kiota-serialization-json==1.16.0 \
  microsoft-kiota-abstractions==1.16.0

cat >again.py <<'PYTHON'
import json

from kiota_abstractions.serialization import AdditionalDataHolder, Parsable
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from kiota_serialization_json.json_serialization_writer_factory import JsonSerializationWriterFactory


class Notification(AdditionalDataHolder, Parsable):
    """As Kiota generates a class, of no property of its own."""

    def __init__(self):
        self.additional_data = {}

    @staticmethod
    def create_from_discriminator_value(node):
        return Notification()

    def get_field_deserializers(self):
        return {}

    def serialize(self, writer):
        writer.write_additional_data_value(self.additional_data)


def again(text):
    node = JsonParseNodeFactory().get_root_parse_node("application/json", text.encode())
    writer = JsonSerializationWriterFactory().get_serialization_writer("application/json")
    writer.write_object_value(None, node.get_object_value(Notification))
    return json.loads(writer.get_serialized_content())["value"]


for value in (
    "active", 12345678901234567890, None, {"deleted_at": None}, [1, "a", None], "2026-11-30", {"days": [["2026-11-30"]]},
    "2026-11-30T10:00:00+02:00", "2026-11-30T10:00:00.1234567Z", "2026-11-30 10:00:00", "DC78B9A0-1234-4321-8888-ABCDEFABCDEF",
    [{"id": 1}, {"id": 2}], [{"id": 1}, None], [{"id": 1}, 7],
):  # fmt: skip
    try:
        written = again(json.dumps({"value": value}))
        print(json.dumps(value), "the same" if written == value else json.dumps(written))
    except TypeError:
        print(json.dumps(value), "TypeError")
PYTHON
seen=$(venv/bin/python again.py)
echo "$seen"
expected='"active" the same
12345678901234567890 the same
null the same
{"deleted_at": null} the same
[1, "a", null] the same
"2026-11-30" "2026-11-30T00:00:00"
{"days": [["2026-11-30"]]} {"days": [["2026-11-30T00:00:00"]]}
"2026-11-30T10:00:00+02:00" the same
"2026-11-30T10:00:00.1234567Z" "2026-11-30T10:00:00.123456+00:00"
"2026-11-30 10:00:00" "2026-11-30T10:00:00"
"DC78B9A0-1234-4321-8888-ABCDEFABCDEF" "dc78b9a0-1234-4321-8888-abcdefabcdef"
[{"id": 1}, {"id": 2}] the same
[{"id": 1}, null] TypeError
[{"id": 1}, 7] TypeError'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
