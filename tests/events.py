"""What tests of events with another envelope share: a recording of them, and a catalog that is learned from it."""

import json
from contextlib import redirect_stdout
from io import StringIO

from notify_contracts.cli import main


def lines(events):
    """Return events as JSON lines."""
    return "".join(f"{json.dumps(event)}\n" for event in events)


def learned(folder, name, envelope, events):
    """Return the folder of a catalog that is learned from events, in whose envelope each attribute stands so.

    The recording stands beside it.
    """
    (folder / f"{name}.envelope.json").write_text(json.dumps(dict(envelope)))
    (folder / f"{name}.jsonl").write_text(lines(events))
    given = ("--envelope", str(folder / f"{name}.envelope.json"), "--output", str(folder / name))
    with redirect_stdout(StringIO()):
        assert main(["catalog", "infer", str(folder / f"{name}.jsonl"), *given]) == 0
    return folder / name
