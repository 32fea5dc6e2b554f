#!/usr/bin/env bash
# Guess:    an alert that hop-client, the client of the astronomers' broker SCiMMA, is given as a dict and writes in Avro is, read
#           again, the dict that was given: its AvroBlob makes a schema that suits the values, a whole number being a long.
# Really:   it depends on the process. Where an object has few types for its many members it is a map, whose values are of a union,
#           and the union's order is that of a Python set: by the hash of texts, which each process draws anew. Where double stands
#           before long, whole numbers are written as fractions: an id of 19 digits is another one, and 7 is 7.0. In the next
#           process the same alert is right.
# Versions: hop-client 0.13.0, fastavro 1.12.1, six 1.17.0, Python 3.11
# Source:   run here with PYTHONHASHSEED from 0 to 7, without a broker; hop/avro_utils.py, find_common_type (HashableList(types) of
#           a set) and determine_type (map or record); hop/models.py, AvroBlob.__bytes__; fastavro's writer takes the first type of
#           a union that fits; Python's documentation, PYTHONHASHSEED (random unless set).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check hop-client==0.13.0 fastavro==1.12.1 six==1.17.0

cat >alert.py <<'PYTHON'
from hop.models import AvroBlob

alert = {"id": 1152921504606846977, "ra": 10.5, "dec": -3.25, "visits": 7, "flux": 0.5}
read = AvroBlob.deserialize(bytes(AvroBlob(alert))).content
print(read)
PYTHON
for seed in 0 1 2 3 4 5 6 7; do PYTHONHASHSEED=$seed venv/bin/python -W ignore alert.py; done >each
seen=$(sort -u each)
echo "$seen"
expected="{'id': 1.152921504606847e+18, 'ra': 10.5, 'dec': -3.25, 'visits': 7.0, 'flux': 0.5}
{'id': 1152921504606846977, 'ra': 10.5, 'dec': -3.25, 'visits': 7, 'flux': 0.5}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
