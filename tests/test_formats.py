"""Formats: each one predicate that both engines ask, and exact where common libraries are generous."""

import json
from random import Random

import pytest

from notify_contracts._schema.engines import ENGINES, compiled
from notify_contracts._schema.formats import FORMATS
from notify_contracts.generate.contracts import shape_at
from notify_contracts.generate.sampling import Sampler

RIGHT = {
    "uuid": ["00000000-0000-0000-0000-000000000000", "DC78C8D5-10bb-4452-9d15-613728fd7fba"],
    "date": ["2026-02-28", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"],
    "date-time": [
        "2026-11-22T09:32:55Z", "2026-11-22t09:32:55z", "2026-11-22T09:32:55.123456789+01:30",
        "2028-02-29T23:59:59-00:00",
    ],
    "email": [
        "a@b", "first.last+tag@mail.example.org", '"first last"@example.org', "~a#b@192.example", f"{'a' * 64}@b",
        "a@[192.0.2.17]", "a@[IPv6:2001:db8::7]",
    ],
    "hostname": ["localhost", "a", "7.example.org", "Host-02.Example.ORG", "a--b.c", f"{'a' * 63}.b", "a." * 126 + "b"],
    "ipv4": ["0.0.0.0", "192.0.2.17", "255.255.255.255"],
    "ipv6": ["::", "::1", "2001:db8::7", "2001:DB8:0:0:0:0:0:7", "::ffff:192.0.2.1"],
    "uri": [
        "a:", "https://example.org", "HTTP://user:@[2001:db8::7]:8080//a/../b?c=/?#d/?", "urn:uuid:7", "file:///a%20b",
        "mailto:a@b", "swift+https://user@192.0.2.17/c/o", "http://a/:@!$&'()*+,;=-._~", "x:/", "x:/a", "x:?#",
    ],
}  # fmt: skip
WRONG = {
    "uuid": [
        "", "dc78c8d510bb44529d15613728fd7fba", "{dc78c8d5-10bb-4452-9d15-613728fd7fba}",
        "dc78c8d5-10bb-4452-9d15-613728fd7fb", "dc78c8d5-10bb-4452-9d15-613728fd7fbg",
        "dc78c8d5-10bb-4452-9d15-613728fd7fba\n", "\u0663c78c8d5-10bb-4452-9d15-613728fd7fba",
    ],
    "date": [
        "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20260101", "2026-W01-1", "2026-01-01\n",
        "0000-01-01", "\u0662026-01-01", "2026-01-01T00:00:00Z",
    ],
    "date-time": [
        "2026-02-30T00:00:00Z", "2026-11-22T25:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T09:60:00Z",
        "2026-11-22 09:32:55Z", "2026-11-22T09:32Z", "2026-11-22T09:32:55", "2026-11-22T09:32:55+0100",
        "2026-11-22T09:32:55.Z", "2026-11-22T09:32:55+24:00", "2026-11-22T09:32:55+01:60", "2026-11-22T09:32:55Z\n",
        "2026-11-22",
    ],
    "email": [
        "", "a", "@b", "a@", "a@b@c", "a b@c", ".a@b", "a.@b", "a..b@c", "a@b..c", "a@-b", "a@b_c", "A <a@b>", "a@b\n",
        "a@[192.0.2.256]", "a@[192.0.2.17", "a@[2001:db8::7]", "\u00fc@b", f"{'a' * 65}@b", '"a@b', '"a"b@c',
    ],
    "hostname": [
        "", ".", "a.", ".a", "a..b", "-a", "a-", "a.-b", "a_b", "a b", "a:80", "a/b", "[::1]", "b\u00fccher.example",
        f"{'a' * 64}.b", "a." * 127 + "b", "a\n", "\u0661",
    ],
    "ipv4": [
        "256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\n", "1.2.3.4/8", "", "\u0661.2.3.4",
        "0x1.2.3.4",
    ],
    "ipv6": [
        ":::", "1::2::3", "fe80::1%eth0", "2001:db8::7/64", "[::1]", "::1\n", "12345::", "::256.1.1.1", "", "1.2.3.4",
    ],
    "uri": [
        "", "a", "//example.org", "/a", "7a:b", ":a", "a_b:c", "http://a b", "http://a/b c", "http://a/%", "http://a/%g0",
        "http://a/\u00fc", "http:\\\\a", "http://[::1", "http://[1.2.3.4]", "http://a:b", "a:b#c#d", "a:{b}", "a:<b>",
        "a:b\n",
    ],
}  # fmt: skip


def test_all_are_tried():
    """Every format that a catalog may use is tried here."""
    assert set(FORMATS) == set(RIGHT) == set(WRONG)


@pytest.mark.parametrize("name", FORMATS)
def test_format(name):
    """A format accepts what its standard says, no more and no less."""
    assert [text for text in RIGHT[name] if not FORMATS[name](text)] == []
    assert [text for text in WRONG[name] if FORMATS[name](text)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_generated(name):
    """What is generated has the format, also where it must be short."""
    for rule in ({}, {"maxLength": 39}):
        documents = {"x:": {"type": "string", "format": name, **rule}}.__getitem__
        make = Sampler(Random(1)).sample(shape_at(documents, "x:", "it"))
        made = [make() for _ in range(300)]
        assert [text for text in made if not FORMATS[name](text)] == []
        assert len(set(made)) > 50


@pytest.mark.parametrize("name", FORMATS)
def test_both_engines_ask(name, parcels_copy, catalog_of):
    """Both engines ask the same predicate, and only of texts."""
    values = json.loads((parcels_copy / "values.json").read_bytes())
    values["$defs"]["uuid"] = {"title": "what is tried", "format": name}
    (parcels_copy / "values.json").write_text(json.dumps(values))
    for engine in ENGINES:
        catalog = catalog_of(parcels_copy, engine)
        example = catalog.contract("locker_door.stuck", "INFO").example()
        for text in (*RIGHT[name], *WRONG[name]):
            found = [(v.pointer, v.keyword) for v in catalog.check(example | {"message_id": text}).violations]
            assert found == ([] if text in RIGHT[name] else [("/message_id", "format")])
        assert catalog.check(example | {"message_id": 7}).conforms


@pytest.mark.parametrize("name", FORMATS)
def test_python_is_seldom_asked(name, monkeypatch):
    """The fast engine tells of most texts by itself that they have a format, which takes a tenth of the time."""
    asked = []

    def asking(text):
        asked.append(text)
        return FORMATS[name](text)

    monkeypatch.setattr(compiled, "FORMATS", {name: asking})
    is_valid = compiled.CompiledValidator({"x:": {"items": {"format": name}}}.__getitem__, "x:").is_valid
    assert is_valid([RIGHT[name][0], 7])
    assert not asked
    assert is_valid(RIGHT[name])
    assert len(asked) < len(RIGHT[name])
    assert not any(is_valid([text]) for text in WRONG[name])
