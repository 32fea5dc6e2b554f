"""The plugin's options: on the command line, in the environment, in the configuration file; and what they refuse."""

import os
import subprocess
import sys

import pytest
from pytest_notify_contracts import options

from notify_contracts._schema.engines import DEFAULT_ENGINE, ENGINES
from notify_contracts.broker import GOOD_PREFERENCES
from notify_contracts.catalog import DEFAULT_CATALOG
from notify_contracts.testing import Strictness

PASSES = "def test_it(notifications): pass\n"


def test_the_choices_are_the_librarys():
    """What the plugin writes down, to load nothing, is what the library has."""
    assert list(ENGINES) == list(options.ENGINES)
    assert options.ENGINE.default == DEFAULT_ENGINE
    assert options.CATALOG.default == DEFAULT_CATALOG
    assert list(Strictness) == list(options.STRICTNESSES)
    assert GOOD_PREFERENCES[:3] == options.BROKERS[:3]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "notify_catalog",
            "nowhere",
            'notify_catalog: no catalog "nowhere": give glance-documented or glance-emitted, or *',
        ),
        ("notify_engine", "fast", "*jsonschema-rs*jsonschema*"),
        ("notify_strictness", "lax", "*strict*known*warn*off*"),
        (
            "notify_broker",
            "rabbit",
            "notify_broker is 'rabbit'; choose from auto, docker, local, off, or give an amqp:// URL",
        ),
        ("notify_broker", "http://me:secret@host", "notify_broker is 'host'; choose from auto, *"),
        ("notify_coverage_fail_under", "most", "notify_coverage_fail_under is 'most'; give a number from 0 to 100"),
        ("notify_coverage_fail_under", "101", "notify_coverage_fail_under is '101'; give a number from 0 to 100"),
        ("notify_coverage_fail_under", "nan", "notify_coverage_fail_under is 'nan'; give a number from 0 to 100"),
        ("notify_coverage_report", "no/such/folder.json", "notify_coverage_report *cannot be written; give a file *"),
        ("notify_coverage_report", "junit:no/such/folder", "notify_coverage_report *cannot be written; give a file *"),
        ("notify_coverage_report", "junit:", "notify_coverage_report *cannot be written; give a file *"),
        (
            "notify_coverage_report",
            "xml:out",
            "notify_coverage_report has no format 'xml'; choose from text, brief, json, *",
        ),
        ("notify_coverage_report", "jsonl:out", "notify_coverage_report has no format 'jsonl'; choose from text, *"),
    ],
)
def test_bad_values(project, pytester, name, value, message):
    """A bad value is a usage error before anything runs, on one line that lists the good ones, without a password."""
    on_command_line = project(PASSES).run(f"--{name.replace('_', '-')}={value}")
    pytester.makeini(f"[pytest]\n{name} = {value}\n")
    in_file = project(PASSES).run()
    for result in (on_command_line, in_file):
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines([f"*{message}"])
        assert "Traceback" not in result.stdout.str() + result.stderr.str()
        assert "secret" not in result.stderr.str()


@pytest.mark.parametrize("shown", ["", "-pno:warnings", "-Wignore"])
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("notify_requre_broker", '; did you mean "notify_require_broker"[?]'),
        ("notify-lifecycles", '; did you mean "notify_lifecycles"[?]'),
        ("Notify_Catalog", '; did you mean "notify_catalog"[?]'),
        ("notify_everybody_elsewhere", "; pytest --help says what there is"),
    ],
)
def test_mistyped_names(project, pytester, name, meant, shown):
    """A name that no option has is a usage error, for what it was to ask for would not be; pytest only warns of it."""
    pytester.makeini(f"[pytest]\n{name} = 1\n")
    result = project(PASSES).run(*shown.split())
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: no such option in pytest's file: {name}{meant}"])


