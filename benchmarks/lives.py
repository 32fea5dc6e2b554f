"""Whole lives: what of mutated recordings is found, what it costs to follow many lives, by how many processes.

    python benchmarks/lives.py [MUTATIONS] [NOTIFICATIONS]

A recording of a real service is mutated, seeded: one notification is dropped, doubled, swapped with its life's next,
moved to another resource, or delayed to the end of the recording. Whether the result still is what `lifecycles.json`
allows is decided without the checker, by a search through the file as it is (`Reading`). What left the language must be
found, at the mutated notification or its life's next, and what stayed in it must not. Then notifications of interleaved
lives are checked with and without ``--lifecycles``, and by two processes.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from notify_contracts._checking.lives import Lives
from notify_contracts._checking.lives.ways import Ways
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog, load
from notify_contracts.model import Notification, Verdict

ROOT = Path(__file__).parent.parent
RECORDING = ROOT / "examples" / "glance-33-messagingv2.jsonl"
CATALOG = "glance-emitted"
KINDS = ("drop", "double", "swap", "move", "delay")
_ANY = object()

Envelope = dict[str, Any]


class Mutated(NamedTuple):
    """A mutated recording, and the places, from 0 on, at which a finding is right."""

    kind: str
    envelopes: list[Envelope]
    right: set[int]


class Reading:
    """The lifecycles, read by nobody but this: whether a recording is what they allow."""

    def __init__(self) -> None:
        path = ROOT / "contracts" / CATALOG / "lifecycles.json"
        self._lifecycles: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self._forms: dict[tuple[str, str], tuple[str, Any]] = {}
        for name, one in self._lifecycles.items():
            for ways in one["states"].values():
                for way in ways:
                    self._forms[way["event_type"], way["priority"]] = name, one["fields"][way["fields"]]

    def life(self, envelope: Envelope) -> tuple[str, tuple[Any, ...]] | None:
        """Return of which life a notification tells, None if of none that is known."""
        name, form = self._forms[envelope["event_type"], envelope["priority"]]
        identity = tuple(_value(envelope, form[field], "before") for field in self._identity(name))
        return None if None in identity else (name, identity)

    def renamed(self, envelope: Envelope, identity: tuple[Any, ...]) -> dict[str, Any]:
        """Return a copy of a notification that tells of another resource."""
        name, form = self._forms[envelope["event_type"], envelope["priority"]]
        copy = deepcopy(envelope)
        for field, value in zip(self._identity(name), identity, strict=True):
            place = form[field]
            pointers = (
                [place] if isinstance(place, str) else [place[key] for key in ("pointer", "before") if key in place]
            )
            for pointer in pointers:
                *parents, last = pointer.split("/")[1:]
                holder = copy
                for part in parents:
                    holder = holder[part]
                old = self.life(envelope)
                is_text = isinstance(place, dict) and "begins" in place and old is not None
                holder[last] = holder[last].replace(old[1][0], value) if is_text and old is not None else value
        return copy

    def allows(self, envelopes: Sequence[Envelope]) -> bool:
        """Whether all lives in a recording go as the file says, and time in each goes on."""
        first, seen = envelopes[0]["timestamp"][:19], set()
        lives: dict[Any, Any] = {}
        for envelope in envelopes:
            if envelope["message_id"] in seen:
                continue
            seen.add(envelope["message_id"])
            life = self.life(envelope)
            if life is None:
                continue
            following = self._after(lives.get(life), life, envelope, first)
            if following is None:
                return False
            lives.pop(life, None)
            lives[life[0], self._becomes(envelope)] = following
            self._take_along(lives, life, envelope)
        return True

    def _identity(self, name: str) -> list[str]:
        identity = self._lifecycles[name]["identity"]
        return [identity] if isinstance(identity, str) else identity

    def _becomes(self, envelope: Envelope) -> tuple[Any, ...]:
        name, form = self._forms[envelope["event_type"], envelope["priority"]]
        return tuple(_value(envelope, form[field], "pointer") for field in self._identity(name))

    def _after(self, known: Any, life: Any, envelope: Envelope, first: str) -> Any:
        """Return every state in which a life may be, with its fields, and its time; None for no state."""
        one = self._lifecycles[life[0]]
        if known is None:
            states = [(one["start"], {})]
            began = [_value(envelope, place, "") for place in self._began(life[0], envelope)]
            if not any(_seconds(text) > _seconds(first) + 1 for text in began if text):
                states += [(state, {}) for state in one["states"] if state != one["start"]]
        else:
            states, last = known
            if envelope["timestamp"] < last:
                return None
        following = [
            after
            for state, fields in states
            for way in one["states"].get(state, ())
            if (way["event_type"], way["priority"]) == (envelope["event_type"], envelope["priority"])
            and (after := self._taken(one, state, fields, way, envelope)) is not None
        ]
        return (following, envelope["timestamp"]) if following else None

    def _began(self, name: str, envelope: Envelope) -> list[Any]:
        form = self._forms[envelope["event_type"], envelope["priority"]][1]
        return [form[field] for field in self._lifecycles[name].get("began", ()) if field in form]

    @staticmethod
    def _taken(one: Any, state: str, fields: dict[str, Any], way: Any, envelope: Envelope) -> Any:
        ends = {*one.get("ends", ()), *(name for name, ways in one["states"].items() if not ways)}
        identity = [one["identity"]] if isinstance(one["identity"], str) else one["identity"]
        kept = {} if state in ends and way["to"] not in ends else dict(fields)
        for field in way.get("changes", ()):
            kept.pop(field, None)
        kept |= way.get("values", {})
        for field, place in one["fields"][way["fields"]].items():
            if field in identity or field in one.get("now", ()):
                continue
            value = _value(envelope, place, "pointer")
            if kept.setdefault(field, value) != value:
                return None
        return way["to"], kept

    def _take_along(self, lives: dict[Any, Any], life: Any, envelope: Envelope) -> None:
        for name, one in self._lifecycles.items():
            within = one.get("within")
            if within is None or within["lifecycle"] != life[0]:
                continue
            index = self._identity(name).index(within["by"])
            inside = [key for key in lives if key[0] == name and key[1][index] == life[1][0]]
            becomes = self._becomes(envelope)
            if envelope["event_type"] in within["ended_by"]:
                ends = [*one.get("ends", ())]
                for key in inside:
                    lives[key] = [(state, {}) for state in ends], lives[key][1]
            elif becomes != life[1]:
                for key in [key for key in lives if key[0] == name and key[1][index] in (life[1][0], becomes[0])]:
                    del lives[key]


def _value(envelope: Envelope, place: Any, which: str) -> Any:
    pointer = place if isinstance(place, str) else place.get(which) or place["pointer"]
    value: Any = envelope
    for part in pointer.split("/")[1:]:
        value = value[part]
    if isinstance(place, dict) and "begins" in place:
        for beginning in place["begins"]:
            before, after = beginning.split("{}")
            if value.startswith(before) and after in value[len(before) :]:
                return value[len(before) :].split(after)[0]
        return None
    return value


@cache
def _seconds(text: str) -> float:
    return time.mktime(time.strptime(text[:19].replace("T", " "), "%Y-%m-%d %H:%M:%S"))


def mutations(envelopes: Sequence[Envelope], reading: Reading, count: int, seed: int) -> Iterator[Mutated]:
    """Yield so many mutated recordings."""
    chance = random.Random(seed)  # for a benchmark, not for secrets
    lives = [reading.life(envelope) for envelope in envelopes]
    told = [index for index, life in enumerate(lives) if life is not None]

    def next_of(index: int) -> int | None:
        return next((other for other in range(index + 1, len(lives)) if lives[other] == lives[index]), None)

    made = 0
    while made < count:
        kind, index = KINDS[made % len(KINDS)], chance.choice(told)
        following, changed = next_of(index), list(envelopes)
        right = {index, *(() if following is None else (following,))}
        if kind == "drop":
            del changed[index]
            right = set() if following is None else {following - 1}
        elif kind == "double":
            again = changed[index] | {"message_id": str(uuid.UUID(int=chance.getrandbits(128), version=4))}
            changed.insert(index + 1, again)
            right = {index, index + 1, *(() if following is None else (following + 1,))}
        elif kind == "swap":
            if following is None:
                continue
            changed[index], changed[following] = changed[following], changed[index]
        elif kind == "move":
            others = sorted({life for life in lives if life and life[0] == lives[index][0] and life != lives[index]})
            if not others:
                continue
            changed[index] = reading.renamed(changed[index], chance.choice(others)[1])
            later = [
                i for i in range(index + 1, len(changed)) if reading.life(changed[i]) == reading.life(changed[index])
            ]
            right |= set(later[:1])
        else:
            changed.append(changed.pop(index))
            right = {len(changed) - 1, *(() if following is None else (following - 1,))}
        made += 1
        yield Mutated(kind, changed, right)


def found(catalog: Catalog, ways: Ways, envelopes: Sequence[Envelope]) -> list[int]:
    """Return the places, from 0 on, at which something is found."""
    places = []

    def line(verdict: Verdict) -> bytes:
        places.append(verdict.location.number - 1 if verdict.location else 0)
        return b""

    lives = Lives(catalog, line)
    lives.begin("a recording")
    steps = (ways.step(number, envelope, passed=True) for number, envelope in enumerate(envelopes, 1))
    lives.take([step for step in steps if step is not None])
    lives.settle()
    return places


def mutated(count: int) -> bool:
    """Print what is found of mutated recordings; return whether it is enough."""
    reading, catalog = Reading(), load(CATALOG)
    ways = Ways(catalog)
    envelopes = [dict(content.envelope) for content, _ in Recording(RECORDING) if isinstance(content, Notification)]
    assert reading.allows(envelopes), "the recording itself is not what the file allows"
    assert not found(catalog, ways, envelopes), "the recording itself has findings"
    left, seen, right, false = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in mutations(envelopes, reading, count, seed=1):
        places = found(catalog, ways, one.envelopes)
        if reading.allows(one.envelopes):
            false[one.kind] += bool(places)
            continue
        left[one.kind] += 1
        seen[one.kind] += bool(places)
        right[one.kind] += bool(set(places) & one.right)
    for kind in KINDS:
        print(
            f"{kind:6}  {left[kind]:5} left the language, {seen[kind]:5} found, {right[kind]:5} at the place or next;"
            f" {count // len(KINDS) - left[kind]:5} stayed, {false[kind]} of them found"
        )
    share = sum(right.values()) / sum(left.values())
    print(f"{share:.1%} of {sum(left.values()):,} found at the right place, {sum(false.values())} false findings")
    return share >= 0.95 and not sum(false.values())  # noqa: PLR2004  # what is promised


def written(path: Path, notifications: int) -> None:
    """Write notifications of as many interleaved lives as a tenth of them: uploads, each of ten notifications."""
    chance = random.Random(1)  # for a benchmark, not for secrets
    texts = _life()
    lives = [[str(uuid.UUID(int=chance.getrandbits(128), version=4)), 0] for _ in range(notifications // len(texts))]
    with path.open("w", encoding="utf-8") as file:
        for number in range(len(lives) * len(texts)):
            index = chance.randrange(len(lives))
            identity, told = lives[index]
            seconds, micros = divmod(number * 50, 1_000_000)
            stamp = f"2026-11-22 {10 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{micros:06}"
            message_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
            file.write(texts[told].replace("@id", identity).replace("@message", message_id).replace("@time", stamp))
            lives[index][1] += 1
            if lives[index][1] == len(texts):
                lives[index] = lives[-1]
                lives.pop()


def _life() -> list[str]:
    """Return the lines of a real upload, sent three times and deleted, with places for what differs between lives."""
    by_life: dict[str, list[Envelope]] = {}
    for content, _ in Recording(RECORDING):
        payload = content.payload if isinstance(content, Notification) else None
        if isinstance(payload, dict) and isinstance(content, Notification):
            identity = payload.get("id") or payload.get("image_id")
            if identity and not content.event_type.startswith("image.member"):
                by_life.setdefault(identity, []).append(dict(content.envelope))
    kinds = ["create", "update", "prepare", "upload", "activate", "update", "send", "delete"]
    identity, life = next(
        (identity, life)
        for identity, life in by_life.items()
        if [one["event_type"] for one in life] == [f"image.{kind}" for kind in kinds]
    )
    sends = [life[6]] * 3
    return [
        json.dumps(one | {"message_id": "@message", "timestamp": "@time"}).replace(identity, "@id") + "\n"
        for one in (*life[:6], *sends, life[7])
    ]


class Ran(NamedTuple):
    """A run of the command: its processor time in seconds, its memory in MiB, its output."""

    seconds: float
    memory: float
    output: bytes


def ran(path: Path, *options: str) -> Ran:
    """Check a file."""
    command = [sys.executable, "-m", "notify_contracts", "check", path.name, "--catalog", CATALOG, "--format", "json"]
    process = subprocess.Popen([*command, *options], cwd=path.parent, stdout=subprocess.PIPE)
    assert process.stdout is not None
    output = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Ran(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output)


def many(notifications: int) -> bool:
    """Print what it costs to follow many lives; return whether it is no more than promised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lives.jsonl"
        written(path, notifications)
        pairs = [(ran(path, "--jobs", "1"), ran(path, "--jobs", "1", "--lifecycles")) for _ in range(3)]
        ratio = sorted(with_.seconds / without.seconds for without, with_ in pairs)[1]
        shared = ran(path, "--jobs", "2", "--lifecycles")
    one = pairs[0][1]
    same = "the same" if shared.output == one.output else "OTHER"
    print(f"{notifications:,} notifications, {notifications // 10:,} lives: {one.seconds:.1f} s, {one.memory:.0f} MiB")
    print(f"{ratio:.2f} times the time of check without it; --jobs 2 writes {same} bytes")
    return shared.output == one.output and one.memory < 150  # noqa: PLR2004  # what is promised


def main() -> int:
    """Run all of it."""
    count, notifications = (int(text) for text in (sys.argv[1:] + ["5000", "1000000"][len(sys.argv) - 1 :])[:2])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    are_enough = [mutated(count), many(notifications)]
    return 0 if all(are_enough) else 1


if __name__ == "__main__":
    sys.exit(main())
