"""Notifications broken on purpose: each gives exactly the violation it announces, and no rule is left out."""

import json
import random
from copy import deepcopy
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._schema.engines import ENGINES
from notify_contracts._schema.formats import FORMATS
from notify_contracts.catalog import builtin_names, data_folder, load
from notify_contracts.generate._mutations import (
    Mutator,
    address_mutations,
    body_mutations,
    delivery_mutations,
    rules_of,
)
from notify_contracts.generate._mutations.breaking import BREAKS
from notify_contracts.generate._mutations.rules import KEYWORDS
from notify_contracts.generate._mutations.texts import FORMAT_FAULTS
from notify_contracts.wire import decode
from tests.telling import examples

PARCELS = Path(__file__).parent / "catalogs" / "parcels"
FOLDERS = [*(data_folder() / name for name in builtin_names()), PARCELS]
EXHAUSTIVE = {True: (), False: (pytest.mark.exhaustive,)}  # the third catalog is small, and enough to tell
each_catalog = pytest.mark.parametrize(
    "folder", [pytest.param(folder, id=folder.name, marks=EXHAUSTIVE[folder == PARCELS]) for folder in FOLDERS]
)
each_event = pytest.mark.parametrize(
    ("folder", "event_type"),
    [
        pytest.param(folder, event_type, id=f"{folder.name}-{event_type}", marks=EXHAUSTIVE[folder == PARCELS])
        for folder in FOLDERS
        for event_type in load(folder).event_types
    ],
)
quickly = settings(deadline=None, max_examples=examples(50))
each_engine = pytest.mark.parametrize("engine", ENGINES)

DELETION = "/deleted_at/$ref/pattern"
NEVER_ALONE = {
    "/event_type/const": "it chose the contract: another event type is another contract or an unknown event",
    "/priority/const": "it chose the contract: another priority is another contract or a pair without one",
    "/$ref/type": "what is no object is no notification: it is unreadable before a contract is chosen",
    DELETION: "it is no deletion: the field is null, and any text is a wrong type before its form is looked at",
}
"""Rules that cannot be broken alone: how their evaluation paths end (references in a row as one), and why."""


def _cases(catalog, *, valid):
    files = sorted((catalog.root / "cases").glob("*.json"))
    return [case for file in files for case in json.loads(file.read_bytes()) if case["valid"] is valid]


@cache
def _kept(folder):
    """Return what the valid cases hold, by the ids of their contracts."""
    catalog, kept = _loaded(folder, "jsonschema-rs"), {}
    for case in _cases(catalog, valid=True):
        kept.setdefault(catalog.check(case["notification"]).contract, []).append(case["notification"])
    return kept


def _found(catalog, content):
    return [(violation.pointer, violation.keyword) for violation in catalog.check(content).violations]


def _wrong(catalog, mutations, choices_of=lambda mutation: mutation.choices, read=lambda broken: broken):
    """Return the mutations that do not give what they announce."""
    return [
        f"{mutation.description} ({choice!r:.60}): announces {mutation.pointer} {mutation.keyword}, gives {found}"
        for mutation in mutations
        for choice in choices_of(mutation)
        if (found := _found(catalog, read(mutation.apply(choice)))) != [(mutation.pointer, mutation.keyword)]
    ]


@cache
def _loaded(folder, engine):
    return load(folder, engine=engine)


@cache
def _mutators(folder):
    """Return for every contract its mutator: what these compile serves all the tests."""
    return [(contract, Mutator(contract)) for contract in _loaded(folder, "jsonschema-rs").contracts]


def _mutators_of(folder, event_type):
    return [(contract, mutator) for contract, mutator in _mutators(folder) if contract.event_type == event_type]


def _newness():
    """Tell what is stated of a value for the first time: a case differs from the next in a field or two."""
    known = set()

    def is_new(pointer, stated):
        # Of what turns a condition, the place and the value tell it from others.
        about = pointer, repr([(rule.cut, rule.site.value, (rule.condition_change or ())[:2]) for rule in stated])
        return about not in known and not known.add(about)

    return is_new


@cache
def _mutations_of(folder, event_type):
    """Return for the contracts of an event type the mutations of all their examples and valid cases, each once."""
    found = []
    for contract, mutator in _mutators_of(folder, event_type):
        once, is_new = {}, _newness()
        for notification in [*contract.examples, *_kept(folder).get(contract.id, ())]:
            for mutation in mutator.mutations(notification, is_new):
                once.setdefault((mutation.description, repr(mutation.choices)), mutation)
        found.append((contract, list(once.values())))
    return found


def _mutations(folder):
    return [found for event_type in load(folder).event_types for found in _mutations_of(folder, event_type)]


