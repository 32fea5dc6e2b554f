"""Which recordings are read, which notifications are looked at, and what the status says of it."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from notify_contracts._audit import in_folders
from notify_contracts._drafting.inference.reading import Learning
from notify_contracts.cli.reader import Reader, Sources
from notify_contracts.errors import SourceError

ONE_LINE = re.compile(r"notify-contracts: [^\n]+\n")


@pytest.fixture
def example(catalog_of):
    """Return notifications that conform to both built-in catalogs or to none, by their names."""
    upload = catalog_of("glance-emitted").contract("image.upload", "ERROR").example()
    return {
        "upload": upload,
        "create": catalog_of("glance-documented").contract("image.create", "INFO").example(),
        "broken": upload | {"message_id": 7},
        "stranger": upload | {"event_type": "volume.create", "payload": {}},
        "number": upload | {"event_type": 7},
    }


@pytest.fixture
def write(example, tmp_path):
    """Write a recording of some of the examples."""

    def write(name, *names, wrap=bytes):
        path = tmp_path / name
        path.write_bytes(wrap("".join(json.dumps(example[name]) + "\n" for name in names).encode()))
        return path

    return write


def _totals(ran):
    return json.loads(ran.out)["totals"]


def test_statuses(run, write):
    """The status is 0 where everything conforms and 1 where something does not."""
    assert run("check", write("good", "upload", "create")).status == 0
    assert run("check", write("bad", "upload", "broken")).status == 1


def test_nothing_was_judged(run, write, tmp_path):
    """Where --allow-unknown lets everything pass, no contract was asked: status 2, and a line with the way out."""
    strangers = write("strangers", *["stranger"] * 3)
    ran = run("check", strangers, "--allow-unknown")
    assert ran.status == 2
    assert ONE_LINE.fullmatch(ran.err)
    assert "none of the event types in 3 notifications is in glance-documented" in ran.err
    assert "with --catalog" in ran.err
    assert "problem: none of the event types" in ran.out
    assert run("check", write("one", "upload"), strangers, "--allow-unknown").status == 0
    (tmp_path / "archive").mkdir()
    strangers.rename(tmp_path / "archive" / "strangers")
    ran = run("audit", tmp_path / "archive", "--allow-unknown", "--workers", "1")
    assert ran.status == 2
    assert ONE_LINE.fullmatch(ran.err)


def test_several_sources(run, write):
    """Several recordings, of several shapes, are one report."""
    sources = [write("a", "upload"), write("b", "create", "broken", wrap=gzip.compress), write("c", "upload")]
    ran = run("check", *sources, "--format", "json")
    assert ran.status == 1
    assert (_totals(ran)["notifications"], _totals(ran)["failing"]) == (4, 1)
    assert json.loads(ran.out)["sources"] == [str(source) for source in sources]


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "another text"])
def test_one_of_several_is_unusable(kind, position, run, write, tmp_path):
    """A source that cannot be used is one line; the others are checked, and the status is 2 in the end."""
    unusable = tmp_path / "unusable"
    if kind == "folder":
        unusable.mkdir()
    elif kind != "missing":
        unusable.write_text("" if kind == "empty" else "hello\n")
    sources = [write("a", "upload"), write("b", "broken")]
    sources.insert(position, unusable)
    ran = run("check", *sources, "--format", "json")
    assert ran.status == 2
    assert ONE_LINE.fullmatch(ran.err)
    assert str(unusable) in ran.err
    assert (_totals(ran)["notifications"], _totals(ran)["failing"]) == (2, 1)


@pytest.fixture
def folder(write, tmp_path):
    """Make a folder of recordings with what is hidden, links, and other names of the same."""
    for name in ("2026/01", "2026/.part", "2026/empty"):
        (tmp_path / name).mkdir(parents=True)
    write("2026/b", "upload", "broken")
    write("2026/01/a.gz", "create", wrap=gzip.compress)
    for name in (".hidden", "2026/.part/c", "outside"):
        write(name, "stranger")
    (tmp_path / "2026" / "again").hardlink_to(tmp_path / "2026" / "b")
    (tmp_path / "2026" / "all").symlink_to(tmp_path / "2026")
    (tmp_path / "2026" / "z").symlink_to("../outside")
    return tmp_path / "2026"


def test_folder(folder, run):
    """A folder is the files in it, as for audit: sorted, not what is hidden, through links, and each file once."""
    pytest.importorskip("distributed")
    ran = run("check", folder, "--format", "json")
    report = json.loads(ran.out)
    assert report["sources"] == [str(folder / name) for name in ("01/a.gz", "again", "z")]
    assert (ran.status, _totals(ran)["notifications"]) == (1, 4)
    assert f"{folder}/all is {folder}, {folder}/b is {folder}/again" in ran.err
    assert report["notes"] == [ran.err.removeprefix("notify-contracts: ").rstrip()]
    audited = run("audit", folder, "--format", "json", "--workers", "1")
    assert (audited.status, audited.out, audited.err) == (ran.status, ran.out, ran.err)


def test_folder_among_files(folder, run, write):
    """What is given by its name and found in a folder as well is counted once, where it was first."""
    ran = run("check", folder / "01" / "a.gz", folder, write("after", "upload"), "--format", "json")
    assert json.loads(ran.out)["sources"] == [
        str(path) for path in (folder / "01" / "a.gz", folder / "again", folder / "z", folder.parent / "after")
    ]


def test_nothing_in_folder(folder, run, write):
    """A folder with no file in it is a problem, and stops nothing."""
    ran = run("check", folder / "empty", write("a", "upload"), "--format", "json")
    assert (ran.status, _totals(ran)["conforming"]) == (2, 1)
    assert ran.err == f"notify-contracts: {folder / 'empty'}: cannot be read: there is no file in it\n"


def test_all_are_unusable(run, tmp_path):
    """Each source that cannot be used has a line of its own."""
    ran = run("check", tmp_path / "a", tmp_path / "b", tmp_path)
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 3
    assert all(ONE_LINE.fullmatch(line) for line in ran.err.splitlines(keepends=True))


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input(arguments, command, example):
    """Standard input is read where it is asked for or nothing else is, plain or compressed."""
    text = json.dumps(example["upload"]).encode()
    for stdin in (text, gzip.compress(text)):
        ran = command("check", *arguments, "--format", "jsonl", stdin=stdin)
        assert (ran.status, ran.err) == (0, "")
        assert json.loads(ran.out)["source"] == "standard input"


def test_standard_input_among_files(command, write, example):
    """Standard input may stand among files."""
    ran = command("check", write("a", "upload"), "-", "--format", "json", stdin=json.dumps(example["broken"]).encode())
    assert ran.status == 1
    assert json.loads(ran.out)["sources"][1] == "standard input"
    assert _totals(ran)["notifications"] == 2


def test_allow_unknown(run, write):
    """Of event types without a contract only the envelope is checked if that is asked for."""
    path = write("a", "stranger", "upload")
    assert run("check", path).status == 1
    ran = run("check", path, "--allow-unknown", "--format", "json")
    assert ran.status == 0
    assert (_totals(ran)["conforming"], _totals(ran)["without_contract"]) == (2, 1)
    assert run("check", write("b", "number"), "--allow-unknown").status == 1


SELECTED = {
    ("--event", "image.*"): 3 + 1,  # whose event type is a number
    ("--event", "image.create"): 1 + 1,
    ("--event", "*.create"): 2 + 1,
    ("--event", "[iv]*"): 4 + 1,
    ("--event", "image.?pload"): 2 + 1,
    ("--priority", "INFO"): 1,
    ("--priority", "ERROR"): 4,
    ("--priority", "ERROR", "--event", "image.*"): 2 + 1,
    ("--event", "*"): 5,
}


@pytest.mark.parametrize("selection", SELECTED, ids=" ".join)
def test_selection(selection, run, write):
    """Only what is selected by event type and priority is checked and counted."""
    ran = run("check", write("a", "upload", "create", "broken", "stranger", "number"), "--format", "json", *selection)
    assert _totals(ran)["notifications"] == SELECTED[selection]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("attribute", ["event_type", "priority"])
def test_what_selects_is_missing(attribute, form, run, made, example):
    """What lacks the event type, or the priority, may be any, and counts; what tells another does not."""
    whole = example["create"]
    lacking = {name: value for name, value in whole.items() if name != attribute}
    for told, status in ((lacking, 1), ({**lacking, attribute: None}, 1), ({**lacking, attribute: "other"}, 0)):
        path = made("".join(f"{json.dumps(each)}\n" for each in (whole, told)).encode())
        ran = run("check", path, "--format", form, "--event", "image.c*", "--priority", whole["priority"])
        assert ran.status == status, ran.out


@pytest.mark.parametrize("selection", [("--event", "image"), ("--event", "IMAGE.*"), ("--priority", "WARN")])
def test_nothing_selected(selection, run, write):
    """A selection that nothing matches is said, and is no success."""
    ran = run("check", write("a", "upload", "create"), *selection)
    assert ran.status == 2
    said, *meant = ran.err.splitlines()
    assert "no notification is left by" in said
    assert all(line.endswith('did you mean "image.*"?') for line in meant)


@pytest.mark.parametrize("command", ["check", "audit"])
def test_an_event_type_named_in_vain(command, run, write):
    """An event type that nothing has, beside one that is judged, is mistyped: it is told, and is no success."""
    how = ("--workers", 1) if command == "audit" else ()
    path = write("a", "upload", "create")
    ran = run(command, path, "--event", "image.*", "--event", "image.uplaod", *how)
    assert ran.status == 2
    assert "--event image.uplaod: nothing like it came, and glance-documented has no contract for it" in ran.err
    assert 'did you mean "image.upload"?' in ran.err
    assert run(command, path, "--event", "image.*", "--event", "task.*", *how).status == 0
    alone = run(command, path, "--event", "image.uplaod", *how)
    assert alone.status == 2
    assert 'did you mean "image.upload"?' in alone.err


@pytest.fixture
def dated(example, made):
    """Write a recording of notifications at these times."""
    return lambda *times: made(
        "".join(json.dumps(example["upload"] | {"timestamp": at}) + "\n" for at in times).encode()
    )


PERIODS = {
    ("--since", "2026-11-28"): 4,
    ("--until", "2026-11-28"): 2,
    ("--since", "2026-11-28", "--until", "2026-11-29"): 3,
    ("--since", "2026-11-28T10:30:00.5"): 3,
    ("--since", "2026-11-28T12:30:00.500001+02:00", "--event", "image.*"): 2,
    ("--since", "0001-01-01T00:00:00+14:00"): 5,
    ("--since", "2026-11-28", "--event", "task.*"): 0,
}


@pytest.mark.parametrize("period", PERIODS, ids=" ".join)
def test_period(period, run, dated):
    """What is from the time asked for by its own timestamp is looked at, and so is what tells no time."""
    path = dated(
        "2026-11-27 23:59:59.999999", "2026-11-28 00:00:00.000000", "2026-11-28T10:30:00.5Z", "2026-11-29", "?"
    )
    assert _totals(run("check", path, "--format", "json", *period))["notifications"] == PERIODS[period]


def test_nothing_in_period(run, dated):
    """A period in which there is nothing, or of no length, is no success, and neither is what is no time."""
    path = dated("2026-11-28 00:00:00.000000")
    ran = run("check", path, "--until", "2026-11-28")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "no notification is left by --until" in ran.err
    ran = run("check", path, "--since", "2026-11-28", "--until", "2026-11-28T01:00+01:00")
    assert (ran.status, "give a later --until" in ran.err) == (2, True)
    ran = run("check", path, "--since", "yesterday")
    assert (ran.status, "expected a time as 2026-11-28" in ran.err) == (2, True)


def test_unreadable_is_always_selected(run, write, made):
    """What is unreadable is counted whatever is selected, for nobody knows what it was."""
    path = made(b"{}\n" + write("a", "upload").read_bytes() + b"{\n")
    ran = run("check", path, "--format", "json", "--event", "image.upload")
    assert (ran.status, _totals(ran)["notifications"], _totals(ran)["unreadable"]) == (1, 3, 2)


def test_third_catalog(run, made, parcels, catalog_of):
    """A catalog of the user's own works wherever a built-in one does."""
    catalog = catalog_of(parcels)
    lines = [json.dumps(contract.example()) for contract in catalog.contracts]
    for engine in ("jsonschema-rs", "jsonschema"):
        ran = run("check", made("\n".join(lines).encode()), "--catalog", parcels, "--engine", engine)
        assert ran.status == 0
        assert "5 notifications, 5 conform, 0 do not, 0 violations, 5 of 5 contracts seen" in ran.out


