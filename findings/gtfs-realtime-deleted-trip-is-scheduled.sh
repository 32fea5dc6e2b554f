#!/usr/bin/env bash
# Guess:    a trip of a GTFS-Realtime feed whose schedule_relationship the reader's bindings do not know, for it was added to
#           GTFS later, has one that is unknown to it, or is refused.
# Really:   it is SCHEDULED. An enumeration of proto2 puts a number that it does not know among the unknown fields, and the
#           field has its default: with bindings of version 1.0.0 a trip that was DELETED, and a NEW one that no timetable has,
#           run by the timetable. HasField says False, as of a producer that says nothing. What is written again has the number
#           still. And a vehicle whose crowding nobody told is EMPTY, so reading an attribute is never enough.
# Versions: gtfs-realtime-bindings 3.0.0 (writes) and 1.0.0 (reads), protobuf 7.36.2, Python 3.11
# Source:   run here; GTFS Realtime, "TripDescriptor" (DELETED: the trip must not be shown to people); protobuf's documentation,
#           "Enum Behavior", proto2.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for version in 1.0.0 3.0.0; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/python" -m pip install --quiet --disable-pip-version-check \
    "gtfs-realtime-bindings==$version" protobuf==7.36.2
done

cat >written.py <<'PYTHON'
import sys

from google.transit import gtfs_realtime_pb2 as gtfs

feed = gtfs.FeedMessage()
feed.header.gtfs_realtime_version = "2.0"
for name in ("CANCELED", "DELETED", "NEW"):
    trip = feed.entity.add(id=name).trip_update.trip
    trip.trip_id, trip.schedule_relationship = "t1", gtfs.TripDescriptor.ScheduleRelationship.Value(name)
feed.entity.add(id="vehicle").vehicle.trip.trip_id = "t1"
sys.stdout.buffer.write(feed.SerializeToString())
PYTHON
cat >read.py <<'PYTHON'
import sys

from google.transit import gtfs_realtime_pb2 as gtfs

sent = sys.stdin.buffer.read()
feed = gtfs.FeedMessage.FromString(sent)
for entity in feed.entity[:3]:
    trip = entity.trip_update.trip
    read = gtfs.TripDescriptor.ScheduleRelationship.Name(trip.schedule_relationship)
    print(f"{entity.id}: {read}, said: {trip.HasField('schedule_relationship')}")
vehicle = feed.entity[3].vehicle
print("crowding:", gtfs.VehiclePosition.OccupancyStatus.Name(vehicle.occupancy_status))
print("written again as it was:", feed.SerializeToString() == sent)
PYTHON
venv-3.0.0/bin/python written.py >feed
seen=$(for version in 3.0.0 1.0.0; do echo "by $version"; "venv-$version/bin/python" read.py <feed; done)
echo "$seen"
expected="by 3.0.0
CANCELED: CANCELED, said: True
DELETED: DELETED, said: True
NEW: NEW, said: True
crowding: EMPTY
written again as it was: True
by 1.0.0
CANCELED: CANCELED, said: True
DELETED: SCHEDULED, said: False
NEW: SCHEDULED, said: False
crowding: EMPTY
written again as it was: True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
