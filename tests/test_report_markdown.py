"""The report as Markdown: a verdict, tables and folded lists, in what a comment has room for."""

import json
import re

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._checking.summary import Summary
from notify_contracts._report.markdown import LIMIT, markdown
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted.text import printable
from notify_contracts.catalog import load
from notify_contracts.model import Location, Notification, Verdict, Violation
from tests.telling import examples, telling
from tests.verdicts import summarised

CATALOG = load("glance-documented")
EXPECTED = """\
❌ **4 of 6 notifications** do not keep the contracts of `parcels 0.3.1`

6 notifications, 2 conform, 4 do not, 4 violations, 1 unreadable, 2 of 5 contracts seen

| `parcels 0.3.1` | INFO | WARN | ERROR |
| --- | --- | --- | --- |
| `locker_door.stuck` | - |  | - |
| `parcel.accepted` | ❌ 2 passed, 1 failed |  |  |
| `parcel.lost` |  | ❌ 1 failed | - |

| Without a contract | Seen |
| --- | --- |
| `parcel.acepted, INFO` | 1 |

| Violations | Where | Expected and found |
| --- | --- | --- |
| 1 | `(unreadable)` | `expected a notification (a JSON object), found an array` |
| 1 | `parcel.accepted-INFO /payload/grams (minimum)` | `expected at least 5, found 0` |
| 1 | `parcel.lost-WARN /payload/last_seen (anyOf)` | `expected IP address of a scanner, or its name such as dock-7, found "a, <b>: 50%"` |
| 1 | `/event_type (unknown-event)` | `expected an event type of parcels, found "parcel.acepted"; did you mean "parcel.accepted"?` |

<details><summary>Where they were found (4)</summary>

- `(unreadable)` `at: {path}, line 6`
- `parcel.accepted-INFO /payload/grams (minimum)` `at: {path}, line 2, message_id {id}`
- `parcel.lost-WARN /payload/last_seen (anyOf)` `at: {path}, line 4, message_id {id}`
- `/event_type (unknown-event)` `at: {path}, line 5, message_id {id}`

</details>
"""  # noqa: E501 - a table's row is one line


def test_report(broken_parcels, run, parcels):
    """Word for word: the verdict, the totals, the matrix, what has no contract, the groups, where they were found."""
    ran = run("check", broken_parcels, "--catalog", parcels, "--format", "markdown")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == EXPECTED.format(path=broken_parcels, id="0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de")


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
@pytest.mark.parametrize(
    "name",
    telling(["glance-33-messagingv2.jsonl", "glance-33-messaging.jsonl", "glance-33.log"], ["glance-33.log"]),
)
def test_recordings(name, catalog, run, examples):
    """Of a recording every event type is a row of the matrix and every fact one of its table, as GitHub reads it."""
    arguments = ("check", examples / name, "--catalog", catalog, "--format")
    page = cmarkgfm.github_flavored_markdown_to_html(run(*arguments, "markdown").out)
    document = json.loads(run(*arguments, "json").out)
    rows = {"contracts": 0, "without_contract": 0, "groups": 0}
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        kind = "without_contract" if "Without" in table else "groups" if "Expected" in table else "contracts"
        rows[kind] = table.count("<tr>") - 1
    assert rows == {
        "contracts": len({contract["event_type"] for contract in document["contracts"]}),
        "without_contract": len(document["without_contract"]),
        "groups": len({(row["pointer"], row["keyword"], row["message"]) for row in document["groups"]}),
    }
    assert ("to glance-emitted: try --catalog glance-emitted</code>" in page) == (catalog == "glance-documented")


@pytest.mark.parametrize(
    ("verdicts", "problems", "said"),
    [
        ([], (), "⚠️ **No notification** seen of `glance-documented 2.0.0`"),
        (
            [Verdict(Notification({}), "image.create-INFO")],
            (),
            "✅ **All 1 notifications** keep the contracts of `glance-documented 2.0.0`",
        ),
        (
            [Verdict(Notification({}), "image.create-INFO")],
            ("no.log: cannot be read",),
            "⚠️ **1 problem**; all 1 notifications keep the contracts of `glance-documented 2.0.0`",
        ),
    ],
)
def test_verdicts(verdicts, problems, said):
    """The first line is the verdict; problems and notes are listed."""
    text = markdown(Outcome(CATALOG, (), summarised(verdicts), problems, ("noop: 3 sent",)))
    assert text.splitlines()[0] == said
    assert "<details><summary>Notes (1)</summary>\n\n- `noop: 3 sent`\n\n</details>" in text
    assert ("**Problems**\n\n- `no.log: cannot be read`\n" in text) == bool(problems)


def test_limit():
    """A report that is too long for a comment is cut at whole rows, in every table, and says how many are missing."""
    names = ("".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(900))
    violations = (Violation(f"/payload/{name}", "type", "expected | one " * 20, None) for name in names)
    verdicts = [
        Verdict(Notification({"event_type": f"e{number}" * 50}), None, (violation,), Location("x" * 300, number))
        for number, violation in enumerate(violations)
    ]
    outcome = Outcome(CATALOG, (), summarised(verdicts), tuple("p" * 290 + str(number) for number in range(900)))
    text = markdown(outcome)
    assert LIMIT * 0.9 < len(text) <= LIMIT
    left_out = re.findall(r"^… and (\d+) more, for which there is no room here$", text, re.MULTILINE)
    assert len(left_out) == 4
    assert all(0 < int(number) < 900 for number in left_out)
    assert text.count("<details>") == text.count("</details>") == 1
    rows = cmarkgfm.github_flavored_markdown_to_html(text).count("<tr>")
    assert rows == 1 + len(CATALOG.event_types) + (1 + 900 - int(left_out[1])) + (1 + 900 - int(left_out[2]))


@settings(deadline=None, max_examples=examples())
@given(st.text("`|\\ \n@a<&\x1b", min_size=1, max_size=20))
def test_code(text):
    """Any text comes out of GitHub's parser as it is shown on a terminal, in a table's cell and elsewhere."""
    summary = Summary()
    summary.add(Verdict(Notification({"event_type": text}), None))
    page = cmarkgfm.github_flavored_markdown_to_html(markdown(Outcome(CATALOG, (), summary, (text,))))
    shown = printable(text).replace("&", "&amp;").replace("<", "&lt;")
    assert f"<td><code>{shown}, (none)</code></td>" in page
    assert f"<li><code>{shown}</code></li>" in page
