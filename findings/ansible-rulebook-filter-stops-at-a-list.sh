#!/usr/bin/env bash
# Guess:    an event that goes through Ansible's Event-Driven automation has, behind the filter json_filter with exclude_keys, none of
#           those keys, however deep they are, as dashes_to_underscores changes names in lists, too; and normalize_keys with
#           overwrite: false lets a value that is there stand, where another name would become the same.
# Really:   json_filter looks at objects within objects, and at no list: the members of each alert of an alert manager all stay.
#           include_keys without exclude_keys takes nothing away, and below what is excluded nothing is left to be included. Of os-type
#           and os.type normalize_keys keeps what comes last, whatever overwrite says, and logs nothing; and with overwrite: true, of
#           os-type and os_type the last as well, where dashes_to_underscores always keeps the one that had the dash.
# Versions: ansible-rulebook 1.3.2, Python 3.11
# Source:   run here by the filters' main(), which the command calls for each event; ansible_rulebook/event_filter/json_filter.py,
#           normalize_keys.py and dashes_to_underscores.py, with the documentation in them.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps ansible-rulebook==1.3.2 PyYAML==6.0.4

cat >filters.py <<'PYTHON'
import copy
import json

from ansible_rulebook.event_filter import dashes_to_underscores, json_filter, normalize_keys

EVENT = {"payload": {"id": "i1", "debug": "d", "os": {"id": "o1", "kind": "linux"}}, "alerts": [{"id": "a1", "debug": "d"}]}


def show(name, filtered):
    print(f"{name}: {json.dumps(filtered)}")


show("dashes_to_underscores", dashes_to_underscores.main({"alerts": [{"os-type": "linux"}]}))
for options in (
    {"include_keys": ["id"]}, {"exclude_keys": ["debug"]}, {"exclude_keys": ["*"], "include_keys": ["payload", "id"]},
    {"exclude_keys": ["payload"], "include_keys": ["id"]},
):  # fmt: skip
    show(f"json_filter {json.dumps(options)}", json_filter.main(copy.deepcopy(EVENT), **options))

for names in (("os-type", "os_type"), ("os_type", "os-type"), ("os-type", "os.type")):
    for overwrite in (True, False):
        event = {name: f"of {name}" for name in names}
        show(f"normalize_keys of {' and '.join(names)}, overwrite {overwrite}", normalize_keys.main(event, overwrite))
    if "os.type" not in names:
        for overwrite in (True, False):
            event = {name: f"of {name}" for name in names}
            show(f"dashes_to_underscores, overwrite {overwrite}", dashes_to_underscores.main(event, overwrite))
PYTHON
seen=$(venv/bin/python filters.py 2>warnings)
echo "$seen"
expected='dashes_to_underscores: {"alerts": [{"os_type": "linux"}]}
json_filter {"include_keys": ["id"]}: {"payload": {"id": "i1", "debug": "d", "os": {"id": "o1", "kind": "linux"}}, "alerts": [{"id": "a1", "debug": "d"}]}
json_filter {"exclude_keys": ["debug"]}: {"payload": {"id": "i1", "os": {"id": "o1", "kind": "linux"}}, "alerts": [{"id": "a1", "debug": "d"}]}
json_filter {"exclude_keys": ["*"], "include_keys": ["payload", "id"]}: {"payload": {"id": "i1"}}
json_filter {"exclude_keys": ["payload"], "include_keys": ["id"]}: {"alerts": [{"id": "a1", "debug": "d"}]}
normalize_keys of os-type and os_type, overwrite True: {"os_type": "of os_type"}
normalize_keys of os-type and os_type, overwrite False: {"os_type": "of os_type"}
dashes_to_underscores, overwrite True: {"os_type": "of os-type"}
dashes_to_underscores, overwrite False: {"os_type": "of os_type"}
normalize_keys of os_type and os-type, overwrite True: {"os_type": "of os-type"}
normalize_keys of os_type and os-type, overwrite False: {"os_type": "of os_type"}
dashes_to_underscores, overwrite True: {"os_type": "of os-type"}
dashes_to_underscores, overwrite False: {"os_type": "of os_type"}
normalize_keys of os-type and os.type, overwrite True: {"os_type": "of os.type"}
normalize_keys of os-type and os.type, overwrite False: {"os_type": "of os.type"}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
