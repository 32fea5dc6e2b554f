"""The plugin takes settings from the file that the command reads, and excuses what is ignored or known."""

import json

import pytest
from pytest_notify_contracts import remembered

from notify_contracts.cli import looking
from notify_contracts.cli.configuration import SETTINGS, VARIABLE

FILE = "notify-contracts.toml"
SHOWS = """
        def test_it(notifications, notification_catalog):
            print(notification_catalog.name, notification_catalog.engine, notifications.strictness)
"""
EMITS = """
        def test_kept(notifications):
            delete()

        def test_broken(notifications):
            delete(1)

        def test_stranger(notifications):
            Notifier("image.host").info("nova.boot", {})

        def test_asserted(assert_conforms):
            assert_conforms({**notification(), "payload": 2})

        def notification():
            from notify_contracts import load
            return load().contract("image.delete", "INFO").example()
"""


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in (*(setting.variable for setting in SETTINGS), VARIABLE):
        monkeypatch.delenv(name, raising=False)


def test_a_table_that_is_not_read(project, pytester):
    """The header says of a table beside our file that it counts for nothing."""
    made = project(SHOWS)
    pytester.path.joinpath(FILE).write_text('catalog = "glance-emitted"\n')
    pytester.path.joinpath("pyproject.toml").write_text('[tool.notify-contracts]\nstrictness = "strict"\n')
    made.run().stdout.fnmatch_lines(
        ["notify-contracts: catalog glance-emitted", "notify-contracts: pyproject.toml: its * is not read, for *"]
    )


@pytest.fixture
def baseline(project, pytester, run):
    """Write the baseline of what the tests break, as the command makes it of a report of coverage."""
    project(EMITS).run("--notify-coverage-report=coverage.json")
    run("report", "merge", "coverage.json", "--write-baseline", "known.json")
    return pytester.path / "known.json"


def test_what_comes_first(project, pytester, monkeypatch):
    """The command line comes before the environment, that before pytest's file, that before ours."""
    made = project(SHOWS)

    def seen(*options):
        (line,) = (line for line in made.run("-s", *options).outlines if "glance" in line and "jsonschema" in line)
        return line.split(maxsplit=1)[1].split() if line.startswith("test_it.py") else line.split()

    pytester.path.joinpath(FILE).write_text('catalog = "glance-emitted"\nengine = "jsonschema"\nstrictness = "known"\n')
    assert seen() == ["glance-emitted", "jsonschema", "known"]
    pytester.makeini("[pytest]\nnotify_strictness = warn\nnotify_engine = jsonschema-rs\n")
    assert seen() == ["glance-emitted", "jsonschema-rs", "warn"]
    monkeypatch.setenv("NOTIFY_CONTRACTS_STRICTNESS", "off")
    assert seen() == ["glance-emitted", "jsonschema-rs", "off"]
    assert seen("--notify-strictness=strict") == ["glance-emitted", "jsonschema-rs", "strict"]


def test_several_catalogs(project, pytester, parcels):
    """Several catalogs are one, and a folder is found from the file."""
    folder = pytester.path / "contracts"
    folder.symlink_to(parcels)
    pytester.path.joinpath(FILE).write_text('catalog = ["glance-emitted", "contracts"]\n')
    project(SHOWS).run("-s").stdout.fnmatch_lines(["*glance-emitted and parcels jsonschema-rs strict*"])


@pytest.mark.parametrize("where", ["option", "pytest's file"])
def test_several_catalogs_of_an_option(where, project, pytester, parcels):
    """On the command line and in pytest's file, commas stand between several catalogs, but in the name of a folder."""
    pytester.path.joinpath("con,tracts").symlink_to(parcels)
    pytester.path.joinpath("contracts").symlink_to(parcels)
    seen = []
    for given in ("glance-emitted,contracts", "con,tracts"):
        options = [f"--notify-catalog={given}"] if where == "option" else []
        if not options:
            pytester.makeini(f"[pytest]\nnotify_catalog = {given}\n")
        seen.append(project(SHOWS).run("-s", *options).stdout.str())
    assert "glance-emitted and parcels jsonschema-rs strict" in seen[0]
    assert " parcels jsonschema-rs strict" in seen[1]


