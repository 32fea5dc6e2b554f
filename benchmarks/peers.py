"""Who else checks notifications against JSON Schemas, as commands over the same recording.

jq has no schemas: it parses every line and counts by event type and priority. ajv-cli and check-jsonschema take files,
so they get a folder of single notifications; and one schema, so they get the contracts as `if` and `then`.
npm and pip install them into a folder of their own; what cannot be had is said and left out.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which

from measuring import Contender

from notify_contracts._schema.engines.flatten import flattened
from notify_contracts.catalog import Catalog

COUNT = "reduce inputs as $n ({}; .[$n.event_type + $n.priority] += 1)"

_DOCUMENTS = """
import json, sys
from pathlib import Path
root = Path(sys.argv[2])
files = [path for part in ("*.json", "payloads/*.json", "events/*.json") for path in root.glob(part)]
documents = [json.loads(path.read_text()) for path in files]
schemas = {document["$id"]: document for document in documents if "$id" in document}
"""

_CHECK = """
validators = {}
with open(sys.argv[1]) as recording:
    for line in recording:
        notification = json.loads(line)
        pair = notification["event_type"], notification["priority"]
        if pair not in validators:
            uri = next(uri for uri in schemas if uri.endswith(f"/{pair[0]}.json")) + f"#/$defs/{pair[1]}"
            validators[pair] = compiled(uri)
        assert not list(validators[pair].iter_errors(notification))
"""

JSONSCHEMA = f"""
{_DOCUMENTS}
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
resources = [(uri, DRAFT202012.create_resource(schema)) for uri, schema in schemas.items()]
registry = Registry().with_resources(resources).crawl()
def compiled(uri):
    return Draft202012Validator({{"$ref": uri}}, registry=registry)
{_CHECK}
"""

JSONSCHEMA_RS = f"""
{_DOCUMENTS}
from jsonschema_rs import Draft202012Validator
def compiled(uri):
    return Draft202012Validator({{"$ref": uri}}, retriever=schemas.__getitem__, validate_formats=True)
{_CHECK}
"""


def loops(catalog: Catalog, recording: Path, lines: int, part: Path, part_lines: int) -> Iterator[Contender]:
    """Yield the loops somebody would write: over `recording`, and the slow one over a `part` of it."""
    root = str(catalog.root)
    yield Contender("json + jsonschema-rs", [sys.executable, "-c", JSONSCHEMA_RS, str(recording), root], lines)
    command = [sys.executable, "-c", JSONSCHEMA, str(part), root]
    yield Contender(f"json + jsonschema ({part_lines:,} lines)", command, part_lines)


def tools(catalog: Catalog, part: Path, folder: Path) -> Iterator[Contender]:
    """Yield the tools that can be had, over the notifications in `part`."""
    notifications = part.read_bytes().splitlines()
    count, note = len(notifications), f"({len(notifications):,} lines)"
    if jq := which("jq"):
        yield Contender(f"jq, counting {note}", [jq, "-n", COUNT, str(part)], count)
    else:
        print("jq is not installed, and is left out")
    single = folder / "single"
    single.mkdir()
    files = [single / f"{number:05}.json" for number in range(count)]
    for file, notification in zip(files, notifications, strict=True):
        file.write_bytes(notification)
    schema = folder / "schema.json"
    schema.write_text(json.dumps(_as_one_schema(catalog, notifications)), encoding="utf-8")
    npm = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder / "npm")]
    if _ran("ajv-cli", [*npm, "ajv-cli@5.0.0", "ajv-formats@3.0.1"]):
        ajv = [str(folder / "npm/node_modules/.bin/ajv"), "validate", "--spec=draft2020", "--strict=false"]
        command = [*ajv, "-c", "ajv-formats", "-s", str(schema), "-d", str(single / "*.json")]
        yield Contender(f"ajv-cli ({count:,} files)", command, count)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder / "pip")]
    if _ran("check-jsonschema", [*pip, "check-jsonschema==0.39.0"]):
        environment = ["env", f"PYTHONPATH={folder / 'pip'}"]
        command = [*environment, sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema)]
        yield Contender(f"check-jsonschema ({count:,} files)", [*command, *map(str, files)], count)


def _as_one_schema(catalog: Catalog, notifications: Sequence[bytes]) -> dict[str, object]:
    values = map(json.loads, notifications)
    pairs = sorted({(value["event_type"], value["priority"]) for value in values})
    branches = []
    for event_type, priority in pairs:
        contract = catalog.contract(event_type, priority)
        chosen = {"event_type": {"const": event_type}, "priority": {"const": priority}}
        then = flattened(contract.documents, contract.uri)
        branches.append({"if": {"properties": chosen}, "then": then})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": branches}


def _ran(name: str, command: Sequence[str]) -> bool:
    try:
        status = subprocess.run(command, check=False, stdout=sys.stderr, env=dict(os.environ)).returncode
    except OSError as error:
        status = error.errno
    if status:
        print(f"{name} could not be installed, and is left out")
    return not status