@each_event
def test_every_mutation(folder, event_type, catalog_of):
    """Mutations of every example and valid case, a third and a part in all variants, give what they announce."""
    catalog, wrong = catalog_of(folder), []
    for contract, mutations in _mutations_of(folder, event_type):
        assert len(mutations) > 50, contract.id
        wrong += _wrong(catalog, mutations[::3], choices_of=lambda mutation: mutation.choices[:1])
        wrong += _wrong(catalog, mutations[1::24], choices_of=lambda mutation: mutation.choices)
    assert not wrong, "\n".join(wrong[:20])


@each_event
def test_every_mutation_on_the_reference_engine(folder, event_type, catalog_of):
    """Mutations of every contract's first example give what they announce on the reference engine, too: a third."""
    catalog, wrong = catalog_of(folder, "jsonschema"), []
    for contract, mutator in _mutators_of(folder, event_type):
        mutations = mutator.mutations(contract.example())
        wrong += _wrong(catalog, mutations[::3], choices_of=lambda mutation: mutation.choices[:1])
        wrong += _wrong(catalog, mutations[1::60], choices_of=lambda mutation: mutation.choices)
    assert not wrong, "\n".join(wrong[:20])


def _reason(rule, contract):
    """Return why a rule of the contract cannot be broken alone, None if it can."""
    path = "/".join(
        part for part, following in pairwise([*map(str, rule.path), ""]) if (part, following) != ("$ref",) * 2
    )
    payload = contract.example()["payload"]
    deletes = isinstance(payload, dict) and payload.get("deleted_at") is not None
    endings = [ending for ending in NEVER_ALONE if f"/{path}".endswith(ending) and not (ending == DELETION and deletes)]
    return NEVER_ALONE[endings[0]] if endings else None


@each_catalog
def test_every_rule_is_broken(folder):
    """Every rule that a contract can reach is broken by a mutation that announces it, but for those that cannot be."""
    unbroken, seen = set(), set()
    for contract, mutations in _mutations(folder):
        rules = {rule.path: rule for rule in rules_of(contract.documents, contract.uri)}
        asked = jsonschema_rs.Draft202012Validator(
            {"$ref": contract.uri}, retriever=contract.documents, validate_formats=True, formats=dict(FORMATS)
        )
        for mutation in mutations:
            if not any(path[-1] == mutation.keyword for path in rules):
                continue
            for error in asked.iter_errors(mutation.apply(mutation.choices[0])):
                path = tuple(error.evaluation_path)[1:]
                # What failed inside a keyword such as propertyNames is reported there, not at the keyword.
                ways = (path[:length] for length in range(1, len(path) + 1) if path[length - 1] == mutation.keyword)
                for way in ways:
                    rules.pop(way, None)
        unbroken |= {
            (contract.id, "/".join(map(str, path))) for path, rule in rules.items() if not _reason(rule, contract)
        }
        seen |= {reason for rule in rules.values() if (reason := _reason(rule, contract))}
    assert unbroken == set()
    assert seen == {
        NEVER_ALONE[ending] for ending in NEVER_ALONE if ending != DELETION or folder.name == "glance-emitted"
    }


@each_catalog
def test_what_cases_break(folder, catalog_of):
    """Whatever the cases, written by hand, break in a contract, the mutations of the contract break there, too."""
    catalog = catalog_of(folder)
    announced = {contract.id: {_place(each) for each in mutations} for contract, mutations in _mutations(folder)}
    missing = []
    for case in _cases(catalog, valid=False):
        contract = catalog.check(case["notification"]).contract
        if contract is not None and len(case["violations"]) == 1:
            [violation] = case["violations"]
            if _place(SimpleNamespace(**violation)) not in announced[contract]:
                missing.append((contract, case["description"], violation))
    assert missing == []


def _place(violation):
    """Return where it is and what, the names of unknown properties and the numbers of items left out."""
    holder, _, name = violation.pointer.rpartition("/")
    pointer = holder if violation.keyword == "additionalProperties" else f"{holder}/{name}"
    return "/".join("*" if part.isdecimal() else part for part in pointer.split("/")), violation.keyword


@each_engine
@each_catalog
def test_what_no_contract_states(folder, engine, catalog_of):
    """An unknown event type, a pair without contract, a wrong routing key and an unreadable body are announced, too."""
    catalog, keywords = catalog_of(folder, engine), set()
    for contract in catalog.contracts:
        envelope = contract.example()
        addressed, delivered = address_mutations(catalog, envelope), delivery_mutations(catalog, envelope)
        assert _wrong(catalog, (*addressed, *delivered)) == []
        keywords |= {each.keyword for each in (*addressed, *delivered)}
    bodies = body_mutations(catalog.contracts[0].example())
    assert _wrong(catalog, bodies, read=decode) == []
    incomplete = len(catalog.contracts) < 3 * len(catalog.event_types)
    assert keywords == {"unknown-event", "routing-key"} | ({"no-contract"} if incomplete else set())
    assert {each.keyword for each in bodies} == {"unreadable"}


