"""Nothing that a notification, a file's name or a catalog says is obeyed by what reads a report: it is shown."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import cmarkgfm
import pytest
import yaml
from junitparser import JUnitXml

from notify_contracts._export.writers import FORMATS as EXPORTS
from notify_contracts._report import FORMATS, VERDICTS
from notify_contracts._untrusted.text import printable
from tests import hostile

OBEYED = re.compile(r"^\s*::[a-z-]+[^:]*::|##\w*\[", re.MULTILINE)
"""What the runners of GitHub, Azure Pipelines and TeamCity obey of a job's output."""
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:\r\n]*,?)*)::([^\r\n]*)")


@pytest.fixture(params=["notifications", "catalog"])
def written(request, run, tmp_path, catalog_of, parcels_copy):
    """Write a report of hostile notifications, or of a catalog whose titles and descriptions are hostile."""
    catalog = "glance-documented"
    examples = [catalog_of(catalog).contract("image.send", "INFO").example()]
    if request.param == "catalog":
        catalog = parcels_copy
        examples = [catalog_of(parcels_copy).contract("parcel.lost", "WARN").example()]
        words = " ".join(hostile.HOSTILE)
        for file in [*parcels_copy.glob("events/*.json"), *parcels_copy.glob("payloads/*.json")]:
            document = json.loads(file.read_text())
            # The title of an event's file is its type.
            file.write_text(json.dumps(_titled(document, words) | {"title": document["title"]}))
    recording = hostile.recording(tmp_path, examples)

    def write(form):
        ran = run("check", recording, "--catalog", catalog, "--format", form)
        assert (ran.status, ran.err) == (1, "")
        return ran.out

    return write


def _titled(value, words):
    if isinstance(value, list):
        return [_titled(item, words) for item in value]
    if not isinstance(value, dict):
        return value
    titles = {name: words for name in ("title", "description", "$comment") if isinstance(value.get(name), str)}
    return {name: _titled(inner, words) for name, inner in value.items()} | titles


def _require_printable(text):
    assert [line for line in text.split("\n") if not line.isprintable()] == []


def test_text(written):
    """Every line of the text is printable."""
    _require_printable(written("text"))


@pytest.mark.parametrize("form", [form for form in (*FORMATS, VERDICTS) if form != "github"])
def test_no_command(written, form):
    """Whoever runs the job obeys nothing of a report on standard output."""
    assert OBEYED.search(written(form)) is None


def test_json(written):
    """The JSON report is one line."""
    assert written("json").count("\n") == 1


def test_junit(written):
    """The XML is well-formed, has the elements that it should have, and no character that XML forbids."""
    text = written("junit")
    _require_printable(text)
    root = ET.fromstring(text)
    assert {element.tag for element in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped", "system-out",
    }  # fmt: skip
    suites = JUnitXml.fromstring(text.encode())
    assert suites.failures == sum(bool(case.is_failure) for suite in suites for case in suite) > 0


def test_sarif(written):
    """No message holds a link, and every file is a URI without a scheme or a file's."""
    log = json.loads(written("sarif"))
    texts = [value for name, value in _values(log) if name == "text"]
    assert len(texts) > 50
    assert [text for text in texts if "](" in text or not text.isprintable()] == []
    uris = {value for name, value in _values(log) if name == "uri"}
    assert len(uris) == 1
    assert re.fullmatch(r"file:///[A-Za-z0-9/._~%-]+", *uris)


def _values(value):
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield name, inner
        if isinstance(inner, dict | list):
            yield from _values(inner)


def test_github(written):
    """Every line is an annotation of ours: no message ends one, begins one or adds a property."""
    text = written("github")
    _require_printable(text)
    lines = text.splitlines()
    assert len(lines) == 11
    for line in lines:
        command = COMMAND.fullmatch(line)
        assert command, line
        names = re.findall(r"([a-z]+)=[^,]*", command[2])
        assert names in (["title"], ["file", "line", "title"])


class _Page(HTMLParser):
    """What a page consists of: elements with attributes, and the text that is not in code."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.prose, self.code, self._in_code = set(), [], [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.add((tag, *attributes))
        self._in_code |= tag == "code"

    def handle_endtag(self, tag):
        self._in_code &= tag != "code"

    def handle_comment(self, data):
        self.elements.add(("comment", data))

    def handle_data(self, data):
        (self.code if self._in_code else self.prose).append(data)


def test_markdown(written):
    """GitHub's own parser makes of it the elements that it should have, and all that is hostile is in code."""
    text = written("markdown")
    _require_printable(text)
    page = _Page(
        cmarkgfm.markdown_to_html_with_extensions(text, _UNSAFE, extensions=["table", "autolink", "strikethrough"])
    )
    known = ["p", "strong", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "ul", "li"]
    assert page.elements == {(tag,) for tag in known}
    prose = "".join(page.prose)
    assert not re.search(r"[@<>`\[\]\\|/]|script|evil|alert", prose), prose
    code = "".join(page.code)
    for shown in (
        "<script>alert(1)</script>",
        "@octocat #1",
        "[click](https://evil.example/)",
        "`code` ```",
        "\\u202e",
    ):
        assert printable(shown) in code


EVENT = "::error title=owned::##[error]owned ##vso[task.complete]owned"


@pytest.fixture
def learned(run, tmp_path, catalog_of):
    """Return a recording of one hostile event type, and the catalog that is learned from it."""
    example = catalog_of("glance-documented").contract("image.send", "INFO").example()
    recording, folder = tmp_path / "r.jsonl", tmp_path / "learned"
    recording.write_text(json.dumps(example | {"event_type": EVENT, "payload": {EVENT: 1}}) + "\n")
    ran = run("catalog", "infer", recording, "--output", folder)
    assert ran.status == 0
    assert OBEYED.search(ran.out + ran.err) is None
    return recording, folder


@pytest.mark.parametrize(
    "command",
    [
        "list --catalog {}",
        "show {event} --catalog {}",
        "lint {}",
        "strength {}",
        "strength {} --format json",
        "drift {} {recording}",
        "drift {} {recording} --format json",
        "infer --update {} {recording}",
        "diff {} {}",
        "diff {} {} --format json",
    ],
)
def test_no_command_of_a_catalog(run, learned, command):
    """Nor of what other commands tell of a catalog, or of what they are given."""
    recording, folder = learned
    words = [word.format(folder, event=EVENT, recording=recording) for word in command.split()]
    ran = run("catalog", *words)
    assert ran.status == 0
    assert OBEYED.search(ran.out + ran.err) is None


@pytest.mark.parametrize("form", EXPORTS)
def test_no_command_of_an_export(run, learned, form):
    """Nor of an exported document, of which readers of JSON and YAML are told the same."""
    out = run("catalog", "export", "--catalog", learned[1], "--format", form).out
    assert OBEYED.search(out) is None
    if form not in ("html", "markdown"):
        assert EVENT in json.dumps(yaml.safe_load(out))


def test_no_command_of_an_error(run):
    """Nor of an error, or of what argparse says."""
    for arguments in (["check", "r.jsonl", "--catalog", EVENT], ["check", EVENT], ["check", "--format", EVENT]):
        ran = run(*arguments)
        assert ran.status == 2
        assert OBEYED.search(ran.err) is None


_UNSAFE = cmarkgfm.Options.CMARK_OPT_UNSAFE
