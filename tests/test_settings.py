"""Settings: from a file and the environment, for every run where the command line says nothing."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_notify_contracts.options import OPTIONS

from notify_contracts._report import FORMATS, VERDICTS
from notify_contracts._schema import DEFAULT_ENGINE, ENGINES
from notify_contracts.broker import DEFAULT_URL
from notify_contracts.catalog import DEFAULT_CATALOG
from notify_contracts.cli.commands import _COMMANDS, _Parser, _parser
from notify_contracts.cli.configuration import SETTING, SETTINGS, VARIABLE, configured
from notify_contracts.cli.looking import FOREIGN, MISNAMED
from notify_contracts.cli.options import chosen_broker, chosen_url
from notify_contracts.testing import Strictness

FILE = "notify-contracts.toml"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in (*(setting.variable for setting in SETTINGS), VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder in which the command is run; the project's root is above it."""
    folder = tmp_path / "project" / "deep" / "down"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def one(tmp_path, catalog_of):
    """Write a recording of three notifications: one conforms, one does not, one has no contract."""
    good = catalog_of("glance-documented").contract("image.delete", "INFO").example()
    path = tmp_path / "one.jsonl"
    lines = good, good | {"payload": 1}, good | {"event_type": "nova.boot"}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def _shown(run):
    return {row["key"]: (row["value"], row["where"]) for row in _rows(run)}


def _rows(run):
    ran = run("settings", "--format", "json")
    assert ran.status == 0, ran.err
    return json.loads(ran.out)["settings"]


# The table


def test_the_table_is_the_librarys():
    """What the table writes down is what the library has."""
    assert SETTING["engine"].choices == tuple(ENGINES)
    assert set(SETTING["format"].choices) == {*FORMATS, VERDICTS}
    assert SETTING["strictness"].choices == tuple(Strictness)
    assert SETTING["catalog"].default == DEFAULT_CATALOG
    assert SETTING["engine"].default == DEFAULT_ENGINE
    assert SETTING["url"].default == DEFAULT_URL


def _parsers(parser):
    yield parser
    for action in parser._actions:  # noqa: SLF001  # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for inner in action.choices.values():
                yield from _parsers(inner)


def test_every_option_that_can_be_set_is_in_the_table():
    """A command's option has its value from the setting of its own name, and each of these is some command's."""
    found = set()
    for name in _COMMANDS:
        for parser in _parsers(_parser([name])):
            assert isinstance(parser, _Parser)
            for key, (action, _) in parser.settable.items():
                assert action.option_strings == [SETTING[key].option]
                found.add(key)
    assert found | {"url", "broker"} == {setting.key for setting in SETTINGS if setting.option}


def test_every_option_of_pytest_is_in_the_table():
    """The plugin's options have the names, variables and choices that the table says."""
    by_ini = {setting.ini: setting for setting in SETTINGS if setting.ini}
    assert set(by_ini) == {option.name for option in OPTIONS}
    for option in OPTIONS:
        setting = by_ini[option.name]
        assert (option.key, option.variable) == (setting.key, setting.variable)
        # What is on or off for the command may be more for pytest.
        assert option.choices in (setting.choices, ()) or (setting.kind, option.kind) == ("switch", "string")


def test_the_help_names_every_variable(run):
    """What is shown of a setting says by which variable and options it is set, too."""
    rows = {row["key"]: row for row in _rows(run)}
    assert rows["url"]["variable"] == "NOTIFY_CONTRACTS_AMQP_URL"
    assert rows["coverage-fail-under"]["variable"] == "NOTIFY_CONTRACTS_COVERAGE_FAIL_UNDER"
    assert (rows["ignore"]["option"], rows["ignore"]["pytest"]) == ("--ignore", "notify_ignore")


# Where a value comes from


