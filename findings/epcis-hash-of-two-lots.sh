#!/usr/bin/env bash
# Guess:    two EPCIS events of which one thing is different, the lot in an extension of its own, have two hashes, and so two ids:
#           the hash is there to tell whether two parties hold the same event.
# Really:   whatever Python reads as a number, a text as well, goes through a float: two lots of 18 digits that differ in the last
#           ones are one event, as are "007" and "7", "1e3" and "1000", "1_000" and "1000". A store that throws away what it has
#           by the hash loses the second one. A lot with a letter is told apart.
# Versions: epcis-event-hash-generator 1.9.3, Python 3.11
# Source:   run here; the algorithm in the package's README, rules 6 (of quantities no trailing zeros) and 20 (extensions with the
#           contained value); epcis_event_hash_generator/hash_generator.py, _try_format_numeric (float, then int).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check epcis-event-hash-generator==1.9.3

cat >hashes.py <<'PYTHON'
from epcis_event_hash_generator.hash_generator import epcis_hashes_from_events
from epcis_event_hash_generator.json_to_py import event_list_from_epcis_document_json

CONTEXT = ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"own": "http://ns.example.org/epcis/"}]
EVENT = {
    "type": "ObjectEvent",
    "eventTime": "2026-11-30T10:00:00.000+02:00",
    "eventTimeZoneOffset": "+02:00",
    "epcList": ["urn:epc:id:sgtin:4012345.011111.1"],
    "action": "OBSERVE",
}


def hashed(lot):
    body = {"eventList": [{**EVENT, "own:lot": lot}]}
    document = {"@context": CONTEXT, "type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": body}
    return epcis_hashes_from_events(event_list_from_epcis_document_json(document))


for one, other in (
    ("123456789012345678", "123456789012345679"),
    ("007", "7"),
    ("1e3", "1000"),
    ("1_000", "1000"),
    ("A123456789012345678", "A123456789012345679"),
    ("", "7"),
):
    print(f"{one!r} and {other!r}:", "one event" if hashed(one) == hashed(other) else "two events")
PYTHON
seen=$(venv/bin/python hashes.py)
echo "$seen"
expected="'123456789012345678' and '123456789012345679': one event
'007' and '7': one event
'1e3' and '1000': one event
'1_000' and '1000': one event
'A123456789012345678' and 'A123456789012345679': two events
'' and '7': two events"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