def test_keywords():
    """Mutations know every keyword that a violation can name, and nearly right texts for every format."""
    case = json.loads((data_folder() / "case.schema.json").read_bytes())
    named = set(case["$defs"]["violation"]["properties"]["keyword"]["enum"]) - {"unknown-event", "no-contract"}
    assert named == KEYWORDS == {*BREAKS, "required", "additionalProperties"}
    assert set(FORMAT_FAULTS) == set(FORMATS)
    wrong = [(name, text) for name, faults in FORMAT_FAULTS.items() for _, text in faults if FORMATS[name](text)]
    assert wrong == []


@each_catalog
def test_nothing_is_shared(folder):
    """What is broken shares nothing with the notification it was made from, nor with what is made next."""
    for contract, mutator in _mutators(folder):
        envelope = contract.example()
        before = deepcopy(envelope)
        for mutation in mutator.mutations(envelope)[::7]:
            once = mutation.apply(mutation.choices[-1])
            again = deepcopy(once)
            _ruin(once)
            assert mutation.apply(mutation.choices[-1]) == again
        assert envelope == before


def _ruin(value):
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _ruin(inner)
    if isinstance(value, dict | list):
        value.clear()


def test_one_at_random(catalog_of):
    """One mutation is drawn as well as found among all of them, and the same seed draws the same."""
    contract = catalog_of("glance-documented").contract("image.create", "INFO")
    mutator, envelope = Mutator(contract), contract.example()
    everything = {(each.description, each.pointer, each.keyword) for each in mutator.mutations(envelope)}

    def drawn(seed, count=50):
        chance = random.Random(seed)
        found = [mutator.mutation(envelope, chance.choice) for _ in range(count)]
        return [(each.description, each.pointer, each.keyword) for each in found]

    assert set(drawn(1)) <= everything
    assert drawn(1) == drawn(1) != drawn(2)
    assert len(set(drawn(3, 200))) > 50


@quickly
@given(data=st.data())
def test_drawn_by_hypothesis(data):
    """A hypothesis strategy drives it as well: whatever it draws gives what was announced, on both engines."""

    def choose(options):
        return data.draw(st.sampled_from(options))

    folder = choose(FOLDERS)
    contract, mutator = choose(_mutators(folder))
    mutation = mutator.mutation(choose(contract.examples), choose)
    broken = mutation.apply(choose(mutation.choices))
    for engine in ENGINES:
        assert _found(_loaded(folder, engine), broken) == [(mutation.pointer, mutation.keyword)]


def test_in_words(catalog_of):
    """A mutation says in words what it does: one on a field, one between fields, one of the whole."""
    contract = catalog_of("glance-documented").contract("image.create", "INFO")
    said = {each.description: (each.pointer, each.keyword) for each in Mutator(contract).mutations(contract.example())}
    expected = {
        "payload.size is text": ("/payload/size", "type"),
        "payload.owner is missing": ("/payload/owner", "required"),
        "payload.created_at is a 30 February": ("/payload/created_at", "pattern"),
        "payload.is_public contradicts payload.visibility": ("/payload/is_public", "const"),
        "payload.location is text": ("/payload/location", "not"),
        "priority is in another case": ("/priority", "enum"),
        "unheard_of is there, though nothing declares it": ("/unheard_of", "additionalProperties"),
        '"a/b~c" is there, though nothing declares it': ("/a~1b~0c", "additionalProperties"),
        "payload is text": ("/payload", "type"),
    }
    assert expected.items() <= said.items()


@pytest.mark.parametrize(
    ("event", "priority", "other", "keyword"),
    [
        ("image.create", "INFO", "WARN", "type"),
        ("task.run", "ERROR", "INFO", "type"),
        ("image.delete", "INFO", "WARN", "pattern"),
    ],
)
def test_payload_of_another_priority(catalog_of, event, priority, other, keyword):
    """Of the ways to break a payload, one is the event's own payload at another priority."""
    catalog = catalog_of("glance-documented")
    contract = catalog.contract(event, priority)
    ways = Mutator(contract).mutations(contract.example())
    [way] = [each for each in ways if each.description == f"payload is that of {other}"]
    assert (way.pointer, way.keyword) == ("/payload", keyword)
    assert way.choices[0] == catalog.contract(event, other).example()["payload"]
    assert _wrong(catalog, [way]) == []
