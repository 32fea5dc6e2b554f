"""What helps at a terminal and in an editor: completion, the manual page, and the schemas of a catalog's files."""

import json
import re
import shutil
import subprocess
from functools import cache

import jsonschema
import pytest

from notify_contracts.catalog import kind_of, schema_of_files
from notify_contracts.cli.commands import whole_parser
from notify_contracts.cli.completion import SHELLS
from notify_contracts.cli.schema import FILES

BASH = """
source /dev/stdin
complete_words() {
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
    _shtab_notify_contracts "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    echo "${COMPREPLY[*]}"
}
"""
ZSH = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; stty cols 160 rows 50; print REA""DY'
zpty -r shell said '*READY*'
zpty -w -n shell "$1"$'\\t\\t'
zpty -r shell said "*$2*"
print -r -- "$said"
"""
KINDS = {"manifest": "catalog", "event": "event", "cases": "cases", "lifecycles": "lifecycles"}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_the_shell_s(shell, run):
    """The script is one that the shell can read."""
    script = run("completion", shell)
    assert (script.status, script.err) == (0, "")
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n"], input=script.out, text=True, check=True, capture_output=True)


def test_words_are_completed(run, tmp_path):
    """Commands, actions, options, choices and files are completed."""
    (tmp_path / "recording.jsonl").touch()
    asked = {
        "ch": "check",
        "catalog li": "list lint",
        "watch --caf": "--cafile",
        "check --engine ''": "jsonschema-rs jsonschema",
        "catalog schema --of e": "event",
        "watch --cafile rec": "recording.jsonl",
        "check rec": "recording.jsonl",
    }
    program = BASH + "\n".join(f"complete_words notify-contracts {words}" for words in asked)
    ran = subprocess.run(
        ["bash", "-c", program], input=run("completion", "bash").out, text=True, cwd=tmp_path, stdout=subprocess.PIPE,
        check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines() == list(asked.values())


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(
    ("words", "last", "never"),
    [("catalog ", "strength", "asyncapi"), ("check --report rec", "recording.jsonl", "command not found")],
    ids=["actions", "files of a format"],
)
def test_zsh_completes(words, last, never, run, tmp_path):
    """A zsh at a terminal offers the actions of a command, no others, and files where a format stands before them."""
    (tmp_path / "recording.jsonl").touch()
    (tmp_path / "_notify-contracts").write_text(run("completion", "zsh").out)
    ran = subprocess.run(
        ["zsh", "-fc", ZSH, "zsh", f"notify-contracts {words}", last],
        cwd=tmp_path, text=True, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert last in ran.stdout
    assert never not in ran.stdout


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_completes(run, tmp_path):
    """A fish offers each command with what it is for in a few words, and the actions of a command."""
    asked = "complete -C 'notify-contracts set'; complete -C 'notify-contracts catalog import as'"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", f"source; {asked}"],
        input=run("completion", "fish").out, cwd=tmp_path, text=True, capture_output=True, check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines() == [
        "settings\tshow what is set by files and the environment, and where",
        "asyncapi\tan AsyncAPI document of version 2 or 3, in JSON or YAML",
    ]


def test_the_manual_page_has_every_option(run, monkeypatch):
    """The page has every command with every option, and roff finds nothing wrong with it; nor has it any colour."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # which Python 3.14 heeds
    page = run("man").out
    assert "x1b" not in page
    assert page.startswith('.TH NOTIFY-CONTRACTS 1 "" "notify-contracts ')
    shown = page
    if shutil.which("groff") is not None:
        command = ["groff", "-man", "-ww", "-Tascii", "-P-cbou"]
        ran = subprocess.run(command, input=page, text=True, capture_output=True, check=True)
        assert ran.stderr == ""
        shown = ran.stdout
    for _, section in _sections(whole_parser()):
        assert section <= set(re.findall(r"--[a-z-]+", shown.replace(r"\-", "-")))
    assert {name.upper() for name, _ in _sections(whole_parser())} <= set(
        re.findall(r"^\.SH (.+)$", page, re.MULTILINE)
    )


def _sections(parser):
    """Yield each command with its long options."""
    for action in parser._actions:  # noqa: SLF001 - there is no other way to them
        for command in action.choices.values() if isinstance(action.choices, dict) else ():
            options = {name for name in command._option_string_actions if name.startswith("--")}  # noqa: SLF001
            inner = list(_sections(command))
            yield from inner or [(command.prog.partition(" ")[2], options)]


@pytest.fixture(scope="module")
def schema():
    """Give the schema of one kind of file."""
    return cache(lambda name: schema_of_files(FILES[name]))


def test_every_file_has_the_shape_that_is_printed(schema, run, parcels):
    """Each file of a catalog keeps its schema and, in the settings for an editor, the one that it is given there."""
    settings = {entry["url"]: entry for entry in json.loads(run("catalog", "schema", "--settings").out)["json.schemas"]}
    validator = cache(lambda text: jsonschema.Draft202012Validator(json.loads(text)))
    files = sorted(parcels.rglob("*.json"))
    assert len(files) > 5
    for path in files:
        content, kind = json.loads(path.read_bytes()), kind_of(path.relative_to(parcels).as_posix())
        name = KINDS.get(kind, "payload")
        broken = {**content, "titel": "x"} if isinstance(content, dict) else [{**content[0], "titel": "x"}]
        own = f"https://notify-contracts.invalid/{name}.schema.json"
        named = content.get("$schema", own) if isinstance(content, dict) else own
        for each in (schema(name), settings[named]["schema"]):
            check = validator(json.dumps(each))
            assert check.is_valid(content), path
            assert not check.is_valid(broken), path


def test_schemas_are_printed(run, schema):
    """What is printed refers to nothing outside; payloads, values and the envelope have one shape."""
    for name in FILES:
        printed = json.loads(run("catalog", "schema", "--of", name).out)
        assert printed == schema(name)
        jsonschema.Draft202012Validator.check_schema(printed)
        assert set(re.findall(r'"\$ref": "([^"]{2})', json.dumps(printed))) <= {"#/"}
    assert schema("payload") == schema("values") == schema("notification") != schema("event")
    assert json.loads(run("catalog", "schema").out) == schema("event")
