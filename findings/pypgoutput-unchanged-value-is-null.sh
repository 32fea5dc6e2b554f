#!/usr/bin/env bash
# Guess:    a change event that pypgoutput makes of PostgreSQL's logical replication says what the row is after the change: a large
#           value that was not touched, which PostgreSQL does not send again, is marked, as Debezium marks it, or left out.
# Really:   it is null, as a value that was set to NULL is: whoever keeps a copy of the row by the events erases its text. Where the
#           column is NOT NULL, the error about it is caught within the iterator, logged, and the `for` loop over the events ends as
#           if there were no more. A numeric is a float, so 1234567890123456.7891 is 1234567890123456.8, and a boolean the text "t"
#           or "f", which is true either way.
# Versions: pypgoutput 0.0.3 (the last), pydantic 1.10.26, psycopg2-binary 2.9.13, Python 3.11
# Source:   run here, on messages written by PostgreSQL's documentation of TupleData (Byte1('u')), which the decoder quotes;
#           pypgoutput/decoders.py, read_tuple_data (n and u alike), and reader.py: map_tuple_to_dict, convert_pg_type_to_py_type
#           and __next__ (every exception becomes StopIteration); Debezium's guide, "Toasted values" (a placeholder).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check psycopg2-binary==2.9.13 pydantic==1.10.26
# Without its dependencies: psycopg2 would be compiled, and is the same as psycopg2-binary.
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps pypgoutput==0.0.3

cat >changes.py <<'PYTHON'
import contextlib
import datetime
import io
import logging
import struct
import uuid

import pypgoutput
from pypgoutput.reader import ReplicationMessage

NULL, UNCHANGED = b"n", b"u"
# name, number and name of the type, whether it may be null, whether it is the key
COLUMNS = [
    ("id", 20, "bigint", False, True),
    ("location", 25, "text", False, False),
    ("properties", 3802, "text", True, False),
    ("price", 1700, "numeric(20,4)", True, False),
    ("protected", 16, "boolean", True, False),
]
BEGIN = b"B" + struct.pack("!qqi", 1, 0, 5)
RELATION = b"R" + struct.pack("!i", 7) + b"public\0images\0d" + struct.pack("!h", len(COLUMNS))
RELATION += b"".join(struct.pack("!b", key) + name.encode() + b"\0" + struct.pack("!ii", kind, -1) for name, kind, _, _, key in COLUMNS)


def change(letter, *values):
    """Returns the message of an insert (I) or an update (U) with a new row of these values."""
    row = struct.pack("!h", len(values))
    for value in values:
        row += value if value in (NULL, UNCHANGED) else b"t" + struct.pack("!i", len(value)) + value.encode()
    return letter + struct.pack("!i", 7) + b"N" + row


class Catalogue:
    """Answers for the database what the reader asks of a table."""

    def fetch_column_type(self, type_id, atttypmod):
        return next(name for _, number, name, _, _ in COLUMNS if number == type_id)

    def fetch_if_column_is_optional(self, table_schema, table_name, column_name):
        return next(optional for name, _, _, optional, _ in COLUMNS if name == column_name)


class Reader(pypgoutput.LogicalReplicationReader):
    """Reads messages that are there, instead of a connection's."""

    def setup(self):
        self.source_db_handler, self.database = Catalogue(), "glance"
        now = datetime.datetime.now()
        messages = (
            ReplicationMessage(message_id=uuid.uuid4(), data_start=1, payload=body, send_time=now, data_size=len(body), wal_end=1)
            for body in (BEGIN, RELATION, *CHANGES)
        )
        self.transformed_msgs = self.transform_raw(messages)

    def stop(self):
        pass


CHANGES = [
    change(b"I", "1", "file:///a", "much text", "1234567890123456.7891", "f"),
    change(b"U", "1", "file:///b", UNCHANGED, "2.50", "t"),
    change(b"U", "1", "file:///b", NULL, "2.50", "t"),
    change(b"U", "1", UNCHANGED, "other text", "2.50", "t"),
    change(b"U", "2", "file:///c", "some text", "2.50", "t"),
]
logging.disable()
with contextlib.redirect_stdout(io.StringIO()):  # it prints of each table
    events = list(Reader(publication_name="images", slot_name="images", dsn=""))
for event in events:
    print(event.op, event.after)
print(f"{len(events)} events of {len(CHANGES)} changes")
PYTHON
seen=$(venv/bin/python changes.py)
echo "$seen"
expected="I {'id': 1, 'location': 'file:///a', 'properties': 'much text', 'price': 1234567890123456.8, 'protected': 'f'}
U {'id': 1, 'location': 'file:///b', 'properties': None, 'price': 2.5, 'protected': 't'}
U {'id': 1, 'location': 'file:///b', 'properties': None, 'price': 2.5, 'protected': 't'}
3 events of 5 changes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