def test_what_comes_first(folder, run, one, monkeypatch):
    """The command line comes before the environment, that before the file, and that before the default."""

    def engine(*options):
        return json.loads(run("check", one, "--format", "json", *options).out)["engine"]

    assert _shown(run)["engine"] == ("jsonschema-rs", None)
    folder.joinpath(FILE).write_text('# ours\nengine = "jsonschema"\n')
    assert (engine(), _shown(run)["engine"]) == ("jsonschema", ("jsonschema", f"{FILE}:2"))
    monkeypatch.setenv("NOTIFY_CONTRACTS_ENGINE", "jsonschema-rs")
    assert (engine(), _shown(run)["engine"]) == ("jsonschema-rs", ("jsonschema-rs", "NOTIFY_CONTRACTS_ENGINE"))
    assert engine("--engine", "jsonschema") == "jsonschema"
    monkeypatch.setenv("NOTIFY_CONTRACTS_ENGINE", "")
    assert engine() == "jsonschema", "an empty variable sets nothing"


def test_a_list_is_replaced(folder, run, one):
    """What the command line gives several times takes the place of all that the file says."""
    folder.joinpath(FILE).write_text('ignore = ["image.*", "nova.*"]\n')
    assert run("check", one).status == 2
    ran = run("check", one, "--ignore", "nova.*", "--ignore", "cinder.*")
    assert (ran.status, "not judged: 1 of nova.*\n" in ran.out) == (1, True)


def test_the_nearest_file(folder, run):
    """The nearest file counts; in one folder ours comes first; a project without our table is passed over."""
    top, middle = folder.parent.parent, folder.parent
    top.joinpath("pyproject.toml").write_text('[tool.notify-contracts]\nengine = "jsonschema"\n')
    folder.joinpath("pyproject.toml").write_text('[project]\ndependencies = ["notify-contracts==0.2"]\n')
    assert _shown(run)["engine"] == ("jsonschema", f"{top / 'pyproject.toml'}:2")
    middle.joinpath("pyproject.toml").write_text("[tool]\nnotify-contracts.jobs = 2\n")
    assert _shown(run)["engine"] == ("jsonschema-rs", None)
    assert _shown(run)["jobs"] == ("2", str(middle / "pyproject.toml"))
    middle.joinpath(FILE).write_text("jobs = 3\n")
    assert _shown(run)["jobs"] == ("3", f"{middle / FILE}:1")


def test_a_table_that_is_not_read(folder, run, one, monkeypatch):
    """A table beside our file counts for nothing, and every run says so; where one file was named nothing is said."""
    folder.joinpath(FILE).write_text('catalog = "glance-emitted"\n')
    project = folder / "pyproject.toml"
    project.write_text("[tool.notify-contracts]\nlifecycles = true\n")
    said = f"pyproject.toml: its [tool.notify-contracts] is not read, for {FILE} comes first: have all in one file"
    for command in (("check", one), ("settings",)):
        assert run(*command).err == f"notify-contracts: {said}\n"
    for text in ("[project]\n", "[tool.notify-contract]\n", "["):
        project.write_text(text)
        assert run("settings").err == ""
    project.write_text("[tool.notify-contracts]\n")
    monkeypatch.setenv(VARIABLE, FILE)
    assert run("settings").err == ""


def test_a_byte_order_mark(folder, run):
    """What an editor of Windows writes before the text is no part of it."""
    folder.joinpath(FILE).write_bytes(b"\xef\xbb\xbfjobs = 3\r\n")
    assert _shown(run)["jobs"] == ("3", f"{FILE}:1")


def test_a_file_that_is_named(folder, run, tmp_path, monkeypatch):
    """The environment may name the file, or that there is none."""
    folder.joinpath(FILE).write_text("jobs = 3\n")
    other = tmp_path / "other.toml"
    other.write_text("jobs = 4\n")
    monkeypatch.setenv(VARIABLE, str(other))
    assert _shown(run)["jobs"] == ("4", f"{other}:1")
    monkeypatch.setenv(VARIABLE, "off")
    assert _shown(run)["jobs"] == ("auto", None)
    monkeypatch.setenv(VARIABLE, "nowhere.toml")
    assert run("settings").status == 2


