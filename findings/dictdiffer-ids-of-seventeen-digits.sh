#!/usr/bin/env bash
# Guess:    dictdiffer of two JSON documents names each value that has changed; its tolerance, of which its documentation says that
#           it is for comparing two float numbers, leaves whole numbers alone.
# Really:   whole numbers are compared with it, too, and it is relative: from 4503599627370496 on a whole number and the next one
#           are the same, so an id of 17 digits that begins with a nine may change by 20, and one of 18 by 200, without a
#           difference, and what diff says, applied to the first document, does not give the second one. A size of 15 digits is
#           compared as it is. tolerance=0 compares whole numbers as they are, ids that are texts are compared as texts, and
#           DeepDiff tells all of them apart.
# Versions: dictdiffer 0.10.0, deepdiff 9.1.0, Python 3.11
# Source:   run here; dictdiffer/__init__.py, diff (tolerance: "when comparing two float numbers"), and dictdiffer/utils.py,
#           EPSILON and are_different (math.isclose for numbers of any type).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dictdiffer==0.10.0 deepdiff==9.1.0

cat >ids.py <<'PYTHON'
import deepdiff
import dictdiffer

CASES = [
    (123456789012345, 123456789012346),
    (4503599627370496, 4503599627370497),
    (4503599627370497, 4503599627370498),
    (98765432109876543, 98765432109876563),
    (987654321098765432, 987654321098765632),
    ("987654321098765432", "987654321098765632"),
]
for was, now in CASES:
    one, other = {"image": {"id": was}}, {"image": {"id": now}}
    said = list(dictdiffer.diff(one, other))
    strict = list(dictdiffer.diff(one, other, tolerance=0))
    whole = "the second document" if dictdiffer.patch(said, one) == other else "not the second document"
    told = ["a change" if each else "nothing" for each in (said, strict, deepdiff.DeepDiff(one, other))]
    print(f"{was!r}, {now!r}: {told[0]}, and so {whole}; tolerance=0 {told[1]}; DeepDiff {told[2]}")
PYTHON
seen=$(venv/bin/python ids.py)
echo "$seen"
expected="123456789012345, 123456789012346: a change, and so the second document; tolerance=0 a change; DeepDiff a change
4503599627370496, 4503599627370497: nothing, and so not the second document; tolerance=0 a change; DeepDiff a change
4503599627370497, 4503599627370498: nothing, and so not the second document; tolerance=0 a change; DeepDiff a change
98765432109876543, 98765432109876563: nothing, and so not the second document; tolerance=0 a change; DeepDiff a change
987654321098765432, 987654321098765632: nothing, and so not the second document; tolerance=0 a change; DeepDiff a change
'987654321098765432', '987654321098765632': a change, and so the second document; tolerance=0 a change; DeepDiff a change"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
