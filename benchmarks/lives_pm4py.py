"""Whole lives against pm4py: which lives of the same mutated log deviate, and in what time.

    python benchmarks/lives_pm4py.py [MUTATIONS]

The lives of images that a seeded mutation of a real recording changes (`benchmarks/lives.py`), and the unchanged ones,
become one log, each life under a name of its own. pm4py gets the lifecycle as a Petri net, made of `lifecycles.json`
as it is: a place for each state, a transition for each step, with the values that it tells in its label. It is of the
AGPL, so it runs in an environment of its own, which goes afterwards; where that cannot be made, nothing is compared.
What a net cannot say is not asked of it: fields that must not change, and time.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import uuid
import venv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PEER = "pm4py==2.7.23.11"
OF_FIELDS_AND_TIME = {"changed", "time-runs-back"}


class Case(NamedTuple):
    """A life under a name of its own, and how each of its notifications is labelled."""

    name: str
    envelopes: list[dict[str, Any]]
    labels: list[str]


def conformance(file: str) -> None:
    """Write what pm4py says of the traces in a file: for each way of its, the cases that deviate, and the seconds."""
    import pandas as pd
    import pm4py
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

    asked = json.loads(Path(file).read_text(encoding="utf-8"))
    net = PetriNet("life")
    places = {name: PetriNet.Place(name) for name in (*asked["states"], "(end)")}
    net.places.update(places.values())
    for number, (before, label, after) in enumerate(asked["steps"]):
        step = PetriNet.Transition(str(number), label)
        net.transitions.add(step)
        add_arc_from_to(places[before], step, net)
        add_arc_from_to(step, places[after], net)
    begin, end = Marking({places[asked["start"]]: 1}), Marking({places["(end)"]: 1})
    rows = [(name, label, at) for name, labels in asked["traces"].items() for at, label in enumerate(labels)]
    frame = pd.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp"])
    frame["time:timestamp"] = pd.to_datetime(frame["time:timestamp"], unit="s", utc=True)
    log = pm4py.convert_to_event_log(frame)
    answers = {}
    for way, judge, fits in (
        ("alignments", pm4py.conformance_diagnostics_alignments, lambda one: one["fitness"] == 1.0),
        ("token replay", pm4py.conformance_diagnostics_token_based_replay, lambda one: one["trace_is_fit"]),
    ):
        begun = time.process_time()
        judged = judge(log, net, begin, end)
        seconds = time.process_time() - begun
        names = [trace.attributes["concept:name"] for trace in log]
        answers[way] = [name for name, one in zip(names, judged, strict=True) if not fits(one)], seconds
    Path(file).write_text(json.dumps(answers), encoding="utf-8")


def label(way: dict[str, Any], told: dict[str, Any]) -> str:
    """Return how a step is labelled: its event type, its priority, and what it tells of the fields that are named."""
    return " ".join(
        [way["event_type"], way["priority"], *(f"{name}={json.dumps(told[name])}" for name in sorted(told))]
    )


def cases(count: int) -> Iterator[Case]:
    """Yield the lives of images of a recording, and those that mutations of it change."""
    from lives import RECORDING, Reading, mutations

    from notify_contracts.capture import Recording
    from notify_contracts.model import Notification

    reading, told = Reading(), _Labels()
    envelopes = [dict(content.envelope) for content, _ in Recording(RECORDING) if isinstance(content, Notification)]
    whole, number = _lives(reading, envelopes), 0
    started = {life for life, steps in whole.items() if steps[0]["event_type"] == "image.create"}
    for lives in (whole, *(_lives(reading, one.envelopes) for one in mutations(envelopes, reading, count, seed=1))):
        for life, steps in lives.items():
            if life in started and (lives is whole or steps != whole[life]):
                number += 1
                name = str(uuid.UUID(int=number))
                renamed = [reading.renamed(step, (name,)) for step in steps]
                ids = {step["message_id"]: str(uuid.UUID(int=number << 32 | at)) for at, step in enumerate(renamed)}
                renamed = [step | {"message_id": ids[step["message_id"]]} for step in renamed]
                yield Case(name, renamed, list(map(told, renamed)))


def _lives(reading: Any, envelopes: Sequence[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    lives: dict[Any, list[dict[str, Any]]] = {}
    for envelope in envelopes:
        life = reading.life(envelope)
        if life is not None and life[0] == "image":
            lives.setdefault(life, []).append(envelope)
    return lives


class _Labels:
    """Labels notifications of images, by `lifecycles.json` as it is."""

    def __init__(self) -> None:
        from lives import CATALOG, ROOT

        self.life = json.loads((ROOT / "contracts" / CATALOG / "lifecycles.json").read_text(encoding="utf-8"))["image"]
        self.ways = [(state, way) for state, ways in self.life["states"].items() for way in ways]
        self.beginning = self.life["states"][self.life["start"]][0]["event_type"]
        self.named = {name for _, way in self.ways for name in way.get("values", {})}

    def __call__(self, envelope: dict[str, Any]) -> str:
        from lives import _value

        way = next(way for _, way in self.ways if all(way[key] == envelope[key] for key in ("event_type", "priority")))
        form = self.life["fields"][way["fields"]]
        return label(way, {name: _value(envelope, form[name], "pointer") for name in self.named & form.keys()})

    def steps(self, labels: set[str]) -> Iterator[tuple[str, str | None, str]]:
        """Yield each step between states, under each label that it may have; from each state a life may stop."""
        for state, way in self.ways:
            named = label(way, way.get("values", {})).split(" ")
            for one in labels:
                parts = one.split(" ")
                told = {part.partition("=")[0] for part in parts[2:]}
                must = {part for part in named[2:] if part.partition("=")[0] in told}
                if parts[:2] == named[:2] and must <= set(parts[2:]):
                    yield state, one, way["to"]
        yield from ((state, None, "(end)") for state in self.life["states"])


def ours(log: Sequence[Case]) -> tuple[dict[str, set[str]], float]:
    """Return what is found in each life that deviates, and in what time."""
    from lives import CATALOG

    from notify_contracts._checking.lives.following import Following
    from notify_contracts._checking.lives.ways import Ways
    from notify_contracts.catalog import load

    ways, found = Ways(load(CATALOG)), list[Any]()
    made = (
        ways.step(at, one, passed=True) for at, one in enumerate((one for case in log for one in case.envelopes), 1)
    )
    steps = [step for step in made if step is not None]
    begun = time.process_time()
    following = Following(ways, found.append)
    following.begin("a log")
    following.take(steps)
    seconds = time.process_time() - begun
    kinds: dict[str, set[str]] = {}
    for finding in found:
        kinds.setdefault(finding.step.identity, set()).add(finding.keyword)
    return kinds, seconds


@contextlib.contextmanager
def peer() -> Iterator[str | None]:
    """Give a Python that has pm4py, which goes afterwards; None where there can be none."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]
        installed = subprocess.run(command, capture_output=True, text=True, check=False)
        if installed.returncode:
            print(f"skipped: {PEER} cannot be installed: {installed.stderr.strip().splitlines()[-1]}")
        yield None if installed.returncode else python