def test_paths_begin_at_the_file(folder, run, one, parcels_copy):
    """Paths in the file are relative to the file, whichever folder below it the command is run in."""
    parcels_copy.rename(folder.parent / "contracts")
    folder.parent.joinpath(FILE).write_text(
        'catalog = "contracts"\nreport = "json:out.json"\nbaseline = "known.json"\n'
    )
    ran = run("check", one, "--write-baseline", folder.parent / "known.json")
    assert ran.status == 0, "the baseline that is set and not there yet can be made"
    assert json.loads(folder.parent.joinpath("out.json").read_text())["catalog"]["name"] == "parcels"
    assert run("check", one).status == 0
    assert run("catalog", "show", "parcel.lost").status == 0
    other = run("check", one, "--catalog", "glance-emitted")
    assert (other.status, other.err.count("\n"), f"{VARIABLE}=off" in other.err) == (2, 1, True)


def test_a_folder_that_is_gone(folder, run, one):
    """Where the current folder was deleted there is no file, and no crash."""
    folder.rmdir()
    assert run("check", one).status == 1


def test_only_where_it_has_a_meaning(folder, run, one):
    """A setting is not applied to a command that has no such option, nor a format to one that does not write it."""
    folder.joinpath(FILE).write_text('format = "jsonl"\njobs = 1\nreport = "json:out.json"\nallow-unknown = true\n')
    assert run("catalog", "export", "--format", "json-schema").status == 0
    assert run("check", one).out.count('"conforms"') == 3
    assert run("report", "merge", "out.json").out.startswith("glance-documented"), "and writes over none that it reads"


def test_one_where_several_are_set(folder, run):
    """A command that takes one of what several are set of says so."""
    folder.joinpath(FILE).write_text('catalog = ["glance-emitted", "glance-documented"]\n')
    ran = run("catalog", "export", "--format", "json-schema")
    assert (ran.status, ran.err) == (
        2,
        f"notify-contracts: {FILE}:1: catalog: this command takes one of them: give --catalog\n",
    )
    assert "glance-emitted and glance-documented" in run("catalog", "show", "image.create", "INFO").out


def test_the_catalog_that_is_worked_on(folder, run, parcels_copy):
    """A catalog that is set is the one that is linted and measured where none is named."""
    folder.joinpath(FILE).write_text(f"catalog = {json.dumps(str(parcels_copy))}\n")
    parcels_copy.joinpath("catalog.json").write_text("{}")
    assert str(parcels_copy) in run("catalog", "lint").out
    assert run("catalog", "lint", "glance-documented").status == 0
    folder.joinpath(FILE).write_text('catalog = ["glance-emitted", "glance-documented"]\n')
    assert "this command takes one of them: give --catalog" in run("catalog", "strength").err


def test_merged_reports_find_their_catalog(folder, run, one, parcels_copy):
    """A report of a catalog that is not built in is merged with that of the settings, one of another as ever."""
    run("check", one, "--format", "json", "--output", "ours.json")
    run("check", one, "--format", "json", "--output", "parcels.json", "--catalog", parcels_copy)
    folder.joinpath(FILE).write_text(f"catalog = {json.dumps(str(parcels_copy))}\n")
    assert run("report", "merge", "parcels.json").out.startswith("parcels")
    assert run("report", "merge", "ours.json").out.startswith("glance-documented")


# What is wrong with it

