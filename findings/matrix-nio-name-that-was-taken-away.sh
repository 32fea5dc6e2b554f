#!/usr/bin/env bash
# Guess:    a Matrix client made with matrix-nio, which holds each event against a JSON Schema, knows of a room what the last state
#           event says: where a name is taken away, by an event without one, by null or by redaction, the room has none, as Matrix
#           has it for m.room.name.
# Really:   an event without a name, or with null, breaks nio's schema, so it is a BadEvent, which changes nothing, and one that
#           was redacted is a RedactedEvent, which changes nothing either: the room keeps the name that is no more, for a moderator
#           took it away, and so its topic, its address and its picture. Each event type is lenient in its own way: an address that
#           is absent or null is taken away, a picture only where it is absent, a name and a topic only where they are empty texts.
# Versions: matrix-nio 0.26.0, Python 3.11
# Source:   run here, without a server; nio/schemas.py, room_name and room_topic (required, string); nio/events/misc.py, verify and
#           BadEvent; nio/rooms.py, MatrixRoom.handle_event; Matrix' client-server API, m.room.name (absent, null or empty is the
#           same as no such event) and "Redactions".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check matrix-nio==0.26.0

cat >room.py <<'PYTHON'
import logging

from nio.events import Event
from nio.rooms import MatrixRoom

logging.disable(logging.CRITICAL)


def told(kind, content, **more):
    about = {"event_id": "$1:example.org", "sender": "@a:example.org", "origin_server_ts": 1, "room_id": "!r:example.org"}
    return Event.parse_event({**about, "type": kind, "state_key": "", "content": content, **more})


redaction = {
    "type": "m.room.redaction",
    "sender": "@moderator:example.org",
    "event_id": "$2:example.org",
    "origin_server_ts": 2,
    "content": {},
    "redacts": "$1:example.org",
}
for kind, member, value, attribute in (
    ("m.room.name", "name", "Images", "name"),
    ("m.room.topic", "topic", "of disks", "topic"),
    ("m.room.canonical_alias", "alias", "#images:example.org", "canonical_alias"),
    ("m.room.avatar", "url", "mxc://example.org/a", "room_avatar_url"),
):
    for how, event in {
        "empty": told(kind, {member: ""}),
        "absent": told(kind, {}),
        "null": told(kind, {member: None}),
        "redacted": told(kind, {}, unsigned={"redacted_because": redaction}),
    }.items():
        room = MatrixRoom("!r:example.org", "@me:example.org")
        room.handle_event(told(kind, {member: value}))
        room.handle_event(event)
        print(f"{kind} {how}: {type(event).__name__}, {getattr(room, attribute)!r}")
PYTHON
seen=$(venv/bin/python -W ignore room.py)
echo "$seen"
expected="m.room.name empty: RoomNameEvent, ''
m.room.name absent: BadEvent, 'Images'
m.room.name null: BadEvent, 'Images'
m.room.name redacted: RedactedEvent, 'Images'
m.room.topic empty: RoomTopicEvent, ''
m.room.topic absent: BadEvent, 'of disks'
m.room.topic null: BadEvent, 'of disks'
m.room.topic redacted: RedactedEvent, 'of disks'
m.room.canonical_alias empty: RoomAliasEvent, ''
m.room.canonical_alias absent: RoomAliasEvent, None
m.room.canonical_alias null: RoomAliasEvent, None
m.room.canonical_alias redacted: RedactedEvent, '#images:example.org'
m.room.avatar empty: RoomAvatarEvent, ''
m.room.avatar absent: RoomAvatarEvent, None
m.room.avatar null: BadEvent, 'mxc://example.org/a'
m.room.avatar redacted: RedactedEvent, 'mxc://example.org/a'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
