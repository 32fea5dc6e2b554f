#!/usr/bin/env bash
# Guess:    an object that warlock makes of a JSON Schema, as Glance's client does of images, validates itself: whatever sets a
#           member of it, of the ways that a dict has, raises for a value that breaks the schema, and the change is in its patch.
# Really:   obj["size"] = …, obj.size = … and update() do; setdefault() and |= set the value unseen, so what is no image is kept,
#           and the next right assignment is the one that raises, naming the other member. The copy is a plain dict, which
#           nothing validates. The patch, which is made of what differs, has the wrong values.
# Versions: warlock 2.1.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; warlock's README (self-validating objects); warlock/model.py, Model, a dict with __setitem__ and update of its
#           own, but neither setdefault nor __ior__ (Python 3.9).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check warlock==2.1.0 jsonschema==4.26.0

cat >image.py <<'PYTHON'
import warlock

PROPERTIES = {"size": {"type": "integer"}, "name": {"type": "string"}}
Image = warlock.model_factory({"name": "Image", "type": "object", "properties": PROPERTIES, "additionalProperties": False})


def told(change):
    image = Image(name="a")
    try:
        change(image)
        seen = f"{dict(image)}, patch {image.patch}"
    except warlock.InvalidOperation as error:
        seen = "refused: " + str(error).splitlines()[0]
    return seen


def by_or(image):
    image |= {"size": "7 GiB"}


def and_then(image):
    by_or(image)
    image["name"] = "b"


print("item:", told(lambda image: image.__setitem__("size", "7 GiB")))
print("update:", told(lambda image: image.update({"size": "7 GiB"})))
print("setdefault:", told(lambda image: image.setdefault("size", "7 GiB")))
print("|=:", told(by_or))
print("|= and a right name:", told(and_then))
print("copy:", type(Image(name="a").copy()).__name__)
PYTHON
seen=$(venv/bin/python image.py)
echo "$seen"
expected="item: refused: Unable to set 'size' to '7 GiB'. Reason: '7 GiB' is not of type 'integer'
update: refused: '7 GiB' is not of type 'integer'
setdefault: {'name': 'a', 'size': '7 GiB'}, patch [{\"op\": \"add\", \"path\": \"/size\", \"value\": \"7 GiB\"}]
|=: {'name': 'a', 'size': '7 GiB'}, patch [{\"op\": \"add\", \"path\": \"/size\", \"value\": \"7 GiB\"}]
|= and a right name: refused: Unable to set 'name' to 'b'. Reason: '7 GiB' is not of type 'integer'
copy: dict"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