def test_names_of_others(project, pytester):
    """A name of another plugin is none of ours, whatever it begins with."""
    pytester.makepyfile(reminder="def pytest_addoption(parser): parser.addini('notify_me', 'when all is over')")
    pytester.syspathinsert()
    pytester.makeini("[pytest]\nnotify_me = 1\n")
    project(PASSES).run("-preminder").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("name", "given"), [(option.flag, option.metavar) for option in options.OPTIONS if option.metavar]
)
def test_empty_values(project, name, given):
    """What is empty on the command line, as a variable that is not set leaves it, is no value: it would do nothing."""
    result = project(PASSES).run(f"{name}=")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{name} is empty; give {given.replace('[', '[[]')}, or leave it out"])


def test_two_reports_for_one_file(project):
    """Two reports for one file are a usage error."""
    result = project(PASSES).run("--notify-coverage-report=out", "--notify-coverage-report=junit:./out")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*notify_coverage_report has two reports for one file; give each its own"])


@pytest.mark.parametrize("name", ["notify_coverage", "notify_require_broker"])
def test_bad_switches(project, pytester, name):
    """A switch in the file is true or false."""
    pytester.makeini(f"[pytest]\n{name} = perhaps\n")
    result = project(PASSES).run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{name} has an invalid truth value 'perhaps'; choose from true, false"])


def test_switches_in_every_file(project, pytester):
    """A switch is on in an ini file, and as a true in TOML."""
    made = project(PASSES)
    pytester.makeini("[pytest]\nnotify_coverage = yes\n")
    made.run().stdout.fnmatch_lines(["*contract coverage*"])
    pytester.path.joinpath("tox.ini").unlink()
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\nnotify_coverage = true\nnotify_coverage_fail_under = 50\n")
    result = made.run()
    result.stdout.fnmatch_lines(["*contract coverage*", "0.0 % of the contracts *; at least 50 % are required"])


def test_the_command_line_comes_before_the_file(project, pytester):
    """What the file says is the default, what the command line says holds."""
    pytester.makeini("[pytest]\nnotify_catalog = glance-emitted\nnotify_strictness = off\nnotify_engine = jsonschema\n")
    tests = """
        def test_it(notifications, notification_catalog):
            assert notification_catalog is notifications.catalog
            assert (notifications.catalog.name, notifications.catalog.engine) == ({!r}, {!r})
            delete("not-an-id")
    """
    project(tests.format("glance-emitted", "jsonschema")).passes(1)
    arguments = ("--notify-catalog=glance-documented", "--notify-engine=jsonschema-rs", "--notify-strictness=strict")
    project(tests.format("glance-documented", "jsonschema-rs")).run(*arguments).assert_outcomes(failed=1)


def test_a_folder_is_found_from_the_root(project, pytester, parcels_copy):
    """A catalog's folder in the configuration file is relative to that file, wherever pytest is started."""
    parcels_copy.rename(pytester.path / "my-contracts")
    pytester.makeini("[pytest]\nnotify_catalog = my-contracts\n")
    made = project("""
        def test_it(contract, notifications):
            notifications.record(contract.example())
    """)
    folder = pytester.mkdir("elsewhere")
    os.chdir(folder)
    result = made.run("--rootdir", "..", "-c", "../tox.ini", "..")
    assert result.parseoutcomes()["passed"] == 5


def test_catalog_without_its_shape(project, parcels_copy):
    """A catalog with a mistyped keyword stops the run before any test, and says where it is."""
    path = parcels_copy / "payloads" / "parcel.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"minLength"', '"minLenght"', 1), encoding="utf-8")
    result = project("def test_it(): pass").run(f"--notify-catalog={parcels_copy}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: notify_catalog: *payloads/parcel.json#/*/minLenght: *; run catalog lint"])


def test_no_broker(project):
    """With the broker off, tests of the bus are skipped and say so; where one is required, they fail."""
    tests = """
        def test_it(bus):
            pass
    """
    result = project(tests).run("--notify-broker=off", "-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED * no broker: it is off (notify_broker)"])
    result = project(tests).run("--notify-broker=off", "--notify-require-broker")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["no broker: it is off (notify_broker)"])


