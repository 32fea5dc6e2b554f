"""The report for people: a matrix, the violations in groups, a line of totals, a hint; in colour on a terminal only."""

import html
import json
import os
import pty
import re

import pytest

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def recording(catalog_of, parcels, tmp_path):
    """Write a recording with something of everything: conforming, broken, without a contract, and rubbish."""
    catalog = catalog_of(parcels)
    accepted = catalog.contract("parcel.accepted", "INFO").example()
    light = catalog.contract("parcel.accepted", "INFO").example()
    light["payload"]["grams"] = 0
    light["payload"]["ownr\x1b[2J"] = "red"
    lost = catalog.contract("parcel.lost", "WARN").example()
    lost["payload"]["last_seen"] = "somewhere"
    notifications = [
        accepted,
        light,
        accepted,
        lost,
        accepted | {"event_type": "parcel.acepted"},
        accepted | {"priority": "WARN"},
        light | {"message_id": "\u202e"},
    ]
    path = tmp_path / "parcels.jsonl"
    path.write_text("\n".join(map(json.dumps, notifications)) + "\nrubbish\n")
    return path


EXPECTED = """\
parcels 0.3.1      INFO                  WARN                  ERROR
locker_door.stuck  -                                           -
parcel.accepted    2 passed, 2 failed
parcel.lost                              1 failed              -
without a contract
1 x parcel.accepted, WARN
1 x parcel.acepted, INFO
-: never seen; blank: no contract

2 x parcel.accepted-INFO /payload/grams (minimum)
    expected at least 5, found 0
    first: {path}, line 2, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de
2 x parcel.accepted-INFO /payload/ownr\\x1b[2J (additionalProperties)
    expected no property "ownr\\x1b[2J", found a string
    first: {path}, line 2, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de
1 x (unreadable)
    not JSON: unexpected character: line 1 column 1 (char 0)
    at: {path}, line 8
1 x /priority (no-contract)
    expected INFO for parcel.accepted, found "WARN": parcels has no contract for the pair
    at: {path}, line 6, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de
1 x parcel.accepted-INFO /message_id (format)
    expected UUID, found "\\u202e"
    at: {path}, line 7, message_id \\u202e
1 x parcel.lost-WARN /payload/last_seen (anyOf)
    expected IP address of a scanner, or its name such as dock-7, found "somewhere"
    at: {path}, line 4, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de
1 x /event_type (unknown-event)
    expected an event type of parcels, found "parcel.acepted"; did you mean "parcel.accepted"?
    at: {path}, line 5, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de

8 notifications, 2 conform, 6 do not, 9 violations, 1 unreadable, 2 of 5 contracts seen
"""


def _without_reason(text):
    """Leave out the words of the JSON parser, which differ from version to version."""
    return re.sub(r"not JSON: .*", "not JSON", text)


def test_report(recording, run, parcels):
    """The whole report, word for word: nothing of the input can reach the terminal as it is."""
    ran = run("check", recording, "--catalog", parcels)
    assert (ran.status, ran.err) == (1, "")
    assert _without_reason(ran.out) == _without_reason(EXPECTED.format(path=recording))


def _on_a_terminal(start, *arguments, **environment):
    """Run the command with a terminal as its standard output and return what it writes there."""
    master, slave = pty.openpty()
    try:
        with start(*arguments, stdout=slave, env={"TERM": "xterm", **environment}) as process:
            os.close(slave)
            written = b""
            while block := _read(master):
                written += block
            assert process.stderr.read() == b""
    finally:
        os.close(master)
    return process.returncode, written.decode().replace("\r\n", "\n")


def _read(master):
    try:
        return os.read(master, 65536)
    except OSError:  # the other end has been closed
        return b""


def test_colour_on_a_terminal(recording, start, parcels):
    """On a terminal the same report has colours: failures red, what passed green, totals bold, and nothing else."""
    status, written = _on_a_terminal(start, "check", recording, "--catalog", parcels)
    assert status == 1
    assert _without_reason(COLOUR.sub("", written)) == _without_reason(EXPECTED.format(path=recording))
    assert "\x1b[31m2 passed, 2 failed\x1b[0m" in written
    assert "\x1b[1m\x1b[31m8 notifications" in written
    assert set(COLOUR.findall(written)) <= {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m"}


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour(environment, recording, start, parcels):
    """NO_COLOR and a terminal that has none keep the colours out."""
    _, written = _on_a_terminal(start, "check", recording, "--catalog", parcels, **environment)
    assert _without_reason(written) == _without_reason(EXPECTED.format(path=recording))


def test_forced_colour(recording, run, parcels, tmp_path, monkeypatch):
    """FORCE_COLOR wants colours where there is no terminal, but not in a file; NO_COLOR is the stronger one."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    arguments = ("check", recording, "--catalog", parcels)
    ran = run(*arguments, "--report", f"text:{tmp_path / 'report'}")
    assert COLOUR.sub("", ran.out) == (tmp_path / "report").read_text() != ran.out
    for name, value in (("FORCE_COLOR", "0"), ("NO_COLOR", "1")):
        with monkeypatch.context() as other:
            other.setenv(name, value)
            assert not COLOUR.search(run(*arguments).out)


def test_hint(run, examples):
    """Where another built-in catalog explains what failed, the last line names it and how much it explains."""
    ran = run("check", examples / "glance-33-messaging.jsonl")
    expected = "hint: 94 of the 94 failing notifications conform to glance-emitted: try --catalog glance-emitted"
    assert ran.out.splitlines()[-1] == expected


def test_no_hint(run, examples, recording, parcels):
    """Where nothing failed, or no other catalog explains it, there is no hint."""
    assert "hint:" not in run("check", examples / "glance-33.log", "--catalog", "glance-emitted").out
    assert "hint:" not in run("check", recording, "--catalog", parcels).out


def test_many_groups(run, made, catalog_of):
    """Of very many groups the largest are shown, and how many violations the rest has."""
    example = catalog_of("glance-emitted").contract("image.create", "INFO").example()
    lines = [json.dumps(example | {f"extra{number:03}": 1}) for number in range(70)]
    ran = run("check", made("\n".join(lines).encode()), "--catalog", "glance-emitted")
    assert ran.out.count("(additionalProperties)") == 50
    assert "and 20 violations in other groups: --format json or jsonl has them" in ran.out.splitlines()


def test_skipped_lines(run, examples):
    """The lines of a log that are something else are counted in the last line."""
    ran = run("check", examples / "glance-33.log", "--catalog", "glance-emitted")
    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "816 notifications, 814 conform, 2 do not, 2 violations, 2 lost, "
        "35 of 35 contracts seen, 2987 other lines skipped"
    )


def test_empty_names(run, made, catalog_of):
    """An event type, a priority or a property whose name is empty is seen as that, and is no gap in a line."""
    good = catalog_of("glance-documented").contract("task.run", "INFO").example()
    nameless = good | {"payload": good["payload"] | {"": 1}}
    path = made(
        "".join(json.dumps(one) + "\n" for one in (good | {"event_type": "", "priority": ""}, nameless)).encode()
    )
    out = run("check", path, "--format", "brief").out
    assert 'without a contract: "", ""' in out
    assert 'task.run-INFO: has unexpected ""' in out
    assert '1 x "", ""\n' in run("check", path).out
    assert '<td>""</td>' in html.unescape(run("check", path, "--format", "html").out)
