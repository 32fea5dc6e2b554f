"""An enumeration may have tens of thousands of values: what takes minutes for them ends, and its words stay short."""

import difflib
import json

import pytest

from notify_contracts._schema.engines import ENGINES
from notify_contracts._schema.nearness import near
from notify_contracts.catalog import load
from notify_contracts.generate._mutations import Mutator
from tests import small

VALUES = [f"value{number}" for number in range(25_000)]
ODD = [None, True, 0, 2.0, "a", [1, [True]], {"a": [1.0]}]


def _catalog(folder, values, engine):
    payload = {"type": "object", "properties": {"status": {"enum": values}}}
    return load(small.write(folder, payload, {"status": values[0]}), engine=engine)


def _words(text):
    return text.split()


def _judged(catalog, statuses):
    notifications = small.notifications(*({"status": status} for status in statuses))
    return [[violation.message for violation in catalog.check(one).violations] for one in notifications]


@pytest.mark.parametrize("engine", ENGINES)
def test_many_violations_of_a_long_enumeration(tmp_path, engine):
    """Each message lists a few of the values and how many there are, and names the one that was meant."""
    said = _judged(_catalog(tmp_path, VALUES, engine), [*(f"{number} valu" for number in range(200)), "value7x"])
    assert all(len(messages) == 1 and len(messages[0]) < 2_000 for messages in said)
    assert said[0][0].startswith('expected one of 25,000 values: "value0", "value1", ')
    assert said[0][0].endswith(', "value99", …, found "0 valu"')
    assert said[-1][0].endswith('found "value7x"; did you mean "value7"?')


@pytest.mark.parametrize("values", [VALUES[:100], VALUES[:101]])
def test_where_a_list_is_cut(tmp_path, values):
    """A hundred values are listed whole."""
    ((message,),) = _judged(_catalog(tmp_path, values, "jsonschema-rs"), ["other"])
    assert message.count('"value') == 100
    assert ("one of 101 values" in message) == (len(values) > 100)


def test_options_of_every_kind(tmp_path):
    """Both engines tell options apart as JSON does: 1 is 1.0 and not true, also inside of arrays and objects."""
    values = [
        *ODD,
        False,
        1,
        0.0,
        2,
        "A",
        [1.0, [True]],
        [1, [1]],
        {"a": [1]},
        {"a": [True]},
        {},
        [],
        {"a": [1], "b": 2},
    ]
    quick, reference = (_catalog(tmp_path / engine, ODD, engine) for engine in ENGINES)
    assert _judged(quick, values) == _judged(reference, values)
    wrong = [value for value, messages in zip(values, _judged(quick, values), strict=True) if messages]
    assert list(map(json.dumps, wrong)) == [
        "false", "1", '"A"', "[1, [1]]", '{"a": [true]}', "{}", "[]", '{"a": [1], "b": 2}',
    ]  # fmt: skip


KINDS = _words("Instance volume snapshot network subnet port router image member namespace server flavor")
DEEDS = _words("create update delete resize rebuild suspend resume attach detach migrate upload shelve")
WORDS = [f"{kind}{number}.{deed}.end" for number in range(14) for kind in KINDS for deed in DEEDS]


@pytest.mark.parametrize("wanted", WORDS[::101])
@pytest.mark.parametrize("place", [0, 3, -6, -1])
def test_one_of_many_is_found(wanted, place):
    """Of two thousand options, the one is found in which a letter is wrong, at the start, inside or at the end."""
    wrong = [*wanted]
    wrong[place] = "~"
    assert near("".join(wrong), WORDS) == wanted


def test_few_of_many_are_compared(monkeypatch):
    """However many options there are, no more than two hundred are compared letter by letter."""
    compared = []
    compare = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda *given: compared.extend(given[1]) or compare(*given))
    assert near("something else", WORDS * 10) is None
    assert 0 < len(compared) <= 200


@pytest.mark.parametrize("values", [VALUES, [str(number) for number in range(25_000)]])
def test_a_long_enumeration_is_broken(tmp_path, values):
    """Ways to break it are found, and what each makes is told to break it; numbers have no other case."""
    catalog = _catalog(tmp_path, values, "jsonschema-rs")
    (contract,) = catalog.contracts
    ways = Mutator(contract).mutations(contract.example(), lambda pointer, _: pointer == ("payload", "status"))
    assert {way.keyword for way in ways} == {"enum"}
    for way in ways:
        broken = catalog.check(way.apply(way.choices[0]))
        assert [violation.keyword for violation in broken.violations] == ["enum"]


def test_many_unknown_names_in_many_notifications(tmp_path, monkeypatch):
    """What fifty of the names may have been meant to be is looked up once for all notifications that have them."""
    names = [f"{number}_field" for number in range(150)]
    payload = {"type": "object", "properties": {name: {} for name in names}, "required": names}
    catalog = load(small.write(tmp_path, payload | {"additionalProperties": False}, dict.fromkeys(names, 1)))
    looked, find = [], difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda *args: looked.append(args[0]) or find(*args))
    wrong = {f"{number}_fielt": 1 for number in range(150)}
    first, *others = [[*catalog.check(one).violations] for one in small.notifications(*[wrong] * 20)]
    assert others == [first] * 19
    assert sum("did you mean" in each.message for each in first) == 100
    assert len(looked) == 100