def test_a_broker_that_is_not_there(project):
    """A broker that is named and does not answer is an error, without its password."""
    result = project("""
        def test_it(bus):
            pass
    """).run("--notify-broker=amqp://me:secret@127.0.0.1:1/")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no broker answered at amqp://me:[*][*][*]@127.0.0.1:1*"])
    assert "secret" not in result.stdout.str()


def test_the_environment(project, monkeypatch):
    """The broker can be chosen by the environment, which comes before the file and after the command line."""
    tests = """
        def test_it(bus):
            pass
    """
    monkeypatch.setenv("NOTIFY_CONTRACTS_BROKER", "off")
    project(tests).run().assert_outcomes(skipped=1)
    monkeypatch.setenv("NOTIFY_CONTRACTS_REQUIRE_BROKER", "1")
    project(tests).run().assert_outcomes(errors=1)


def test_help(pytester):
    """Every option is in pytest's help, with what can be chosen and the default."""
    text = " ".join(pytester.runpytest("--help").stdout.str().split())
    for option in options.OPTIONS:
        assert option.flag in text
        assert f"{option.name} ({option.kind})" in text
    assert "notifications and their contracts:" in text
    assert "(default: glance-documented)" in text
    markers = pytester.runpytest("--markers").stdout.str()
    assert "@pytest.mark.contracts(*events, priority=None)" in markers
    assert "@pytest.mark.notifications(catalog=None, strictness=None)" in markers


def test_without_autoload(project, monkeypatch):
    """Where plugins are not loaded by themselves, it works when it is named; named twice, too."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("PYTEST_PLUGINS")
    tests = """
        def test_it(notifications):
            delete()
            notifications.one("image.delete")
    """
    project(tests).run().assert_outcomes(errors=1)
    project(tests).run("-p", "pytest_notify_contracts").assert_outcomes(passed=1)
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    others = ("-pno:asyncio", "-pno:run-parallel")
    project(tests).run(*others).assert_outcomes(passed=1)
    project(tests).run(*others, "-p", "pytest_notify_contracts").assert_outcomes(passed=1)


def _loaded_in(folder, test):
    """Return what a session in a process of its own says it has loaded, of the library and of the plugin."""
    folder.joinpath("conftest.py").write_text(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    packages = {name.partition('.')[0] for name in sys.modules}\n"
        "    print('loaded:', *sorted(packages & {'notify_contracts', 'pika', 'jsonschema', 'orjson'}))\n"
        "    ours = {name.removeprefix('pytest_notify_contracts.') for name in sys.modules}\n"
        "    print('ours:', *sorted(ours - set(sys.modules)))\n"
    )
    folder.joinpath("test_it.py").write_text(test)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NOTIFY_CONTRACTS_")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "pytest_notify_contracts"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**inherited, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return [line.split()[1:] for line in ran.stdout.splitlines() if line.startswith(("loaded:", "ours:"))]


def test_an_empty_session_loads_nothing(tmp_path):
    """A session that uses nothing of ours imports nothing of the library, and of the plugin its hooks and options."""
    loaded, ours = _loaded_in(tmp_path, "def test_nothing(): pass\n")
    assert loaded == []
    assert ours == ["belonging", "configuration", "fixtures", "gathering", "options", "recorders", "remembered"]


def test_a_session_without_a_bus_loads_no_pika(tmp_path):
    """A session whose tests record what is emitted in it has no use of what speaks with a broker."""
    loaded, _ = _loaded_in(tmp_path, "def test_that_records(notifications): pass\n")
    assert "notify_contracts" in loaded
    assert "pika" not in loaded


def test_the_header_says_which_catalog(project):
    """Before anything runs it is said what the tests are held against."""
    head = ["notify-contracts: catalog glance-documented"]
    project("def test_nothing(): pass").run().stdout.fnmatch_lines(head)
    chosen = project("def test_nothing(): pass").run("--notify-catalog=glance-emitted")
    chosen.stdout.fnmatch_lines(["notify-contracts: catalog glance-emitted"])
