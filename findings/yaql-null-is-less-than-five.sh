#!/usr/bin/env bash
# Guess:    a YAQL expression that picks events, as workflows of Mistral and templates of Heat do, $.where($.get(size) < 5), picks
#           those whose size is a number below 5; one without a size, or with null, is no such, as in SQL and JMESPath.
# Really:   null is less than everything, a text and a number alike: the events without a size are found, and ">= null" holds for
#           all that have one. What is of two types, "7" < 5, raises, and ends the whole expression; so one text among the sizes is
#           an error, and one null an answer. int(null) is 0, so a sum of sizes passes over what is not known; 7 / 2 is 3, and 1 in
#           [true] holds. yaql 3.2.0 cannot be imported before collections.abc is.
# Versions: yaql 3.2.0, jmespath 1.1.0, Python 3.11
# Source:   run here; yaql/standard_library/common.py, null_lt_right and its sisters, whose docstrings tell of it, math.py, int_
#           and division, and language/utils.py (collections.abc without its import).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check yaql==3.2.0 jmespath==1.1.0

cat >pick.py <<'PYTHON'
import collections.abc  # noqa: F401 yaql needs it, and does not import it
import sqlite3

import jmespath
import yaql

EVENTS = [{"id": "small", "size": 3}, {"id": "large", "size": 7}, {"id": "null", "size": None}, {"id": "missing"}]
engine = yaql.factory.YaqlFactory().create()


def said(expression, events=EVENTS):
    try:
        return engine(expression).evaluate(data=events)
    except yaql.language.exceptions.YaqlException as error:
        return type(error).__name__


for expression in ("$.where($.get(size) < 5).id", "$.where($.get(size) >= 5).id", "$.where($.get(size) > null).id"):
    print(f"{expression}: {said(expression)}")
print("jmespath, [?size < `5`].id:", jmespath.search("[?size < `5`].id", EVENTS))
table = sqlite3.connect(":memory:")
table.execute("CREATE TABLE events (id, size)")
table.executemany("INSERT INTO events VALUES (?, ?)", [(event["id"], event.get("size")) for event in EVENTS])
print("SQLite, size < 5:", [each for (each,) in table.execute("SELECT id FROM events WHERE size < 5")])
for expression in ("null < 'a'", "null < 0", "7 / 2", "1 in [true]", "$.select(int($.get(size))).sum()"):
    print(f"{expression}: {said(expression)}")
print("with a text:", said("$.where($.get(size) < 5).id", [*EVENTS, {"id": "text", "size": "7"}]))
PYTHON
seen=$(venv/bin/python pick.py)
echo "$seen"
expected="\$.where(\$.get(size) < 5).id: ['small', 'null', 'missing']
\$.where(\$.get(size) >= 5).id: ['large']
\$.where(\$.get(size) > null).id: ['small', 'large']
jmespath, [?size < \`5\`].id: ['small']
SQLite, size < 5: ['small']
null < 'a': True
null < 0: True
7 / 2: 3
1 in [true]: True
\$.select(int(\$.get(size))).sum(): 10
with a text: NoMatchingFunctionException"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
