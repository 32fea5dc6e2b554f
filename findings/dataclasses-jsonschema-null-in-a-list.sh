#!/usr/bin/env bash
# Guess:    a dataclass of an event with dataclasses-jsonschema reads what it writes, and that keeps its JSON Schema:
#           List[Optional[int]] is a list in which null may stand, and Optional[int] a value that may be null, as pydantic has it.
# Really:   Optional says in the schema only that the property may be missing; inside a list or a map nothing is left of it. So of
#           sizes=[7, None] the class writes {"sizes": [7, null]}, breaks its schema, and refuses to read it. A null that another
#           service sends for a field of Optional is refused, too. A field that may be Any is required, and left out where it is
#           None. And a time without an offset is written with a Z, and read without one as having none. The package's own Nullable
#           says null in the schema, and what it reads for one is an object of its own, which is not None.
# Versions: dataclasses-jsonschema 2.16.0, pydantic 2.14.4, jsonschema 4.26.0, Python 3.11
# Source:   run here; dataclasses_jsonschema/__init__.py, _get_field_schema (the inner schema of an Optional, and required = False)
#           and to_dict (omit_none), field_types.py, DateTimeFieldEncoder; the package's README, which shows Optional for what may
#           be missing.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dataclasses-jsonschema==2.16.0 pydantic==2.14.4 jsonschema==4.26.0

cat >nulls.py <<'PYTHON'
import dataclasses
import datetime
import json
import typing
import warnings

import dataclasses_jsonschema
import jsonschema
import pydantic
from dataclasses_jsonschema.type_defs import Nullable

warnings.simplefilter("ignore")


def reads(reader, value):
    try:
        reader(value)
    except (dataclasses_jsonschema.ValidationError, pydantic.ValidationError):
        return "refused"
    return "read"


Maybe = typing.Optional[int]
CASES = [("a list", list[Maybe], [7, None]), ("a map", dict[str, Maybe], {"a": None}), ("a value", Maybe, None), ("any", typing.Any, None)]
for name, type_, value in CASES:
    names = {"__annotations__": {"sizes": type_}, "__module__": __name__}
    event = dataclasses.dataclass(type("Event", (dataclasses_jsonschema.JsonSchemaMixin,), names))
    written = event(value).to_dict()
    kept = "kept" if jsonschema.Draft7Validator(event.json_schema()).is_valid(written) else "broken"
    adapter = pydantic.create_model("Event", sizes=(type_, ...))
    sent = {"sizes": value}
    said = f"{json.dumps(written)}, schema {kept}, {reads(event.from_dict, written)}"
    print(f"{name}: {said}; {json.dumps(sent)} {reads(event.from_dict, sent)}, pydantic {reads(adapter.model_validate, sent)}")


@dataclasses.dataclass
class Sized(dataclasses_jsonschema.JsonSchemaMixin):
    sizes: list[Nullable[int]]


@dataclasses.dataclass
class Timed(dataclasses_jsonschema.JsonSchemaMixin):
    at: datetime.datetime


written = Timed(datetime.datetime(2026, 11, 30, 10)).to_dict()
print("Nullable in a list:", type(Sized.from_dict({"sizes": [None]}).sizes[0]).__name__)
print("a time:", written["at"], Timed.from_dict({"at": "2026-11-30T10:00:00"}).at.tzinfo)
PYTHON
seen=$(venv/bin/python nulls.py)
echo "$seen"
expected='a list: {"sizes": [7, null]}, schema broken, refused; {"sizes": [7, null]} refused, pydantic read
a map: {"sizes": {"a": null}}, schema broken, refused; {"sizes": {"a": null}} refused, pydantic read
a value: {}, schema kept, read; {"sizes": null} refused, pydantic read
any: {}, schema broken, refused; {"sizes": null} read, pydantic read
Nullable in a list: _NULL_TYPE
a time: 2026-11-30T10:00:00Z None'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
