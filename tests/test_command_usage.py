"""Wrong use of the command: one line that says what is right, and status 2."""

import io
import json
import re

import pytest

WRONG = {
    (): "COMMAND",
    ("chek",): "check",
    ("catalog",): "ACTION",
    ("catalog", "lst"): "list",
    ("catalog", "show"): "EVENT",
    ("catalog", "show", "image.create", "info"): "INFO",
    ("catalog", "show", "image.create", "--catalog", "glance-emitted", "INFO", "more"): "unrecognized arguments: more",
    ("catalog", "lint", "a", "--format", "json", "b"): "unrecognized arguments: b",
    ("check", "a", "--format", "json", ""): "SOURCE: is empty",
    ("check", "a", "--format", "json", "b", "--fast"): "unrecognized arguments: b --fast",
    ("check", "--fast", "a"): "--fast",
    ("check", "a", "--format", "xml"): "jsonl",
    ("verify", "--"): "nothing stands behind --",
    ("check", "--engine", "jsonschema", "--"): "nothing stands behind --",
    ("check", "a", "--engine", "fast"): "jsonschema-rs",
    ("check", "a", "--priority", "info"): "INFO",
    ("check", "a", "--catalog", "glance"): "glance-documented or glance-emitted",
    ("check", "a", "--catalog", ""): "--catalog: is empty: is a variable not set?",
    ("check", "a", "--output="): "--output: is empty",
    ("catalog", "lint", ""): "NAME|DIR: is empty",
    ("catalog", "diff", "", "glance-emitted"): "OLD|NEW: is empty",
    ("catalog", "infer", "a", "--update", ""): "--update: is empty",
    ("catalog", "export", "--format", "html", "--output", ""): "--output: is empty",
    ("needs", "check", ""): "NEEDS: is empty",
    ("verify", "--url", ""): "--url: is empty",
    ("check", "a", "--catalog"): "--catalog",
    ("check", "a", "--engin", "jsonschema"): "--engin",
    ("audit", "a", "--event", "image.*", "--prio", "INFO"): "--prio",
    ("catalog", "export", "--form", "html"): "--format",
    ("report", "merge", "a", "--cat", "b"): "--cat",
    ("check", "a", "--engine", "jsonschema", "--engine", "jsonschema-rs"): "--engine: is given twice",
    ("check", "a", "--format=json", "--format=json"): "--format: is given twice",
    ("watch", "--for", "1s", "--for", "2s"): "--for: is given twice",
    ("catalog", "export", "--format", "html", "--event", "a", "--event", "b"): "--event: is given twice",
    ("generate", "--priority", "INFO", "--priority", "WARN"): "--priority: is given twice",
    ("generate", "--count", "0"): "a positive number",
    ("check", "a", "--jobs", "0"): "1 to",
    ("check", "a", "--jobs", "many"): "1 to",
    ("check", "a", "--output", "nowhere/report"): "nowhere/report",
    ("--nonsense",): "",
    # Options that would do nothing
    ("check", "a", "--order", "time"): "--order goes with --lifecycles: add that, or leave --order out",
    ("check", "a", "--lifecycles", "--window", "1s"): "--window goes with --order time",
    ("check", "a", "--lifecycles", "--order", "recorded", "--window", "1s"): "--window goes with --order time",
    ("audit", "a", "--whole-recording"): "--whole-recording goes with --lifecycles",
    ("catalog", "infer", "a", "--output", "b", "--jobs", "2", "--workers", "1"): "--workers and --jobs were given",
    ("catalog", "drift", "a", "b", "--jobs", "2", "--scheduler", "tcp://a:1"): "--scheduler and --jobs were given",
    ("emit", "image.create", "--example", "--driver", "log", "--url", "amqp://a"): "--url is for the driver messaging",
    (
        "emit",
        "image.create",
        "--example",
        "--format-version",
        "1.0",
    ): "add --driver messaging, or leave --format-version",
    ("emit", "image.create", "--example", "--driver", "noop", "--retry", "0"): "--retry is for the driver messaging",
    ("verify", "--exchange", "a"): "--exchange is about what a command sends: add -- COMMAND",
    ("verify", "--expect", "2"): "--expect is about what a command sends",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use(arguments, run, tmp_path, monkeypatch):
    """Wrong use is one line on standard error that names what is wrong or right; nothing is done."""
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts[^\n]*: [^\n]+\n", ran.err)
    assert WRONG[arguments] in ran.err
    assert list(tmp_path.iterdir()) == []


MEANT = {
    ("chek",): ("check", ""),
    ("catalog", "lst"): ("list", " catalog"),
    ("check", "a", "--engin", "jsonschema"): ("--engine", " check"),
    ("check", "a", "--formt=json"): ("--format", " check"),
    ("catalog", "lint", "--fromat", "json"): ("--format", " catalog lint"),
    ("check", "a", "--format", "jsn"): ("json", " check"),
}


@pytest.mark.parametrize("arguments", MEANT, ids=" ".join)
def test_did_you_mean(arguments, run):
    """What is mistyped is told with what resembles it, and with the help of the very command."""
    meant, command = MEANT[arguments]
    err = run(*arguments).err
    assert f'did you mean "{meant}"?' in err
    assert err.endswith(f"; see notify-contracts{command} --help\n")


BEHIND_OPTIONS = (
    "check a --format json b missing",
    "check --format json a b",
    "check a --format json - b",
    "catalog diff glance-emitted --format json glance-emitted",
    "catalog drift glance-emitted --format json a b",
    "catalog show image.create --catalog glance-emitted ERROR",
)


@pytest.mark.parametrize("given", BEHIND_OPTIONS)
def test_behind_options(given, run, tmp_path, monkeypatch, examples):
    """What stands behind an option is taken as if it stood before it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    for name, lines in (("a", slice(40)), ("b", slice(30, 60))):
        told = (examples / "glance-33-messagingv2.jsonl").read_bytes().splitlines(keepends=True)[lines]
        (tmp_path / name).write_bytes(b"".join(told))
    before, option, value, *behind = re.split(" (--[a-z]+) ([a-z-]+) ", given)
    ran = run(*before.split(), option, value, *behind[0].split())
    assert ran == run(*before.split(), *behind[0].split(), option, value) != run(*before.split(), option, value)


def test_behind_two_hyphens(run, tmp_path, monkeypatch):
    """What stands behind -- is no option, whatever it looks like and wherever the others stand."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "-b"):
        (tmp_path / name).write_text("{}")
    ran = run("check", "a", "--format", "json", "--", "-b")
    assert ran == run("check", "--format", "json", "--", "a", "-b")
    assert json.loads(ran.out)["sources"] == ["a", "-b"]


def test_priority_behind_an_option(run):
    """So is a priority, for which there is a default."""
    ran = run("emit", "image.create", "--example", "--driver", "noop", "error")
    assert (ran.status, " image.create ERROR by noop" in ran.err) == (0, True)
    ran = run("emit", "image.create", "--driver", "noop", "--example")
    assert (ran.status, " image.create INFO by noop" in ran.err) == (0, True)


@pytest.mark.parametrize("hostile", ["\x1b[2J", "a\nb", "\u202e"])
@pytest.mark.parametrize("before", [(), ("check", "a", "--engine"), ("check", "a", "--catalog"), ("check",)])
def test_hostile_arguments(before, hostile, run):
    """An argument cannot reach the terminal as it is, either."""
    ran = run(*before, hostile)
    assert ran.status == 2
    assert ran.err.endswith("\n")
    assert ran.err[:-1].isprintable()


def test_version(run):
    """The version is shown on standard output."""
    ran = run("--version")
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(r"notify-contracts \S.*\n", ran.out)


@pytest.mark.parametrize("command", [(), ("check",), ("catalog",), ("catalog", "lint")])
def test_help(command, run):
    """Help is shown on standard output, for the command and for each part of it."""
    ran = run(*command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(" ".join(("usage: notify-contracts", *command)))


def test_help_of_all(run):
    """Help that is asked for before a command is that of all."""
    ran = run("--help", "check")
    assert (ran.status, ran.out) == (0, run("--help").out)
    assert all(name in ran.out for name in ("check", "audit", "man"))


def test_status_of_the_command_line(command):
    """The statuses are those of the process as well."""
    assert command("--version").status == 0
    assert command("check", stdin=b"{}").status == 1
    assert command("check", "missing").status == 2


@pytest.mark.parametrize("name", ["report", "-", "tab\t.json"])
def test_output(name, run, made, tmp_path, monkeypatch):
    """With --output the report goes to that file and nothing to standard output."""
    monkeypatch.chdir(tmp_path)
    source = made(b"{}")
    for form in ("text", "json", "jsonl"):
        on_screen = run("check", source, "--format", form)
        ran = run("check", source, "--format", form, f"--output={name}")
        assert ran == (1, "", "")
        assert (tmp_path / name).read_text() == on_screen.out


def test_output_is_opened_first(run, tmp_path):
    """A report that cannot be written is told before anything is read."""
    ran = run("check", tmp_path / "missing", "--output", tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert "cannot be written" in ran.err
    assert "missing" not in ran.err


def test_output_over_the_source(run, made):
    """A report is not written over a recording that is still to be read."""
    content = json.dumps({"event_type": "image.create"}).encode()
    source = made(content)
    ran = run("check", source, "--output", source)
    assert ran.status == 2
    assert source.read_bytes() == content
