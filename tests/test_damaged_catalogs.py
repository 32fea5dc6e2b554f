"""A catalog with something changed somewhere: lint, check and export come back, and say what there is to say."""

import json
import re
from copy import deepcopy
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notify_contracts._export import FORMATS, Selection, format_named
from notify_contracts._lint import lint
from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import load, shape_of_contracts
from notify_contracts.errors import CatalogError
from tests.places import places
from tests.telling import examples

PARCELS = Path(__file__).parent / "catalogs" / "parcels"
DOCUMENTS = [path for path in PARCELS.rglob("*.json") if path.parent.name != "cases"]
FILES = {path.relative_to(PARCELS): json.loads(path.read_bytes()) for path in DOCUMENTS}
KEYWORDS = st.sampled_from([
    "$ref", "$id", "$defs", "type", "properties", "required", "pattern", "items", "enum", "const", "allOf", "not",
    "if", "then", "additionalProperties", "minimum", "maxLength", "format", "title", "INFO", "patternProperties",
    "prefixItems", "oneOf", "a",
])  # fmt: skip
TEXTS = st.sampled_from([
    "", "#", "#/", "#/$defs/thing", "#/$defs/contents/items", "parcel.json", "../values.json#/$defs/uuid", "//", "?",
    "../catalog.json", "../notification.json", "https://example.org/", "http://[", "#/properties/number/pattern", "%",
    "#/%2", "~2", "#anchor", "string", "object", "array", "uuid", "(", "^[a-z]+$", r"\d", "a{1000}{1000}", "\ud800",
    "\x1b[2J",
])  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def damaged(draw):
    """Draw a file of the catalog and a content that differs from the right one at one to three places."""
    file = draw(st.sampled_from(sorted(FILES)))
    content = deepcopy(FILES[file])
    for _ in range(draw(st.integers(1, 3))):
        container, key = draw(st.sampled_from(list(places(content))))
        edit = draw(st.sampled_from(["replace", "delete", "rename", "add"]))
        if edit == "replace":
            container[key] = draw(VALUES)
        elif isinstance(container, dict) and edit == "rename":
            container[draw(KEYWORDS)] = container.pop(key)
        elif isinstance(container, dict) and edit == "add":
            container[draw(KEYWORDS)] = draw(VALUES)
        else:
            del container[key]
        if not content:
            break
    return file, content


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of the third catalog without its cases."""
    return copytree(PARCELS, tmp_path_factory.mktemp("catalogs") / "parcels", ignore=ignore_patterns("cases"))


PAYLOAD, EVENT = "payloads/parcel.json", "events/parcel.accepted.json"
UNUSABLE = {
    "reference of the wrong kind": (PAYLOAD, "/properties/contents/$ref", 1),
    "type that there is not": (PAYLOAD, "/properties/kind/type", [1.5]),
    "type of no types": (PAYLOAD, "/properties/kind/type", []),
    "type that is true": (PAYLOAD, "/properties/kind/type", True),
    "format of the wrong kind": (PAYLOAD, "/properties/due/format", {}),
    "patterns of the wrong kind": (PAYLOAD, "/patternProperties", 3),
    "required of the wrong kind": (PAYLOAD, "/required", 3),
    "oneOf of nothing": (PAYLOAD, "/oneOf", None),
    "pattern that is none": (PAYLOAD, "/properties/number/pattern", "(["),
    "pattern beyond measure": (PAYLOAD, "/properties/number/pattern", "(?:(?:[a-z]{1000}){1000}){1000}"),
    "properties that are a list": (PAYLOAD, "/properties", [1]),
    "payload document that is a list": (PAYLOAD, "", []),
    "event document that is null": (EVENT, "", None),
    "contracts that are a list": (EVENT, "/$defs", []),
    "contract that is a list": (EVENT, "/$defs/INFO", []),
    "contract without properties": (EVENT, "/$defs/INFO", {"title": "a"}),
    "contract without a payload": (EVENT, "/$defs/INFO/properties", {}),
    "contract without examples": (EVENT, "/$defs/INFO/examples", []),
    "examples that are a number": (EVENT, "/$defs/INFO/examples", 7),
    "example that is a list": (EVENT, "/$defs/INFO/examples", [[1]]),
    "payload that is a boolean": (EVENT, "/$defs/INFO/properties/payload", True),
    "schema nested beyond measure": (
        PAYLOAD, "/properties/contents", json.loads('{"items": ' * 400 + "{}" + "}" * 400),
    ),
    "references without end in sight": (
        PAYLOAD, "/$defs", {f"{number}": {"$ref": f"#/$defs/{number + 1}"} for number in range(2100)} | {
            "contents": {"$ref": "#/$defs/0"}, "2100": {},
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable(name, run, made, parcels_copy):
    """A catalog that nobody has linted may be unusable: one line and status 2 where it is, and lint says why."""
    file, pointer, value = UNUSABLE[name]
    content = deepcopy(FILES[Path(file)])
    *parents, last = pointer.split("/")[1:] or [""]
    place = content
    for part in parents:
        place = place[part]
    if last:
        place[last] = value
    (parcels_copy / file).write_text(json.dumps(content if last else value))
    recording = made(json.dumps(load(PARCELS).contract("parcel.accepted", "INFO").example()).encode())
    commands = [("check", recording, "--engine", engine) for engine in ENGINES]
    commands += [("catalog", "export", "--format", name) for name in FORMATS]
    for command in [*commands, ("catalog", "show", "parcel.accepted"), ("catalog", "list")]:
        ran = run(*command, "--catalog", parcels_copy)
        assert ran.status in (0, 1, 2)
        assert (ran.status == 2) == bool(re.fullmatch(r"notify-contracts: [^\n]+\n", ran.err))
    assert run("catalog", "lint", parcels_copy).status == 1


def test_no_name(parcels_copy, monkeypatch):
    """An empty text names no catalog, also where the folder that we are in is one."""
    monkeypatch.chdir(parcels_copy)
    assert load(".").event_types
    with pytest.raises(CatalogError, match='no catalog "": give glance-documented'):
        load("")


@pytest.mark.parametrize("engine", ENGINES)
def test_empty_object(engine, catalog_of, parcels_copy):
    """A schema that allows an empty object and nothing else is sound, and says what is too much."""
    content = FILES[Path("payloads/loss.json")]
    closed = {name: content[name] for name in ("$schema", "$id", "title", "type", "additionalProperties")}
    (parcels_copy / "payloads" / "loss.json").write_text(json.dumps(closed))
    catalog = catalog_of(parcels_copy, engine)
    example = catalog.contract("parcel.lost", "WARN").example()
    found = [(violation.pointer, violation.keyword) for violation in catalog.check(example).violations]
    assert found == [(f"/payload/{name}", "additionalProperties") for name in sorted(example["payload"])]
    assert catalog.check(example | {"payload": {}}).conforms


@settings(deadline=None, max_examples=examples(50), suppress_health_check=list(HealthCheck))
@given(damaged(), st.sampled_from(sorted(FORMATS)))
def test_damage(folder, damage, form):
    """Lint names problems, a line each; check and export do their work or raise a CatalogError of one line."""
    file, content = damage
    examples = [contract.example() for contract in load(PARCELS).contracts]
    try:
        (folder / file).write_text(json.dumps(content))
        for problem in lint(folder):
            assert str(problem).isprintable()
        for engine in ENGINES:
            for example in examples:
                _check(folder, engine, example)
        _export(folder, form)
    finally:
        (folder / file).write_text(json.dumps(FILES[file]))


def _export(folder, form):
    try:
        catalog = load(folder)
        selection = Selection(catalog, catalog.contracts)
        selection.require_usable()
        with shape_of_contracts("it"):
            text = format_named(form).document(selection)
    except CatalogError as error:
        text = str(error)
    assert text.replace("\n", "").isprintable()


def _check(folder, engine, notification):
    try:
        said = [violation.message for violation in load(folder, engine=engine).check(notification).violations]
    except CatalogError as error:
        said = [str(error)]
    assert all(line.isprintable() for line in said)


@pytest.mark.parametrize("damage", ["no event types", "no folder", "priorities that have no contract"])
def test_a_catalog_without_contracts_is_refused(damage, tmp_path):
    """Whoever judges with a catalog that has no contract would judge nothing: it is refused, and lint says why."""
    folder = copytree(PARCELS, tmp_path / "parcels", ignore=ignore_patterns("cases", "lifecycles.json"))
    if damage == "priorities that have no contract":
        envelope = folder / "notification.json"
        envelope.write_text(re.sub(r'"enum": \["INFO"[^]]*\]', '"enum": ["AUDIT"]', envelope.read_text()))
    else:
        for path in (folder / "events").iterdir():
            path.unlink()
    if damage == "no folder":
        (folder / "events").rmdir()
    with pytest.raises(CatalogError, match=r"/events: has no contract, so nothing can be checked; run catalog lint$"):
        load(folder)
    assert list(lint(folder))
