#!/usr/bin/env bash
# Guess:    what a service gives logging in extra arrives in Graylog or Logstash under its name; a name that is not possible is
#           refused, as logging itself refuses extra={"name": …} with a KeyError.
# Really:   `id` is left out without a word by all three: extra={"id": image_id, "status": …} has a status and no id. GELF asks
#           libraries not to send one; Logstash knows no such rule, but python-logstash-async has the name in its list of what
#           to skip, too. Its lines take `level`, `host` and `tags` from extra instead: the level of the record is gone. Within
#           an object, as in extra={"payload": {"id": …}}, the id arrives everywhere.
# Versions: graypy 2.1.0, pygelf 0.4.3, python-logstash-async 4.1.0, Python 3.11
# Source:   run here; the GELF specification on additional fields ("_id"); each library's list of fields to skip
#           (logstash_async/constants.py, FORMATTER_RECORD_FIELD_SKIP_LIST).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check graypy==2.1.0 pygelf==0.4.3 python-logstash-async==4.1.0

cat >ships.py <<'PYTHON'
import json
import logging

import graypy
import pygelf
from logstash_async.formatter import LogstashFormatter

IMAGE = "dc78c8d5-10bb-4452-9d15-613728fd7fba"
record = logging.getLogger("glance").makeRecord(
    "glance", logging.ERROR, "image.py", 1, "image.update", (), None,
    extra={"id": IMAGE, "status": "active", "payload": {"id": IMAGE}, "level": "audit", "host": "of the image"},
)  # fmt: skip
graylog = graypy.GELFUDPHandler("127.0.0.1", 12201, compress=False)
gelf = pygelf.GelfUdpHandler("127.0.0.1", 12201, compress=False, include_extra_fields=True)
for name, line in {
    "graypy": graylog.makePickle(record),
    "pygelf": gelf.convert_record_to_gelf(record),
    "logstash": LogstashFormatter(extra_prefix=None).format(record),
}.items():
    shipped = json.loads(line)
    fields = {field.removeprefix("_"): value for field, value in shipped.items()}
    print(f"{name}: id {fields.get('id')}, status {fields['status']}, payload {fields['payload']}, level {shipped['level']}")
PYTHON
seen=$(venv/bin/python ships.py)
echo "$seen"
payload="payload {'id': 'dc78c8d5-10bb-4452-9d15-613728fd7fba'}"
expected="graypy: id None, status active, $payload, level 3
pygelf: id None, status active, $payload, level 3
logstash: id None, status active, $payload, level audit"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