def compared(python: str, log: Sequence[Case], folder: str) -> bool:
    """Print in what both agree and differ; return whether they differ in nothing that both can say."""
    labels = _Labels()
    every = {one for case in log for one in case.labels}
    asked = {
        "states": list(labels.life["states"]),
        "start": labels.life["start"],
        "steps": list(labels.steps(every)),
        "traces": {case.name: case.labels for case in log},
    }
    file = Path(folder) / "asked.json"
    file.write_text(json.dumps(asked), encoding="utf-8")
    subprocess.run([python, __file__, "--peer", str(file)], check=True, capture_output=True)
    kinds, seconds = ours(log)
    count = sum(len(case.envelopes) for case in log)
    print(f"{len(log):,} lives, {count:,} notifications, {len({tuple(case.labels) for case in log}):,} sequences")
    print(f"ours: {len(kinds):,} deviate, {seconds:.2f} s")
    is_right = True
    for way, (names, taken) in json.loads(file.read_text(encoding="utf-8")).items():
        theirs = set(names)
        sequence = {name for name, found in kinds.items() if found - OF_FIELDS_AND_TIME}
        only = Counter(", ".join(sorted(kinds[name])) for name in kinds.keys() - theirs)
        same = len(log) - len(sequence ^ theirs)
        print(f"pm4py, {way}: {len(theirs):,} deviate, {taken:.2f} s; both say the same of {same:,} lives")
        print(f"  found by us alone, with fields and time: {dict(only)}")
        for name in sorted(theirs ^ sequence)[:3]:
            case = next(case for case in log if case.name == name)
            print(f"  {'it' if name in theirs else 'we'} alone: {' → '.join(case.labels)}; ours: {kinds.get(name)}")
        # A life without a beginning may have begun before the log did, which a net cannot say.
        begun = {case.name for case in log if case.envelopes[0]["event_type"] == labels.beginning}
        is_right &= not begun & theirs - kinds.keys() and not sequence - theirs
    return is_right


def main() -> int:
    """Run all of it."""
    if sys.argv[1:2] == ["--peer"]:
        conformance(sys.argv[2])
        return 0
    log = list(cases(int(sys.argv[1]) if sys.argv[1:] else 5000))
    with tempfile.TemporaryDirectory() as folder, peer() as python:
        return 0 if python is None or compared(python, log, folder) else 1


if __name__ == "__main__":
    sys.exit(main())
