#!/usr/bin/env bash
# Guess:    flatten_json, which makes columns of the members of an event, keeps every value, or says that two have one name; and
#           unflatten gives the event back.
# Really:   the names are joined by an underscore, which names of events are full of: image: {id} and image_id are one column, and
#           which of the two values is left depends on their order. Nothing is said. unflatten takes image_id apart, though
#           nothing was nested, and makes an object of a list; unflatten_list makes a list of an object with the names 0 and 1.
#           With separator="." the columns are told apart.
# Versions: flatten-json 0.1.14, Python 3.11
# Source:   run here; flatten_json/__init__.py, flatten (separator="_") and unflatten.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check flatten-json==0.1.14

cat >columns.py <<'PYTHON'
from flatten_json import flatten, unflatten, unflatten_list

EVENTS = (
    {"image": {"id": "a"}, "image_id": "b"},
    {"image_id": "b", "image": {"id": "a"}},
    {"tags": ["x"], "tags_0": "y"},
    {"created_at": "2026-11-29", "tags": ["x", "y"]},
    {"disks": {"0": "root", "1": "swap"}},
)
for event in EVENTS:
    flat = flatten(event)
    print(f"{event}: {flat}, with a point {flatten(event, '.')}")
    print(f"    unflatten {unflatten(flat)}, unflatten_list {unflatten_list(flat)}")
PYTHON
seen=$(venv/bin/python columns.py)
echo "$seen"
expected="{'image': {'id': 'a'}, 'image_id': 'b'}: {'image_id': 'b'}, with a point {'image.id': 'a', 'image_id': 'b'}
    unflatten {'image': {'id': 'b'}}, unflatten_list {'image': {'id': 'b'}}
{'image_id': 'b', 'image': {'id': 'a'}}: {'image_id': 'a'}, with a point {'image_id': 'b', 'image.id': 'a'}
    unflatten {'image': {'id': 'a'}}, unflatten_list {'image': {'id': 'a'}}
{'tags': ['x'], 'tags_0': 'y'}: {'tags_0': 'y'}, with a point {'tags.0': 'x', 'tags_0': 'y'}
    unflatten {'tags': {'0': 'y'}}, unflatten_list {'tags': ['y']}
{'created_at': '2026-11-29', 'tags': ['x', 'y']}: {'created_at': '2026-11-29', 'tags_0': 'x', 'tags_1': 'y'}, with a point {'created_at': '2026-11-29', 'tags.0': 'x', 'tags.1': 'y'}
    unflatten {'created': {'at': '2026-11-29'}, 'tags': {'0': 'x', '1': 'y'}}, unflatten_list {'created': {'at': '2026-11-29'}, 'tags': ['x', 'y']}
{'disks': {'0': 'root', '1': 'swap'}}: {'disks_0': 'root', 'disks_1': 'swap'}, with a point {'disks.0': 'root', 'disks.1': 'swap'}
    unflatten {'disks': {'0': 'root', '1': 'swap'}}, unflatten_list {'disks': ['root', 'swap']}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