@pytest.mark.parametrize("other", ["again.jsonl", "./again.jsonl", "link.jsonl", "hard.jsonl"])
def test_a_file_under_two_names_is_read_once(run, write, other, tmp_path, monkeypatch):
    """What was recorded once is no evidence for more, though a link to the latest recording lies beside the others."""
    path = write("again.jsonl", "upload")
    (tmp_path / "link.jsonl").symlink_to(path.name)
    (tmp_path / "hard.jsonl").hardlink_to(path)
    monkeypatch.chdir(tmp_path)
    ran = run("check", "again.jsonl", other, "--catalog", "glance-emitted", "--format", "json")
    assert _totals(ran)["notifications"] == 1
    note = f"left out, being the same under another name: {other} is again.jsonl" if "again" not in other else ""
    assert note in ran.err


def test_what_can_be_read_but_once_is_read_once(tmp_path, monkeypatch):
    """A pipe that is named twice, which would be waited for for ever, is one source; so is a file that is the input."""
    pipe, file, said = tmp_path / "pipe", tmp_path / "file", []
    os.mkfifo(pipe)
    file.touch()
    (tmp_path / "link").symlink_to(pipe)
    assert in_folders([str(pipe), str(tmp_path / "link"), str(pipe)], said.append, said.append) == (str(pipe),)
    assert said == [f"left out, being the same under another name: {tmp_path / 'link'} is {pipe}"]
    monkeypatch.setattr("notify_contracts._audit.sources._STANDARD_INPUT", str(file))
    assert in_folders(["-", str(file), str(pipe), "-"], said.append, said.append) == ("-", str(pipe))


def test_a_source_that_is_gone_in_between(write, capsys):
    """What was read for one work and cannot be for the next ends the command: nothing is made of a part."""
    sources = Sources()
    sources |= {str(path): path.name for path in (write("one", "upload"), write("two", "create"))}
    sources["gone"] = "gone"
    reader = Reader(sources, 1)
    assert [part[0].count for part in reader.run(Learning())] == [1, 1]
    assert [part[0].count for part in reader.run(Learning())] == [1, 1]
    assert capsys.readouterr().err == "notify-contracts: gone: cannot be read: No such file or directory\n"
    Path(next(iter(sources))).unlink()
    with pytest.raises(SourceError, match="one: cannot be read"):
        list(reader.run(Learning()))
