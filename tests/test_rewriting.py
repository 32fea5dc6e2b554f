"""Texts of JSON that hold something else: whatever stays keeps its text."""

import json
from random import Random

import pytest

from notify_contracts._lint import rewritten

_DENSE = """{
  "words": ["one",   "two"],
  "inner": {"a": 1.0},

  "more": [
    {"b": 1},
    {"b": 2}
  ],
  "last": "\\u00e4"
}
"""


def _changed(text, change):
    content = json.loads(text)
    change(content)
    return rewritten(text, content)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (lambda it: it["words"].append("three"), '["one",   "two"]', '["one", "two", "three"]'),
        (lambda it: it["inner"].update(c=None), '{"a": 1.0}', '{"a": 1.0, "c": null}'),
        (lambda it: it["more"].append({"b": 3}), '{"b": 2}\n', '{"b": 2},\n    {"b": 3}\n'),
        (lambda it: it["more"].pop(0), '    {"b": 1},\n', ""),
        (lambda it: it.update(inner=1), '{"a": 1.0}', "1"),
        (lambda it: it.pop("last"), ',\n  "last": "\\u00e4"', ""),
        (lambda it: it.update(new={"p": [1]}), 'e4"\n', 'e4",\n  "new": {\n    "p": [1]\n  }\n'),
        (lambda it: it.update(last="ä!"), '"\\u00e4"', '"\\u00e4!"'),
        (lambda it: it["inner"].update(a=1), '{"a": 1.0}', '{"a": 1}'),
    ],
)  # fmt: skip
def test_what_changes(change, old, new):
    """A change takes the place of what it changes, written as its neighbours are."""
    assert _changed(_DENSE, change) == _DENSE.replace(old, new)


@pytest.mark.parametrize("text", [_DENSE, _DENSE.replace("\n", "\r\n"), _DENSE.replace("  ", "\t"), " [ ] ", "{}\n"])
def test_what_stays(text):
    """What holds the same is the same text, however it is written."""
    assert rewritten(text, json.loads(text)) == text


def test_line_ends():
    """New lines end and begin as the others do."""
    text = '{\r\n\t"a": {\r\n\t\t"b": 1\r\n\t}\r\n}'
    assert _changed(text, lambda it: it["a"].update(c=2)) == text.replace("1\r\n", '1,\r\n\t\t"c": 2\r\n')


def test_long_lines():
    """What would make a line too long is written on several."""
    made = _changed(_DENSE, lambda it: it["words"].extend("x" * 30 for _ in range(4)))
    assert max(map(len, made.split("\n"))) < 120


def test_twice():
    """A text in which a name stands twice is not changed by parts."""
    with pytest.raises(ValueError, match="twice"):
        rewritten('{"a": 1, "a": 2}', {"a": 3})


def test_anything(parcels):
    """Whatever is put in or taken out, the text holds it."""
    random = Random(1)
    texts = [path.read_text(encoding="utf-8") for path in sorted(parcels.rglob("*.json"))]
    for _ in range(60):
        content = json.loads(text := random.choice(texts))
        _change(content, random)
        assert json.loads(rewritten(text, content)) == content


def _change(content, random):
    """Change one container somewhere in it."""
    found, waiting = [], [content]
    while waiting:
        found.append(one := waiting.pop())
        inner = one.values() if isinstance(one, dict) else one
        waiting += [value for value in inner if isinstance(value, dict | list)]
    one = random.choice(found)
    value = random.choice([1, None, "ä\n", {}, [[]], {"a": {"b": [1, "x"]}, "c": {}}])
    if isinstance(one, dict):
        one.pop(random.choice([*one, "none"]), None)
        one["new"] = value
    else:
        del one[random.randrange(len(one) + 1) :]
        one.insert(random.randrange(len(one) + 1), value)
