"""The recordings in what real formatters, and tools, make of their lines: the same verdicts as bare."""

import io
import json
import logging
import warnings
from collections import Counter

import pytest

from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from tests.wrappings import LOGS

with warnings.catch_warnings():  # oslo warns of eventlet, whether it is used or not
    warnings.simplefilter("ignore")
    formatters = pytest.importorskip("oslo_log.formatters")

CATALOG = load("glance-emitted")
FORMATTERS = {"JSON": formatters.JSONFormatter, "Fluentd": formatters.FluentFormatter}


def _judged(content):
    with Recording("-", io.BytesIO(content)) as recording:
        verdicts = [CATALOG.check(found) for found, _ in recording]
    named = (
        (verdict.contract, tuple((each.pointer, each.keyword) for each in verdict.violations)) for verdict in verdicts
    )
    return Counter(named), recording.skipped


@pytest.fixture(scope="module")
def logged(examples):
    """Return the notifications of the recorded log, by a few of each kind, as they were logged, and the verdicts."""
    path = next(path for path in sorted(examples.rglob("*.log")))
    lines = path.read_text(encoding="utf-8").splitlines()[:150]
    return lines, _judged("\n".join(["starting", *lines]).encode())


@pytest.mark.parametrize("kind", FORMATTERS.values(), ids=FORMATTERS)
def test_formatters_of_oslo_log(kind, logged):
    """oslo.log's JSON and Fluentd formatters change no verdict."""
    lines, (verdicts, skipped) = logged
    formatter = kind()
    records = [logging.LogRecord("a.b", logging.INFO, "x.py", 1, "%s", (line,), None) for line in ["starting", *lines]]
    written = [text if isinstance(text, str) else json.dumps(text) for text in map(formatter.format, records)]
    assert _judged("\n".join(written).encode()) == (verdicts, skipped)
    assert any(contract for contract, _ in verdicts)


@pytest.mark.parametrize("write", LOGS.values(), ids=LOGS)
def test_wrappings(write, logged):
    """No record around the lines changes a verdict, nor how many lines are something else."""
    lines, expected = logged
    assert _judged(write(["starting", *lines]).encode()) == expected


def test_there_is_something_to_judge(logged):
    """The lines hold notifications, and other lines."""
    _, (verdicts, skipped) = logged
    assert sum(verdicts.values()) > 5
    assert skipped > 5