def test_switches(project, pytester):
    """A switch is on by our file, and pytest's own file turns it off."""
    pytester.path.joinpath(FILE).write_text("coverage = true\ncoverage-fail-under = 50\n")
    result = project(SHOWS).run()
    result.stdout.fnmatch_lines(["*contract coverage*", "0.0 % of the contracts *; at least 50 % are required"])
    pytester.makeini("[pytest]\nnotify_coverage = false\n")
    assert "contract coverage" not in project(SHOWS).run().stdout.str()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('catalogg = "x"', f'ERROR: {FILE}:1: no such setting: catalogg; did you mean "catalog"?'),
        ('strictness = "lax"', f'ERROR: {FILE}:1: strictness: expected strict, known, warn, off, found "lax"'),
        ("=", "ERROR: *notify-contracts.toml: no TOML: *"),
        ('baseline = "none.json"', "ERROR: notify_baseline: *none.json: the baseline cannot be read: *"),
        ('catalog = ["glance-emitted", "glance-emitted"]', "ERROR: notify_catalog: * is given twice: *"),
    ],
)
def test_a_wrong_file(project, pytester, text, said):
    """What is wrong with the file is a usage error of one line, before anything runs."""
    pytester.path.joinpath(FILE).write_text(text)
    result = project(SHOWS).run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([said])


def test_one_table_of_files():
    """What the plugin looks for, to load nothing, is what the command looks for."""
    assert list(remembered.FILES.items()) == list(looking.FILES.items())
    assert remembered.NEARLY == looking.NEARLY


MISTYPED = {
    "a table": ("pyproject.toml", "[tool.notify_contracts]", "*: no such table: *; did you mean *"),
    "a file": ("notify_contracts.toml", "", "*notify_contracts.toml: is not read: *; rename it"),
    "another tool's file": ("setup.cfg", "[tool:notify-contracts]", "*setup.cfg: our settings are not read from it: *"),
}


@pytest.mark.parametrize("case", MISTYPED)
def test_what_is_nearly_ours(case, project, pytester):
    """Settings that stand where nobody reads them are a usage error, as they are one of the command."""
    name, heading, said = MISTYPED[case]
    pytester.path.joinpath(name).write_text(f'{heading}\ncatalog = "glance-emitted"\n')
    result = project(SHOWS).run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {said}"])


def test_a_mistyped_variable(project, monkeypatch):
    """A variable whose name is nearly that of a setting is one, too."""
    monkeypatch.setenv("NOTIFY_CONTRACTS_CATALOGS", "glance-emitted")
    result = project(SHOWS).run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['ERROR: no such setting: NOTIFY_CONTRACTS_CATALOGS; did you mean "*_CATALOG"?'])


@pytest.mark.parametrize("variable", ["NOTIFY_CONTRACT_CATALOG", "notify_contracts_catalog"])
def test_a_variable_that_begins_nearly_as_ours(variable, project, monkeypatch):
    """A variable whose beginning is mistyped is one as well."""
    monkeypatch.setenv(variable, "glance-emitted")
    assert project(SHOWS).run().ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.skipif(int(pytest.__version__.partition(".")[0]) < 9, reason="pytest has no types in its file")
@pytest.mark.parametrize(
    ("line", "said"),
    {
        "notify_coverage_fail_under = 90": "expects a string, got int: 90; write it as one text, in quotes",
        'notify_coverage = "true"': "expects a bool, got str: 'true'; write it without quotes",
    }.items(),
)
def test_a_type_of_another_option(line, said, project, pytester):
    """A value of a type that pytest does not take for it is a usage error, which says how it is written."""
    pytester.path.joinpath("pytest.toml").write_text(f"[pytest]\n{line}\n")
    result = project(SHOWS).run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: *{said}"])


