#!/usr/bin/env bash
# Guess:    an event of IntelMQ, a security incident on its way from feed to feed, is the same event in each of its forms: flat and
#           hierarchical JSON, extra.host.os.name and {"extra": {"host": {"os": {"name": …}}}}, and after each queue between two
#           bots; and looking at it in one of them does not change it.
# Really:   a name whose last part stands in it before is cut there: extra.host.os.host becomes {"extra": {"host": …}}, and the rest
#           of the host is lost, or raises. Of extra.a and extra.a.b one is written over the other. Where a value is an object, what
#           is beside it is written into the event itself, so its hash, by which repetitions are known, is another one after it was
#           looked at. And a null or an empty text in extra, which the parser took, is gone behind the first queue, so is the old
#           hash.
# Versions: intelmq 3.5.0, Python 3.11
# Source:   run here without a broker; intelmq/lib/message.py, Message.to_dict (subkey == subkeys[-1], by what it is called and not
#           by where it stands; its docstring calls it a copy), add and MessageFactory.unserialize; the option hierarchical_output
#           of the bots for files, MongoDB and Redis.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile intelmq==3.5.0

cat >incident.py <<'PYTHON'
import json
from importlib import resources

from intelmq.lib.message import Event, MessageFactory

HARMONIZATION = json.loads((resources.files("intelmq") / "etc/harmonization.conf").read_text())


def event(**extra):
    made = Event(harmonization=HARMONIZATION)
    made.add("source.ip", "192.0.2.1")
    for name, value in extra.items():
        made.add(name, value)
    return made


def hierarchical(**extra):
    given, made = json.dumps(extra), event(**extra)
    before = made.hash()
    try:
        told = made.to_dict(hierarchical=True)["extra"]
    except TypeError as error:
        told = f"TypeError: {error}"
    print(f"{given}: {json.dumps(told)}, hash {'as before' if made.hash() == before else 'another'}")


hierarchical(**{"extra.host.os.name": "linux"})
hierarchical(**{"extra.host.os.host": "web", "extra.user": "a"})
hierarchical(**{"extra.host.name": "web", "extra.host.os.host": "linux"})
hierarchical(**{"extra.host.os.host": "linux", "extra.host.name": "web"})
hierarchical(**{"extra.host.name": "web", "extra.host": "linux"})
hierarchical(**{"extra.host": {"name": "web"}, "extra.host.os": "linux"})
parsed = event(extra=json.dumps({"deleted_at": None, "note": "", "size": 7}))
queued = MessageFactory.unserialize(parsed.serialize(), harmonization=HARMONIZATION)
for what, each in (("parsed", parsed), ("behind a queue", queued)):
    print(f"{what}: {json.dumps({name: value for name, value in each.items() if name.startswith('extra')})}")
print("hash as before:", parsed.hash() == queued.hash())
PYTHON
seen=$(venv/bin/python -W ignore incident.py)
echo "$seen"
expected='{"extra.host.os.name": "linux"}: {"host": {"os": {"name": "linux"}}}, hash as before
{"extra.host.os.host": "web", "extra.user": "a"}: {"host": "web", "user": "a"}, hash as before
{"extra.host.name": "web", "extra.host.os.host": "linux"}: {"host": "linux"}, hash as before
{"extra.host.os.host": "linux", "extra.host.name": "web"}: "TypeError: '\''str'\'' object does not support item assignment", hash as before
{"extra.host.name": "web", "extra.host": "linux"}: {"host": "linux"}, hash as before
{"extra.host": {"name": "web"}, "extra.host.os": "linux"}: {"host": {"name": "web", "os": "linux"}}, hash another
parsed: {"extra.deleted_at": null, "extra.note": "", "extra.size": 7}
behind a queue: {"extra.size": 7}
hash as before: False'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
