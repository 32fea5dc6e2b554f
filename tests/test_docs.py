"""The documentation is done as it stands: commands are typed, files saved, tests run, and what is shown is compared."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path
from tempfile import TemporaryFile
from unittest import mock

import pytest
from pytest_notify_contracts.options import OPTIONS

from notify_contracts.cli import main
from tests.docs_pages import DOCS, ROOT, blocks, code, matches, pages, sections, typed
from tests.removing import borrowing

pytestmark = pytest.mark.exhaustive

HOW_TO = DOCS / "how-to"
PLUGIN = (DOCS / "reference" / "plugin.md").read_text(encoding="utf-8")
VARYING = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AS_ONE_FILE = ("fuzz.md",)  # whose blocks build on each other: test_docs_fuzzing.py

SECTIONS = {
    f"{page.stem}: {title}": section
    for page in pages()
    if page.name not in AS_ONE_FILE
    for title, section in sections(page).items()
    if code(section)
}
ON_BUS = [name for name, section in SECTIONS.items() if "(bus)" in code(section) or "obtain(" in code(section)]
CONSOLES = [page for page in pages() if any(block.language == "console" for block in blocks(page))]
NEED_BROKER = ("verify", "watch")
PLAIN = re.compile(
    rf"""notify-contracts (?!{"|".join(NEED_BROKER)})(?:(?:[\w./:=@,-]|'[^']*'|"[^"$`\\]*")+(?: |$))+"""
)  # what asks a shell for nothing
EMITTER = f"""#!{sys.executable}
import os
from notify_contracts import Notifier
from notify_contracts.drivers.messaging import MessagingDriver
with Notifier("image.example.org", [MessagingDriver(os.environ["NOTIFY_CONTRACTS_AMQP_URL"], "glance")]) as notifier:
    notifier.error("image.upload", "the disk is full")
"""


@pytest.fixture
def reader(downstream):
    """Give a function that runs a section's code as a reader would, in a folder with the files that it shows."""

    def run(name, *options):
        if "oslo_messaging" in code(SECTIONS[name]):
            pytest.importorskip("oslo_messaging")
            (configuration,) = (block.text for block in SECTIONS[name] if block.language == "ini")
            downstream.path.joinpath("service.conf").write_text(configuration)
        downstream.makepyfile(test_section=code(SECTIONS[name]))
        return downstream.runpytest("-rs", *options)

    return run


def _require_run(result, name):
    outcomes = result.parseoutcomes()
    outcomes.pop("warnings", None)
    fails = code(SECTIONS[name]).count("# fails")
    assert outcomes.pop("failed", 0) == fails
    assert outcomes.pop("passed") >= code(SECTIONS[name]).count("def test_") - fails
    assert outcomes == {}


@pytest.mark.parametrize("name", [name for name in SECTIONS if name not in ON_BUS])
def test_code(name, reader):
    """What a section shows passes as it stands; only what it says fails does, with the words that it shows."""
    result = reader(name)
    _require_run(result, name)
    said = VARYING.sub("ID", result.stdout.str())
    for block in SECTIONS[name]:
        if block.language == "text":
            pattern = re.escape(VARYING.sub("ID", block.text)).replace("…", ".*")
            assert re.search(pattern, said), said


@pytest.mark.parametrize("name", ON_BUS)
def test_code_on_a_broker(name, reader, broker_url):
    """What a section shows of a real broker passes there."""
    _require_run(reader(name, f"--notify-broker={broker_url}"), name)


def test_failures_are_shown():
    """Every section that has a test fail shows what it says."""
    failing = [name for name, section in SECTIONS.items() if "# fails" in code(section)]
    assert failing
    assert all(any(block.language == "text" for block in SECTIONS[name]) for name in failing)


@pytest.fixture
def shell(tmp_path):
    """Give a function that types a command in a folder that looks like a checkout with the package installed."""
    for name in ("examples", "contracts"):
        (tmp_path / name).symlink_to(ROOT / name)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in (("notify-contracts", "notify_contracts.cli"), ("pytest", "pytest")):
        program = f"import sys; from {module} import main; sys.exit(main())"
        (programs / name).write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}" "$@"\n')
    (tmp_path / "my-emitter").write_text(EMITTER)
    for program in (*programs.iterdir(), tmp_path / "my-emitter"):
        program.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "NOTIFY_"))}
    environment |= {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": f"{ROOT}:{ROOT / 'pytest_plugin'}"}

    def type_in(command, **variables):
        if PLAIN.fullmatch(command):
            return _typed_here(shlex.split(command)[1:], tmp_path, environment | variables)
        ran = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=environment | variables, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120, check=False,
        )  # fmt: skip
        return ran.returncode, ran.stdout

    return type_in


