#!/usr/bin/env bash
# Guess:    a filter of jsonpath-rw-ext, with which Ceilometer's definitions pick what they want out of a notification, compares the
#           values that stand there: [?(@.load > 0)] finds a load of 0.5, and [?(@.load > 7)] one of 7.9.
# Really:   where the filter names a whole number, the value is made one first, by cutting off its fraction: 0.5 is not more than
#           0, -0.5 is not less, 7.9 equals 7 and is not more than 7. The text "7" is 7, true is 1, and a list ends the whole search
#           in a TypeError. Where the filter names a fraction, 0.0, numbers are compared as they are, and a text ends the search.
#           Null meets nothing, != included. jsonpath-ng, which merges the two packages, has none of it.
# Versions: jsonpath-rw-ext 1.2.2, jsonpath-rw 1.4.0, jsonpath-ng 1.16.0, Python 3.11
# Source:   run here; jsonpath_rw_ext/_filter.py, Expression.find (int(value)); ceilometer 27.0.0, ceilometer/declarative.py, which
#           reads its expressions with it; RFC 9535, 2.3.5.2.2 (numbers are compared by value, other types are not equal).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonpath-rw-ext==1.2.2 jsonpath-rw==1.4.0 jsonpath-ng==1.16.0

cat >filters.py <<'PYTHON'
import jsonpath_rw_ext
from jsonpath_ng import ext as jsonpath_ng

LOADS = [0.5, -0.5, 7.9, 7, "7", True, None]
FILTERS = ("> 0", "< 0", "== 7", "> 7", "== 1", "!= 7", "> 0.0", "== 7.0")


def found(library, expression, loads):
    try:
        matches = library.parse(f"$[?(@.load {expression})].load").find([{"load": load} for load in loads])
    except TypeError as error:
        return type(error).__name__
    return [match.value for match in matches]


for expression in FILTERS:
    by_both = [found(library, expression, LOADS) for library in (jsonpath_rw_ext, jsonpath_ng)]
    print(f"{expression}: jsonpath-rw-ext {by_both[0]}, jsonpath-ng {by_both[1]}")
print("with a list:", found(jsonpath_rw_ext, "> 0", [7, [1]]), "and", found(jsonpath_ng, "> 0", [7, [1]]))
PYTHON
seen=$(venv/bin/python filters.py)
echo "$seen"
expected="> 0: jsonpath-rw-ext [7.9, 7, '7', True], jsonpath-ng [0.5, 7.9, 7]
< 0: jsonpath-rw-ext [], jsonpath-ng [-0.5]
== 7: jsonpath-rw-ext [7.9, 7, '7'], jsonpath-ng [7]
> 7: jsonpath-rw-ext [], jsonpath-ng [7.9]
== 1: jsonpath-rw-ext [True], jsonpath-ng []
!= 7: jsonpath-rw-ext [0.5, -0.5, True], jsonpath-ng [0.5, -0.5, 7.9, '7', True, None]
> 0.0: jsonpath-rw-ext TypeError, jsonpath-ng [0.5, 7.9, 7]
== 7.0: jsonpath-rw-ext [7], jsonpath-ng [7]
with a list: TypeError and [7]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
