"""Formats: each one predicate that both engines ask, and exact where common libraries are generous."""

import json

import pytest

from notify_contracts.engines import ENGINES
from notify_contracts.formats import FORMATS

RIGHT = {
    "uuid": ["00000000-0000-0000-0000-000000000000", "DC78C8D5-10bb-4452-9d15-613728fd7fba"],
    "date": ["2026-02-28", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"],
    "date-time": [
        "2026-11-22T09:32:55Z", "2026-11-22t09:32:55z", "2026-11-22T09:32:55.123456789+01:30",
        "2028-02-29T23:59:59-00:00",
    ],
    "ipv4": ["0.0.0.0", "192.0.2.17", "255.255.255.255"],
    "ipv6": ["::", "::1", "2001:db8::7", "2001:DB8:0:0:0:0:0:7", "::ffff:192.0.2.1"],
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
        "2026-11-22T09:32:55.Z", "2026-11-22T09:32:55+24:00", "2026-11-22T09:32:55Z\n", "2026-11-22",
    ],
    "ipv4": [
        "256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\n", "1.2.3.4/8", "", "\u0661.2.3.4",
        "0x1.2.3.4",
    ],
    "ipv6": [
        ":::", "1::2::3", "fe80::1%eth0", "2001:db8::7/64", "[::1]", "::1\n", "12345::", "::256.1.1.1", "", "1.2.3.4",
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