WRONG = [
    ('catalogg = "x"', 'no such setting: catalogg; did you mean "catalog"?'),
    ("allow_unknown = true", 'no such setting: allow_unknown; did you mean "allow-unknown"?'),
    ("zzz = 1", "no such setting: zzz; notify-contracts settings --help says what there is"),
    ("catalog = 1", "catalog: expected a text or a list of texts, none of them empty, found a number"),
    ('ignore = ["a", ""]', "ignore: expected a text or a list of texts, none of them empty, found a list"),
    ("allow-unknown = 1", "allow-unknown: expected true or false, found a number"),
    ('baseline = "a\\u0000b"', "baseline: expected a text without the character NUL"),
    ("baseline = true", "baseline: expected a text, found true"),
    ("baseline = 1979-05-27", "baseline: expected a text, found a date"),
    ("jobs = true", "jobs: expected auto or a number from 1 on, found true"),
    ("jobs = 1.5", 'jobs: expected auto or a number from 1 on, found "1.5"'),
    ("jobs = 65", "jobs: expected auto or a number from 1 to 64"),
    ('engine = "jsonschma"', 'found "jsonschma"; did you mean "jsonschema"?'),
    ("coverage-fail-under = nan", 'coverage-fail-under: expected a number from 0 to 100, found "nan"'),
    ('broker = "amqp://me:secret@host/"', 'broker: expected auto, docker, local or off; the key of a URL is "url"'),
    ('report = "me:secret@host"', "report: expected FORMAT:FILE with one of text, brief"),
    ('wire = "me:secret@host"', 'wire: expected 2.0, 1.0, found "me:***@host"'),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_wrong_setting(folder, run, one, text, said):
    """A wrong key or value is an error of one line that names the place, and nothing is checked."""
    folder.joinpath(FILE).write_text(f"\n{text}\n")
    ran = run("check", one)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"notify-contracts: {FILE}:2: ")
    assert said in ran.err
    assert "secret" not in ran.err


@pytest.mark.parametrize(
    "case",
    [
        ("ENGINE", "jsonschma", 'expected jsonschema-rs, jsonschema, found "jsonschma"; did you mean "jsonschema"?'),
        ("ALLOW_UNKNOWN", "perhaps", 'expected true or false, found "perhaps"'),
        ("JOBS", "-1", 'expected auto or a number from 1 on, found "-1"'),
        ("REPORT", "out.json", "report: expected FORMAT:FILE with one of text, "),
    ],
)
def test_a_wrong_variable(run, one, monkeypatch, case):
    """A variable that sets no value that there is, is an error of one line that names it."""
    name, text, said = case
    monkeypatch.setenv(f"NOTIFY_CONTRACTS_{name}", text)
    ran = run("check", one)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith(f"notify-contracts: NOTIFY_CONTRACTS_{name}: ")
    assert said in ran.err


def _pipe(path):
    os.mkfifo(path)


UNREADABLE = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": _pipe,
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "no TOML": lambda path: path.write_text("notify-contracts = ["),
    "no text": lambda path: path.write_bytes(b'notify-contracts = "\xff"'),
    "nested too deep": lambda path: path.write_text("notify-contracts." + "a = " + "[" * 5000 + "]" * 5000),
    "too large": lambda path: path.write_bytes(b"# notify-contracts = \n" + b" " * 1024 * 1024),
    "no table": lambda path: path.write_text("[tool]\nnotify-contracts = 1" if path.suffix == ".toml" else ""),
}


@pytest.mark.parametrize("name", [FILE, "pyproject.toml"])
@pytest.mark.parametrize("kind", UNREADABLE)
def test_unreadable(folder, run, one, kind, name):
    """A file that may hold settings and cannot be read is an error, not ignored, and never waited for."""
    path = folder / name
    UNREADABLE[kind](path)
    ran = run("check", one)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert FILE in ran.err or str(path) in ran.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files of others")
def test_anybodys_file(folder, run, one):
    """A file that another user may have put there, for it says where reports are written, is not followed."""
    path = folder / FILE
    path.write_text('report = "json:out.json"\n')
    os.chown(path, 12345, 12345)
    assert run("check", one).status == 1
    folder.chmod(0o777)
    folder.joinpath("out.json").unlink()
    ran = run("check", one)
    assert (ran.status, "another user's" in ran.err, (folder / "out.json").exists()) == (2, True, False)


# What it does to a run