def _typed_here(arguments, folder, environment):
    """Run our command in this process, which need not be started; return its status and what it prints, in order."""
    with TemporaryFile("w+") as out, open(os.dup(out.fileno()), "w", buffering=1) as err:  # noqa: PTH123
        # As in a process of its own that writes to a pipe: errors at once, the rest when there is much or at the end.
        with pytest.MonkeyPatch.context() as patch, mock.patch.dict(os.environ, environment, clear=True):
            patch.chdir(folder)
            for name, stream in (("stdin", StringIO()), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            try:
                status = main(arguments)
            except SystemExit as stop:
                status = stop.code
        out.seek(0)
        return status, out.read()


def _follow(page, tmp_path, shell, **variables):
    """Do what a page says, in its order; return how many commands that were."""
    count = 0
    for block in blocks(page):
        if block.file is not None:
            path = tmp_path / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        for command, shown in typed(block.text) if block.language == "console" else ():
            status, printed = shell(command, **variables)
            assert status in ((0, 1) if shown else (0,)), printed
            assert shown is None or matches(shown, printed), f"{command}\n{printed}"
            count += 1
    return count


def _needs_broker(page):
    commands = [command for block in blocks(page) if block.language == "console" for command, _ in typed(block.text)]
    return any(f"notify-contracts {word}" in command for command in commands for word in NEED_BROKER)


@pytest.mark.parametrize("page", [page for page in CONSOLES if not _needs_broker(page)], ids=lambda page: page.stem)
def test_console(page, tmp_path, shell):
    """The commands of a page, typed one after the other, print what it shows."""
    assert _follow(page, tmp_path, shell)


@pytest.mark.parametrize("page", [page for page in CONSOLES if _needs_broker(page)], ids=lambda page: page.stem)
def test_console_with_broker(page, tmp_path, shell, broker_url):
    """The commands of a page that speak to a broker do so."""
    with borrowing(broker_url, "glance", "notifications", "audited"):
        assert _follow(page, tmp_path, shell, NOTIFY_CONTRACTS_AMQP_URL=broker_url)


def test_every_block_is_run():
    """No page shows a block of a kind that nothing runs; what installs is checked by its extras alone."""
    kinds = {block.language for page in pages() for block in blocks(page) if block.file is None}
    assert kinds <= {"console", "python", "text", "sh", "ini", "toml", "yaml", "{toctree}", "{include}", "{eval-rst}"}


def test_pip():
    """Every extra that is to be installed is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages())
    wanted = re.findall(r"pip install '(.+?)\[(.+?)\]'", text)
    assert {name for name, _ in wanted} <= {project["name"], "."}
    assert {extra for _, extras in wanted for extra in extras.split(",")} <= set(project["optional-dependencies"])


def test_unittest(tmp_path):
    """What is shown for unittest needs no pytest."""
    tmp_path.joinpath("test_section.py").write_text(code(SECTIONS["emit: With unittest"]))
    program = "import sys; sys.modules['pytest'] = None; import unittest; unittest.main('test_section')"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (0, "OK"), ran.stderr


def _command(words, text):
    """Return the one command in a text that contains these words."""
    (command,) = (command for command in re.findall("`([^`\n]+)`", text) if words in command)
    return command


def test_coverage(reader, pytester):
    """The coverage is shown and written, and the threshold is met by the conformance kit of the guide."""
    result = reader("emit: A whole emitter", *shlex.split(_command("pytest --notify-coverage ", PLUGIN))[1:])
    assert result.ret == 0
    assert json.loads(pytester.path.joinpath("coverage.json").read_text())["tests"]["percent"] == 100
    result.stdout.fnmatch_lines(["*= contract coverage =*", "100.0 % of 33 contracts: *"])


def test_command_with_broker(reader, broker_url, monkeypatch):
    """A broker may be required, of one kind or at a URL."""
    text = (HOW_TO / "ci.md").read_text(encoding="utf-8")
    variable, _, *options = shlex.split(_command("pytest --notify-broker", text))
    monkeypatch.setenv(*variable.split("="))
    result = reader("brokers: A test through the broker", *(option.replace("docker", broker_url) for option in options))
    assert result.ret == 0


def test_configuration(reader, pytester):
    """The configuration that is shown is taken by pytest; the threshold in it counts."""
    (configuration,) = (block.text for block in blocks(HOW_TO / "ci.md") if block.language == "toml")
    pytester.makepyprojecttoml(configuration)
    result = reader("emit: With unittest")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["* at least 50 % are required"])


def test_options():
    """The table names every option, and every choice of it."""
    rows = re.findall(r"^\| `--notify-.*$", PLUGIN, re.MULTILINE)
    for option in OPTIONS:
        (row,) = (row for row in rows if f"`{option.flag}`" in row)
        assert [choice for choice in option.choices if f"`{choice}`" not in row] == []


def test_swallowed():
    """What is said of a delivery that failed is what a test says then."""
    said = (ROOT / "examples/broken-downstream/expected/swallowed.txt").read_text()
    assert f"`{said.partition(':')[0]}`" in (HOW_TO / "oslo.md").read_text(encoding="utf-8")


def test_marker(downstream):
    """The marker that is shown chooses as it says: an event without a contract passes with it, and only with it."""
    (marker,) = re.findall(r"^`(@pytest\.mark\.notifications\(.*?\))`", PLUGIN, re.MULTILINE)
    test = """
def test_{}(notifications):
    Notifier("image.example.org").info("image.framed", {{}})
    assert notifications.catalog.name == "{}"
"""
    tests = f"{marker}{test.format('known', 'glance-emitted')}{test.format('strict', 'glance-documented')}"
    downstream.makepyfile(f"import pytest\nfrom notify_contracts import Notifier\n\n{tests}")
    downstream.runpytest().assert_outcomes(passed=1, failed=1)


def test_links():
    """Every link of the documentation, the examples and what stands at the root leads to a file of the project."""
    for page in [*pages(), *ROOT.glob("*.md"), *ROOT.glob("contracts/*.md"), *ROOT.glob("examples/**/*.md")]:
        links = re.findall(r"\]\((?!https?://)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_listed():
    """Every page is in the table of contents."""
    listed = {block.text for page in pages() for block in blocks(page) if block.language == "{toctree}"}
    names = {name for text in listed for name in text.split() if not name.startswith(":")}
    assert {str(Path(page).relative_to(DOCS).with_suffix("")) for page in pages()} - names == {"index"}
