#!/usr/bin/env bash
# Guess:    jsonpath2, which its page calls an implementation of JSONPath, finds with $.events[?(@.size > 0)].id the events of the
#           list whose size is above nought, as RFC 9535, its predecessor and jsonpath-ng have it; or says that it cannot read
#           that.
# Really:   it finds nothing, and says nothing: the filter is asked of the list itself, which has no size, and where it holds the
#           list goes on whole, so $.events[?(@[0].size > 0)][*].id gives the ids of all. What others call the filter is written
#           $.events[*][?(@.size > 0)] here. "Equal" is a single "=", and "==" an error; true is 1, so it is above nought, and
#           equal to 1.
# Versions: jsonpath2 0.4.5, jsonpath-ng 1.16.0, Python 3.11
# Source:   run here; jsonpath2/subscripts/filter.py, FilterSubscript.match (the current value, not its children), and
#           expressions/operator.py; RFC 9535, 2.3.5 (a filter selects children) and 2.3.5.1 (==).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonpath2==0.4.5 jsonpath-ng==1.16.0

cat >filters.py <<'PYTHON'
import jsonpath2.path
import jsonpath_ng.ext

EVENTS = [{"id": "seven", "size": 7}, {"id": "below", "size": -1}, {"id": "null", "size": None}, {"id": "none"}, {"id": "true", "size": True}]
NOTIFICATION = {"events": EVENTS}


def second(path):
    return [match.current_value for match in jsonpath2.path.Path.parse_str(path).match(NOTIFICATION)]


def standard(path):
    return [match.value for match in jsonpath_ng.ext.parse(path).find(NOTIFICATION)]


for path in (
    "$.events[?(@.size > 0)].id",
    "$.events[?(@.size)].id",
    "$.events[?(@[0].size > 0)][*].id",
    "$.events[?(@.size == 7)].id",
    "$.events[*][?(@.size > 0)].id",
    "$.events[*][?(@.size = 1)].id",
    "$.events[*][?(@.size)].id",
):
    said = []
    for find in (second, standard):
        try:
            said.append(str(find(path)))
        except Exception as error:  # noqa: BLE001 whichever error it is
            said.append(f"an error ({'syntax' if isinstance(error, ValueError) else type(error).__name__})")
    print(f"{path}: jsonpath2 {said[0]}, jsonpath-ng {said[1]}")
PYTHON
seen=$(venv/bin/python filters.py 2>log)
echo "$seen"
expected="\$.events[?(@.size > 0)].id: jsonpath2 [], jsonpath-ng ['seven']
\$.events[?(@.size)].id: jsonpath2 [], jsonpath-ng ['seven', 'below', 'null', 'true']
\$.events[?(@[0].size > 0)][*].id: jsonpath2 ['seven', 'below', 'null', 'none', 'true'], jsonpath-ng []
\$.events[?(@.size == 7)].id: jsonpath2 an error (syntax), jsonpath-ng ['seven']
\$.events[*][?(@.size > 0)].id: jsonpath2 ['seven', 'true'], jsonpath-ng []
\$.events[*][?(@.size = 1)].id: jsonpath2 ['true'], jsonpath-ng []
\$.events[*][?(@.size)].id: jsonpath2 ['seven', 'below', 'null', 'true'], jsonpath-ng []"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