def test_what_is_ignored_is_told(folder, run, one):
    """What the file has ignored is counted and told in every kind of report, by several processes as by one."""
    folder.joinpath(FILE).write_text('ignore = ["image.*"]\n')
    note = "ignored, and not judged: 2 of image.*"
    for jobs in (1, 2):
        text = run("check", one, "--jobs", jobs)
        assert note in text.out
        assert "1 notifications, 0 conform, 1 do not" in text.out
    run("check", one, *(f"--report={name}:out.{name}" for name in FORMATS))
    for name in FORMATS:
        assert note in folder.joinpath(f"out.{name}").read_text(), name
    assert json.loads(run("check", one, "--format", "json").out)["ignored"] == {"image.*": 2}
    assert note in run("check", one, "--format", "jsonl").err, "whose lines cannot tell it"


@pytest.mark.parametrize("part", ["--first", "--sample"])
def test_what_is_ignored_of_a_part(run, one, part):
    """What is ignored is told where only a part is asked about, too."""
    assert "ignored, and not judged: 2 of image.*" in run("check", one, "--ignore", "image.*", part, "1").out


def test_nothing_is_left(folder, run, one):
    """A run of which the file leaves nothing to judge is not green."""
    folder.joinpath(FILE).write_text('ignore = ["*"]\n')
    ran = run("check", one)
    assert (ran.status, "ignored, and not judged: 3 of *" in ran.out) == (2, True)


def test_ignored_adds_up(folder, run, one):
    """Reports that are merged say how many were ignored in all, once."""
    for number in (1, 2):
        run("check", one, "--ignore", "image.*", "--format", "json", "--output", f"{number}.json")
    values = json.loads(folder.joinpath("2.json").read_text())
    folder.joinpath("2.json").write_text(json.dumps(values | {"sources": ["elsewhere"]}))
    merged = run("report", "merge", "1.json", "2.json")
    assert merged.out.count("not judged") == 1
    assert "ignored, and not judged: 4 of image.*" in merged.out


def test_a_ci_of_two_runs(folder, run, one, catalog_of):
    """The second run with the baseline of the first is green; one new violation makes it red, and alone is shown."""
    folder.joinpath(FILE).write_text('baseline = "known.json"\n')
    assert run("check", one).status == 2, "there is none yet"
    assert run("check", one, "--write-baseline", "known.json").status == 0
    assert run("check", one).status == 0
    upload = catalog_of("glance-documented").contract("image.upload", "INFO").example()
    with one.open("a") as file:
        file.write(json.dumps(upload | {"payload": upload["payload"] | {"size": "large"}}) + "\n")
    ran = run("check", one, "--format", "brief")
    assert ran.status == 1
    assert ran.out.splitlines()[1].startswith("1 x image.upload-INFO: size: ")
    assert ran.out.count(" x ") == 1
    assert "baseline: 1 new, 2 known, 0 expired, 0 gone" in ran.out


def test_no_credentials(folder, run, monkeypatch):
    """No password is shown of a URL, wherever it was set, well-formed or not."""
    for text in ("amqp://me:secret@host/", "me:secret@host", "amqp://me:sec/secret@host", "secret:secret"):
        folder.joinpath(FILE).write_text(f'url = "{text}"\nbaseline = "amqp://me:secret@host/"\n')
        monkeypatch.setenv("NOTIFY_CONTRACTS_BROKER", "amqp://me:secret@host/")
        for form in ("text", "json"):
            ran = run("settings", "--format", form)
            assert ran.status == 0
            assert "secret@" not in ran.out
            assert ":secret" not in ran.out


def test_hostile_text(folder, run):
    """What is not printable is escaped, wherever it is shown."""
    folder.joinpath(FILE).write_text('catalog = "\\u001b[2J\\u202e"\n')
    assert "\x1b" not in run("settings").out
    assert run("settings").out.splitlines()[0].count("\\x1b[2J\\u202e") == 1
    folder.joinpath(FILE).write_text('"\\u001b[2J" = 1\n')
    ran = run("settings")
    assert (ran.status, "\x1b" in ran.err, ran.err.count("\n")) == (2, False, 1)


