#!/usr/bin/env bash
# Guess:    a pack of SenML that senml reads holds the measurements that were sent: each base name and base time holds for the
#           records from its own on, as RFC 8428 has it, so a gateway can put the packs of several devices into one.
# Really:   the base of the first record holds for all, and those behind it are dropped: what the second device measured was
#           measured by the first, at the first one's time and in its unit; and written again, nothing of the second device is left.
#           A base value that comes later is not added, and a base sum (bs) is not read at all, so a meter of 1005 is one of 5. What
#           is written says that it is of version 5, of the drafts; RFC 8428 has 10.
# Versions: senml 0.1.0 (the last), attrs 26.1.0, Python 3.11
# Source:   run here; senml/senml.py: SenMLDocument.from_json ("Grab base information from first entry"), base_from_json (no bs) and
#           to_json (bver); RFC 8428, 4.1 (a base field applies to its own record and to those behind it, until it is given anew;
#           the version is 10 by default) and 4.6 (resolved records).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check senml==0.1.0 attrs==26.1.0 setuptools==80.9.0

cat >packs.py <<'PYTHON'
import json

from senml import SenMLDocument

PACKS = {
    "two devices": [
        {"bn": "urn:dev:ow:1:", "bt": 1764496800, "bu": "Cel", "n": "inside", "v": 21},
        {"n": "outside", "v": 4},
        {"bn": "urn:dev:ow:2:", "bt": 1764500400, "bu": "%RH", "n": "inside", "v": 47},
        {"n": "outside", "v": 88},
    ],
    "a base value later": [{"n": "a", "v": 1}, {"n": "b", "bv": 100, "v": 1}],
    "a base sum": [{"bn": "meter", "bs": 1000, "s": 5, "v": 2}],
}
for name, pack in PACKS.items():
    document = SenMLDocument.from_json(pack)
    for record in document.measurements:
        read = record.to_absolute(document.base)
        print(f"{name}: {read.name} {read.value} {read.unit} at {read.time:.0f}, sum {read.sum}")
    print(f"{name}, written: {json.dumps(document.to_json())}")
PYTHON
seen=$(venv/bin/python packs.py)
echo "$seen"
expected='two devices: urn:dev:ow:1:inside 21.0 Cel at 1764496800, sum None
two devices: urn:dev:ow:1:outside 4.0 Cel at 1764496800, sum None
two devices: urn:dev:ow:1:inside 47.0 Cel at 1764496800, sum None
two devices: urn:dev:ow:1:outside 88.0 Cel at 1764496800, sum None
two devices, written: [{"bver": 5, "bn": "urn:dev:ow:1:", "bt": 1764496800.0, "bu": "Cel", "n": "inside", "v": 21.0}, {"n": "outside", "v": 4.0}, {"n": "inside", "v": 47.0}, {"n": "outside", "v": 88.0}]
a base value later: a 1.0 None at 0, sum None
a base value later: b 1.0 None at 0, sum None
a base value later, written: [{"bver": 5, "n": "a", "v": 1.0}, {"n": "b", "v": 1.0}]
a base sum: meter 2.0 None at 0, sum 5
a base sum, written: [{"bver": 5, "bn": "meter", "s": 5.0, "v": 2.0}]'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
