#!/usr/bin/env bash
# Guess:    a list is equal to dirty-equals' IsList(…, check_order=False) where its items can be paired with the expected ones, in
#           whatever order either stand: a test says so of two notifications that may come in any order.
# Really:   each expected value takes the first item that it meets, and nothing else is tried. Where one is wider than another,
#           IsPartialDict(event_type="image.update") before one that names the status, too, the list is equal or not by which
#           notification came first, so the test fails now and then, at the very order in which it was written. With the narrow
#           one first, and with values that exclude each other, all orders are equal.
# Versions: dirty-equals 0.11, Python 3.11
# Source:   run here; dirty_equals/_sequence.py, IsListOrTuple.equals (remove), whose docstring says of check_order whether the
#           order is enforced.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dirty-equals==0.11

cat >orders.py <<'PYTHON'
import itertools

from dirty_equals import IsList, IsPartialDict

CAME = {name: {"event_type": "image.update", "status": name} for name in ("active", "queued")}
WIDE, NARROW, OTHER = (
    IsPartialDict(event_type="image.update"),
    IsPartialDict(event_type="image.update", status="active"),
    IsPartialDict(event_type="image.update", status="queued"),
)
for name, expected in (("wide, narrow", (WIDE, NARROW)), ("narrow, wide", (NARROW, WIDE)), ("other, narrow", (OTHER, NARROW))):
    for came in itertools.permutations(CAME):
        equal = [CAME[each] for each in came] == IsList(*expected, check_order=False)
        print(f"{', '.join(came)} is {'' if equal else 'not '}{name}")
PYTHON
seen=$(venv/bin/python orders.py)
echo "$seen"
expected="active, queued is not wide, narrow
queued, active is wide, narrow
active, queued is narrow, wide
queued, active is narrow, wide
active, queued is other, narrow
queued, active is other, narrow"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