def test_a_project_that_only_depends_on_us(project, pytester):
    """A pyproject.toml without our table sets nothing, and nothing is loaded for it."""
    depends = '[project]\ndependencies = ["notify-contracts[pytest]>=0.2", "notify-contracts==0.2"]\n'
    pytester.makepyprojecttoml(depends)
    assert not remembered.may_have(str(pytester.path))
    project(SHOWS).run("-s").stdout.fnmatch_lines(["*glance-documented jsonschema-rs strict*"])


def test_ignored(distributed, pytester):
    """Event types that are ignored fail no recorder, and how many there were is told, by whichever process."""
    pytester.path.joinpath(FILE).write_text('ignore = ["nova.*", "image.del*"]\n')
    result = distributed(EMITS).run()
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["ignored, and not judged: 2 of image.del[*], 1 of nova.[*]", "FAILED *test_asserted*"])


def test_known(distributed, pytester, baseline):
    """What the baseline knows fails no test and is told; what is new fails, and so does another event type."""
    pytester.path.joinpath(FILE).write_text('baseline = "known.json"\n')
    result = distributed(EMITS).run()
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(
        [
            "baseline: 0 new, 2 known, 0 expired, 0 gone kinds of violations",
            "known: 1 x /event_type (unknown-event), at: test_it.py::test_stranger, * (not looked at yet)",
            "known: 2 x image.delete-INFO /payload (type), first: test_it.py::test_asserted, * (not looked at yet)",
        ]
    )
    assert baseline.is_file()
    new = """
        def test_new(notifications):
            delete("no UUID")

        def test_other_stranger(notifications):
            Notifier("image.host").info("nova.halt", {})
    """
    result = distributed(EMITS + new).run("--notify-coverage-report=text:out.txt")
    result.assert_outcomes(passed=4, failed=2)
    result.stdout.fnmatch_lines(["baseline: 2 new, 1 known, *"])
    assert pytester.path.joinpath("out.txt").read_text().count(" x image.delete-INFO /payload (pattern)") == 1


def test_expired(project, baseline):
    """What has expired fails again, and says so."""
    values = json.loads(baseline.read_text())
    values["known"][1] |= {"expires": "2001-01-01", "reason": "until it was mended"}
    baseline.write_text(json.dumps(values))
    result = project(EMITS).run("--notify-baseline", baseline)
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            "baseline: 0 new, 1 known, 1 expired, *",
            "baseline, expired: image.delete-INFO /payload type (until it was m*",
        ]
    )


def test_another_catalogs_baseline(project, baseline):
    """A baseline of another catalog than the session's is a usage error; tests of other catalogs it excuses nothing."""
    result = project(EMITS).run("--notify-catalog=glance-emitted", "--notify-baseline", baseline)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['ERROR: notify_baseline: the baseline is about the catalog "glance-documented", *'])
    marked = EMITS.replace(
        "        def test_broken",
        "        @pytest.mark.notifications(catalog='glance-emitted')\n        def test_broken",
    )
    project(marked).run("--notify-baseline", baseline).assert_outcomes(passed=3, failed=1)


def test_nothing_is_judged(project, pytester):
    """Where a file has recorders judge nothing, that is told, if there were any."""
    pytester.path.joinpath(FILE).write_text('strictness = "off"\n')
    said = "notify_strictness is off: what was recorded was not judged"
    result = project(EMITS).run("-k", "not asserted")
    result.assert_outcomes(passed=3, deselected=1)
    result.stdout.fnmatch_lines([said])
    assert said not in project("def test_it(): pass").run().stdout.str()


def test_nothing_is_said_of_nothing(project):
    """Where nothing is excused, nothing is said of it."""
    assert "notifications that fail no test" not in project(SHOWS).run().stdout.str()
