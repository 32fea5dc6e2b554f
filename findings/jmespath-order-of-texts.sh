#!/usr/bin/env bash
# Guess:    a JMESPath expression that finds notifications finds the same ones in every implementation, and what cannot be
#           compared is passed over: JMESPath's ordering operators are for numbers, and give null for anything else.
# Really:   Python's jmespath orders texts, too, so [?timestamp > '2026-11-29'] works, and finds nothing in Rust's. A text beside
#           a number has it raise TypeError: one notification whose size is "7" ends the search of all. 1 is true to it within an
#           object or a list, though not by itself. Rust's makes each number a float: of 2**53 + 1 the last digit is lost.
# Versions: jmespath 1.1.0, rjmespath 0.2.6 (the crate jmespath), Python 3.11
# Source:   run here; JMESPath's specification, "Ordering Operators" and "Equality Operators"; jmespath/visitor.py, _is_comparable.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jmespath==1.1.0 rjmespath==0.2.6

cat >finds.py <<'PYTHON'
import json

import jmespath
import rjmespath

SEARCHES = {
    "[?timestamp > '2026-11-29'].id": [{"id": "a", "timestamp": "2026-11-28"}, {"id": "b", "timestamp": "2026-11-30"}],
    "[?size > `5`].id": [{"id": "a", "size": 7}, {"id": "b", "size": None}, {"id": "c", "size": True}],
    "[?size >= `5`].id": [{"id": "a", "size": 7}, {"id": "b", "size": "7"}],
    "[?visible == `true`].id": [{"id": "a", "visible": 1}, {"id": "b", "visible": True}],
    "[?flags == `{\"visible\": true}`].id": [{"id": "a", "flags": {"visible": 1}}, {"id": "b", "flags": {"visible": True}}],
    "[?contains(flags, `true`)].id": [{"id": "a", "flags": [1]}, {"id": "b", "flags": [True]}],
    "[].size": [{"size": 2**53 + 1}],
}


def found(search, expression, document):
    try:
        return search(expression, document)
    except TypeError as error:
        return f"TypeError: {error}"


for expression, document in SEARCHES.items():
    python = found(jmespath.search, expression, document)
    rust = found(rjmespath.search, expression, json.dumps(document))
    print(f"{expression}: {python}" + ("" if python == rust else f", in Rust {rust}"))
PYTHON
seen=$(venv/bin/python finds.py)
echo "$seen"
expected="[?timestamp > '2026-11-29'].id: ['b'], in Rust []
[?size > \`5\`].id: ['a']
[?size >= \`5\`].id: TypeError: '>=' not supported between instances of 'str' and 'int', in Rust ['a']
[?visible == \`true\`].id: ['b']
[?flags == \`{\"visible\": true}\`].id: ['a', 'b'], in Rust ['b']
[?contains(flags, \`true\`)].id: ['a', 'b'], in Rust ['b']
[].size: [9007199254740993], in Rust [9007199254740992.0]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
