#!/usr/bin/env bash
# Guess:    dacite, which reads a dict into dataclasses, tries the classes of a union in the order in which the field names them,
#           so what an event is read as is a matter of its class alone; its caching, its README says, is transparent.
# Really:   it is a matter of what the process has read before: dacite keeps what it found out about a type by equality, and
#           Created | Deleted equals Deleted | Created. Whichever stands in the class of the first message decides for both: the
#           same event of the same class is Created in one service and Deleted in another, or in a test that runs alone. So it is
#           within lists, of fields that may be None, and of dataclasses-avroschema, which is built on dacite. clear_cache(),
#           which the README names, does not undo it.
# Versions: dacite 1.9.2, dataclasses-avroschema 0.71.1, Python 3.11
# Source:   run here; dacite's README ("Unions", "Cache"); dacite/types.py, extract_generic, and dacite/cache.py, clear_cache;
#           Python's documentation of typing.Union (the order is not looked at where unions are compared); dacite's issue 294
#           (open), of numbers and type_hooks.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dacite==1.9.2 dataclasses-avroschema==0.71.1

cat >unions.py <<'PYTHON'
import sys
from dataclasses import dataclass, field

import dacite
from dataclasses_avroschema import AvroModel


@dataclass
class Created(AvroModel):
    id: str


@dataclass
class Deleted(AvroModel):
    id: str
    reason: str = "unknown"


@dataclass
class Image(AvroModel):
    event: Created | Deleted
    others: list[Created | Deleted] = field(default_factory=list)
    last: Created | Deleted | None = None


@dataclass
class Volume(AvroModel):
    event: Deleted | Created
    others: list[Deleted | Created] = field(default_factory=list)
    last: Deleted | Created | None = None


CLASSES = {"image": Image, "volume": Volume}
EVENT = {"id": "a1"}
for name in sys.argv[1:]:
    if name == "clear":
        dacite.clear_cache()
        continue
    read = dacite.from_dict(CLASSES[name], {"event": EVENT, "others": [EVENT], "last": EVENT})
    parsed = CLASSES[name].parse_obj({"event": EVENT})
    seen = (read.event, read.others[0], read.last, parsed.event)
    print(f"{name}: {', '.join(type(each).__name__ for each in seen)}", end="; ")
print()
PYTHON
seen=$(
    for order in "image volume" "volume image" "image clear volume"; do
        # shellcheck disable=SC2086
        venv/bin/python unions.py $order
    done
)
echo "$seen"
expected='image: Created, Created, Created, Created; volume: Created, Created, Created, Created; 
volume: Deleted, Deleted, Deleted, Deleted; image: Deleted, Deleted, Deleted, Deleted; 
image: Created, Created, Created, Created; volume: Created, Created, Created, Created; '
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
