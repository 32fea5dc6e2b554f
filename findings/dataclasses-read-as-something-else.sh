#!/usr/bin/env bash
# Guess:    a library that reads JSON into dataclasses refuses a value whose type is not that of the field, or keeps it: None for
#           a str, a text for a list of texts.
# Really:   cattrs, mashumaro and dataclass-wizard make what Python's types make of it: null is the text "None" and an object its
#           repr where a str is due, a text is a list of its letters, an object a list of its names, null and [] are False.
#           "false" is True and 7.9 is 7 to all but dataclass-wizard. dataclasses-json does likewise, but keeps null, with a
#           warning. The others say nothing: an id that is null is one and the same id, "None", for all events. msgspec refuses
#           each.
# Versions: cattrs 26.2.1, mashumaro 3.23, dataclass-wizard 1.0.0, dataclasses-json 0.6.7, msgspec 0.23.0, Python 3.11
# Source:   run here; cattrs's documentation of primitive values (int, str and bool are called with the value).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cattrs==26.2.1 mashumaro==3.23 dataclass-wizard==1.0.0 dataclasses-json==0.6.7 msgspec==0.23.0

cat >reading.py <<'PYTHON'
import json
from dataclasses import dataclass

import cattrs
import dataclass_wizard
import msgspec
from dataclasses_json import dataclass_json
from mashumaro.codecs.json import JSONDecoder


@dataclass_json
@dataclass
class Image:
    id: str = ""
    tags: list[str] = ()
    size: int = 0
    visible: bool = False


READERS = {
    "cattrs": lambda text: cattrs.structure(json.loads(text), Image),
    "mashumaro": JSONDecoder(Image).decode,
    "dataclass-wizard": lambda text: dataclass_wizard.fromdict(Image, json.loads(text)),
    "dataclasses-json": Image.from_json,
    "msgspec": lambda text: msgspec.json.decode(text, type=Image),
}
for name, value in (
    ("id", None), ("id", {"uuid": "a"}), ("tags", "ab"), ("tags", {"a": 1}), ("tags", None), ("size", 7.9), ("size", "7"),
    ("size", None), ("visible", "false"), ("visible", None), ("visible", []),
):  # fmt: skip
    text = json.dumps({name: value})
    said = []
    for reader, read in READERS.items():
        try:
            said.append(f"{reader} {getattr(read(text), name)!r}")
        except Exception:  # each library has errors of its own
            said.append(f"{reader} refuses")
    print(f"{text}: {', '.join(said)}")
PYTHON
seen=$(venv/bin/python reading.py)
echo "$seen"
expected="{\"id\": null}: cattrs 'None', mashumaro 'None', dataclass-wizard 'None', dataclasses-json None, msgspec refuses
{\"id\": {\"uuid\": \"a\"}}: cattrs \"{'uuid': 'a'}\", mashumaro \"{'uuid': 'a'}\", dataclass-wizard \"{'uuid': 'a'}\", dataclasses-json \"{'uuid': 'a'}\", msgspec refuses
{\"tags\": \"ab\"}: cattrs ['a', 'b'], mashumaro ['a', 'b'], dataclass-wizard ['a', 'b'], dataclasses-json ['a', 'b'], msgspec refuses
{\"tags\": {\"a\": 1}}: cattrs ['a'], mashumaro ['a'], dataclass-wizard ['a'], dataclasses-json ['a'], msgspec refuses
{\"tags\": null}: cattrs refuses, mashumaro refuses, dataclass-wizard refuses, dataclasses-json None, msgspec refuses
{\"size\": 7.9}: cattrs 7, mashumaro 7, dataclass-wizard refuses, dataclasses-json 7, msgspec refuses
{\"size\": \"7\"}: cattrs 7, mashumaro 7, dataclass-wizard 7, dataclasses-json 7, msgspec refuses
{\"size\": null}: cattrs refuses, mashumaro refuses, dataclass-wizard refuses, dataclasses-json None, msgspec refuses
{\"visible\": \"false\"}: cattrs True, mashumaro True, dataclass-wizard False, dataclasses-json True, msgspec refuses
{\"visible\": null}: cattrs False, mashumaro False, dataclass-wizard False, dataclasses-json None, msgspec refuses
{\"visible\": []}: cattrs False, mashumaro False, dataclass-wizard False, dataclasses-json False, msgspec refuses"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
