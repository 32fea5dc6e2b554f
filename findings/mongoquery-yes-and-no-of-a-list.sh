#!/usr/bin/env bash
# Guess:    a filter in MongoDB's language picks, with mongoquery, which is there to match Python objects by it, the events that
#           MongoDB picks, as mongomock does, which stands in for MongoDB in tests: of a value and its $ne an event meets one.
# Really:   an event with the tags ["public", "gold"] meets both {"tags": "public"} and {"tags": {"$ne": "public"}}, and it is $nin
#           alone that says no. An event without deleted_at is not one where deleted_at is null, so a filter for what was not
#           deleted finds only what says so; {"$in": [null, …]} likewise. Of a list no item is compared by $lt and $gt, and true is
#           below 8. Nothing is raised.
# Versions: mongoquery 1.4.3, mongomock 4.3.0, Python 3.11
# Source:   run here; mongoquery/__init__.py, Query._gt, _ne and _in; MongoDB's manual, Query for Null or Missing Fields.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check mongoquery==1.4.3 mongomock==4.3.0

cat >filters.py <<'PYTHON'
import json

import mongomock
import mongoquery

EVENTS = {
    "created": {"tags": ["public", "gold"], "sizes": [1, 9]},
    "saved": {"tags": ["gold"], "deleted_at": None, "sizes": 7},
    "deleted": {"tags": "public", "deleted_at": "2026-11-30", "sizes": True},
}
stored = mongomock.MongoClient().events.images
stored.insert_many({"_id": name, **event} for name, event in EVENTS.items())
for wanted in (
    {"tags": "public"}, {"tags": {"$ne": "public"}}, {"tags": {"$nin": ["public"]}}, {"deleted_at": None},
    {"deleted_at": {"$in": [None, "never"]}}, {"deleted_at": {"$exists": False}}, {"sizes": {"$gt": 8}}, {"sizes": {"$lt": 8}},
):  # fmt: skip
    print(json.dumps(wanted))
    print("  mongoquery", *(name for name, event in EVENTS.items() if mongoquery.Query(wanted).match(event)))
    print("  mongomock ", *(found["_id"] for found in stored.find(wanted)))
PYTHON
seen=$(venv/bin/python filters.py)
echo "$seen"
expected='{"tags": "public"}
  mongoquery created deleted
  mongomock  created deleted
{"tags": {"$ne": "public"}}
  mongoquery created saved
  mongomock  saved
{"tags": {"$nin": ["public"]}}
  mongoquery saved
  mongomock  saved
{"deleted_at": null}
  mongoquery saved
  mongomock  created saved
{"deleted_at": {"$in": [null, "never"]}}
  mongoquery saved
  mongomock  created saved
{"deleted_at": {"$exists": false}}
  mongoquery created
  mongomock  created
{"sizes": {"$gt": 8}}
  mongoquery
  mongomock  created
{"sizes": {"$lt": 8}}
  mongoquery saved deleted
  mongomock  created saved'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
