#!/usr/bin/env bash
# Guess:    a weather notification that Sarracenia, which relays them between brokers, reads and sends on in the same format is the
#           same notification: in WIS2, the WMO's format, with the id by which brokers know a repetition, and with its links; from
#           its older format v02 into v03 with the same checksum.
# Really:   each time that a WIS2 notification is sent on it gets a new random id, so no broker knows that it has it already. Of its
#           links the first is left, called canonical whatever it was, with two slashes behind the host; what was a deletion of old
#           data asks for a download. A SHA-512 of v02 has a line feed within its base64 in v03, so the text differs from that of
#           everybody who writes v03 himself; Sarracenia takes it out where it compares.
# Versions: metpx-sr3 3.3.1, Python 3.11
# Source:   run here without a broker; sarracenia/postformat/wis.py, Wis.importMine (links[0]) and exportMine (uuid4; "/" between),
#           whose docstring calls both unfinished; postformat/v02.py, V02.importMine (codecs' base64 breaks lines);
#           flowcb/nodupe/__init__.py; WIS2 Notification Message, "id" and "links" (relations canonical, update and deletion).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile metpx-sr3==3.3.1

cat >relaying.py <<'PYTHON'
import base64
import hashlib
import json
import logging

logging.disable()
from sarracenia.postformat import PostFormat  # noqa: E402
from sarracenia.postformat.v02 import V02  # noqa: E402, F401
from sarracenia.postformat.v03 import V03  # noqa: E402, F401
from sarracenia.postformat.wis import Wis  # noqa: E402, F401

TOPIC = "origin/a/wis2/ca-eccc/data/core"
OPTIONS = {"topic": TOPIC, "topicPrefix": ["v03"], "post_topicPrefix": ["v03"]}
HASH = hashlib.sha512(b"a grib").digest()


def link(relation, name):
    return {"rel": relation, "type": "application/x-grib", "href": f"https://example.org/data/{name}", "length": 6}


def relay(body, headers, content_type):
    """What is posted of what came, in the format of its own."""
    message = PostFormat.importAny(body, headers, content_type, OPTIONS)
    posted = {name: value for name, value in message.items() if name not in {*message["_deleteOnPost"], "_deleteOnPost"}}
    return message, PostFormat.exportAny(posted, message["_format"], options=OPTIONS)[0]


times = {"pubtime": "2026-11-30T10:00:00Z", "datetime": "2026-11-30T09:00:00Z"}
checksum = {"method": "sha512", "value": base64.b64encode(HASH).decode()}
properties = {**times, "data_id": "ca-eccc/data/core/a", "integrity": checksum}
feature = {"type": "Feature", "geometry": None, "conformsTo": ["http://wis.wmo.int/spec/wnm/1/conf/core"]}
for links in ([link("canonical", "a.grib"), link("update", "b.grib")], [link("deletion", "a.grib")]):
    sent = {"id": "31e9d66a-cd83-4174-9429-b932f1abe1be", **feature, "properties": properties, "links": links}
    relayed = [json.loads(relay(json.dumps(sent), {"topic": TOPIC}, "application/json")[1]) for _ in range(2)]
    ids = {each["id"] for each in (sent, *relayed)}
    print(f"sent once, relayed twice: {len(ids)} ids, properties alike: {relayed[0]['properties'] == properties}")
    for name, told in (("sent", sent), ("relayed", relayed[0])):
        print(f"  {name}:", ", ".join(f"{each['rel']} {each['href']}" for each in told["links"]))
headers = {"sum": f"s,{HASH.hex()}", "parts": "1,6,1,0,0", "mtime": "20261130T095959.5", "topic": "v02.post.data"}
message = PostFormat.importAny("20261130100000.123 https://example.org/ data/a.grib", headers, "text/plain", OPTIONS)
value = message["identity"]["value"]
print(f"v02, as v03: sha512 the same text: {value == checksum['value']}, lines: {len(value.splitlines())}, ", end="")
print(f"the same bytes: {base64.b64decode(value) == HASH}")
PYTHON
seen=$(venv/bin/python -W ignore relaying.py 2>stderr)
echo "$seen"
expected="sent once, relayed twice: 3 ids, properties alike: True
  sent: canonical https://example.org/data/a.grib, update https://example.org/data/b.grib
  relayed: canonical https://example.org//data/a.grib
sent once, relayed twice: 3 ids, properties alike: True
  sent: deletion https://example.org/data/a.grib
  relayed: canonical https://example.org//data/a.grib
v02, as v03: sha512 the same text: False, lines: 2, the same bytes: True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