BROKERS = [
    # command line, environment, file -> what is obtained
    ((None, None), {}, "", ("auto", None)),
    ((None, None), {}, 'url = "amqp://f"', ("auto", "amqp://f")),
    ((None, None), {}, 'url = "amqp://f"\nbroker = "local"', ("local", None)),
    ((None, None), {}, 'broker = "off"', ("auto", None)),
    ((None, None), {"AMQP_URL": "amqp://e"}, 'url = "amqp://f"\nbroker = "local"', ("auto", None)),
    ((None, None), {"BROKER": "docker"}, 'broker = "local"', ("docker", None)),
    ((None, "amqp://c"), {"BROKER": "docker"}, 'broker = "local"', ("auto", "amqp://c")),
    (("local", None), {}, 'url = "amqp://f"', ("local", None)),
    (("auto", None), {}, 'broker = "local"', ("auto", None)),
]


@pytest.mark.parametrize("case", BROKERS)
def test_which_broker(folder, monkeypatch, case):
    """The broker of the command line comes first, then that of the environment, whose URL comes before any file's."""
    given, variables, text, obtained = case
    for name, value in variables.items():
        monkeypatch.setenv(f"NOTIFY_CONTRACTS_{name}", value)
    folder.joinpath(FILE).write_text(text)
    files = dict.fromkeys(("cafile", "certfile", "keyfile"))
    options = SimpleNamespace(broker=given[0], url=given[1], configured=configured(), **files)
    assert chosen_broker(options) == obtained
    urls = (given[1], variables.get("AMQP_URL"), "amqp://f" if "url" in text else None, DEFAULT_URL)
    assert chosen_url(options) == next(url for url in urls if url)


def test_nothing_is_loaded_for_nothing():
    """Where neither a file nor the environment sets anything, nothing is loaded that would read it."""
    program = (
        "import sys; from notify_contracts.cli import main; main(['catalog', 'show', 'image.delete', 'INFO']);"
        "print({'tomllib', 'notify_contracts.cli.configuration'} & set(sys.modules))"
    )
    root = str(Path(__file__).parent.parent)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NOTIFY_CONTRACTS_")}
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd="/",
        env=environment | {"PYTHONPATH": root},
    )  # fmt: skip
    assert ran.stdout.endswith("set()\n")


MISTYPED = (
    *(
        "tool.notify_contracts",
        "tool.Notify-Contracts",
        "notify-contracts",
        "tool.notify-contract",
        "tool.NotifyContracts",
    ),
    *("tools.notify-contracts", "project.notify-contracts", "tool.notify-contacts"),
)


@pytest.mark.parametrize("table", MISTYPED)
def test_a_mistyped_table_is_refused(table, folder, run, one):
    """A table of a project whose name is nearly ours is not passed over: nothing is checked, and it is named."""
    (folder / "pyproject.toml").write_text(f'[{table}]\ncatalog = "glance-emitted"\n')
    ran = run("check", one)
    assert ran.status == 2
    assert f"no such table: [{table}]; did you mean [tool.notify-contracts]?" in ran.err


DEPENDENCIES = (
    '[dependency-groups]\nnotify-contracts = ["notify-contracts[pytest]"]',
    '[tool.uv.sources]\nnotify-contracts = {path = "../x"}',
    '[tool.poetry.group.dev.dependencies.notify-contracts]\nversion = "1"',
    "[tool.notify-contracts-extras]\nx = 1",
    "[tool.contracts]\nx = 1",
)


@pytest.mark.parametrize("text", DEPENDENCIES)
def test_a_dependency_is_no_table(text, folder, run, one):
    """A project that only depends on this one, or has a table of another tool, sets nothing."""
    (folder / "pyproject.toml").write_text(f"{text}\n")
    assert (run("check", one).status, run("check", one).err) == (1, "")


@pytest.mark.parametrize("name", MISNAMED)
def test_a_misnamed_file_is_refused(name, folder, run, one):
    """A file whose name is nearly that of the settings is not passed over."""
    (folder.parent / name).write_text('catalog = "glance-emitted"\n')
    ran = run("check", one)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.endswith(f"{name}: is not read: settings stand in a notify-contracts.toml; rename it\n")


@pytest.mark.parametrize("heading", ["tool:notify-contracts", "notify_contracts", "tool.Notify-Contracts"])
@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_other_tools_is_refused(name, heading, folder, run, one):
    """A section for us in a file where only other tools have one is not passed over, whatever stands beside it."""
    (folder / name).write_text(f"[testenv]\nx = 1\n\n[{heading}]\ncatalog = glance-emitted\n")
    (folder / "pyproject.toml").write_text("[tool.notify-contracts]\njobs = 1\n")
    ran = run("check", one)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert f"{name}: our settings are not read from it: they stand in a pyproject.toml, under [tool.notify-" in ran.err


@pytest.mark.parametrize("text", ["[testenv:notify-contracts]", "[options]\ninstall_requires =\n  notify-contracts"])
def test_a_file_of_other_tools_that_names_us(text, folder, run, one):
    """An environment of tox that is called so, or a dependency, sets nothing."""
    for name in FOREIGN:
        (folder / name).write_text(f"{text}\n")
    assert (run("check", one).status, run("check", one).err) == (1, "")


HEADINGS = {
    (FILE, "tool.notify-contracts"): "in this file without a heading",
    (FILE, "notify-contracts"): "in this file without a heading",
    ("pyproject.toml", "tool.notify-contracts.check"): "right under [tool.notify-contracts]",
}


@pytest.mark.parametrize("given", HEADINGS, ids=" ".join)
def test_a_heading_too_many(given, folder, run, one):
    """A heading where none belongs is told with where settings stand."""
    name, heading = given
    (folder / name).write_text(f"[{heading}]\njobs = 2\n")
    ran = run("check", one)
    assert ran.status == 2
    assert ran.err.endswith(f"; settings stand {HEADINGS[given]}\n")


def test_a_mistyped_variable_is_refused(run, one, monkeypatch):
    """A variable whose name is nearly that of a setting is refused; others that begin as ours do are somebody's own."""
    monkeypatch.setenv("NOTIFY_CONTRACTS_CATALOG_FOLDER", "x")
    assert run("check", one).status == 1
    monkeypatch.setenv("NOTIFY_CONTRACTS_CATALOGS", "glance-emitted")
    ran = run("check", one)
    assert ran.status == 2
    assert 'no such setting: NOTIFY_CONTRACTS_CATALOGS; did you mean "NOTIFY_CONTRACTS_CATALOG"?' in ran.err


@pytest.mark.parametrize(
    ("variable", "meant"),
    {
        "NOTIFY_CONTRACT_BASELINE": "NOTIFY_CONTRACTS_BASELINE",
        "notify_contracts_allow_unknown": "NOTIFY_CONTRACTS_ALLOW_UNKNOWN",
        "NOTIFYCONTRACTS_CATALOG": "NOTIFY_CONTRACTS_CATALOG",
        "NOTIFY_CONTRACTS_SETTING": VARIABLE,
    }.items(),
)
def test_a_variable_that_begins_nearly_as_ours_is_refused(variable, meant, run, one, monkeypatch):
    """A variable whose beginning is mistyped, not what follows it, is refused as well."""
    monkeypatch.setenv(variable, "x")
    ran = run("check", one)
    assert ran.status == 2
    assert f'no such setting: {variable}; did you mean "{meant}"?' in ran.err


@pytest.mark.parametrize("where", ["a list", "a variable"])
def test_no_catalog_at_all(where, folder, run, one, monkeypatch):
    """Of catalogs there is at least one: an empty list, and a variable of commas, are refused."""
    if where == "a list":
        (folder / FILE).write_text("catalog = []\n")
    else:
        monkeypatch.setenv("NOTIFY_CONTRACTS_CATALOG", " , ")
    ran = run("check", one)
    assert ran.status == 2
    assert re.fullmatch(r"notify-contracts: [^\n]+: expected (at least )?one[^\n]+\n", ran.err)
