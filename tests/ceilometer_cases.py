"""What Ceilometer's own code makes of notifications, beside what its needs say: the two must be the same."""

import json
import random
import subprocess
from copy import deepcopy
from pathlib import Path

from notify_contracts._comparison.needs import Applied, Effect, Index, Items, Name
from notify_contracts.generate import samples
from notify_contracts.model import Notification

AGENT = Path(__file__).parent / "ceilometer_agent.py"
_VALUES = (
    None,
    "",
    "abc",
    "12",
    " 7 ",
    "1.5",
    "2026-02-28T10:00:00Z",
    "2026-02-30 10:00:00",
    0,
    5,
    -1.5,
    True,
    [],
    ["a"],
    {},
    {"a": 1},
)


def folder_of(files, target):
    """Lay Ceilometer's files out as its agent looks for them."""
    (target / "meters.d").mkdir(parents=True, exist_ok=True)
    for file in files:
        place = target / "meters.d" if file.name == "meters.yaml" else target
        (place / file.name).write_bytes(file.read_bytes())
    return target


def outcomes(python, folder, notifications):
    """Return what the real code says of each notification."""
    lines = "".join(json.dumps([_context(one), dict(one.envelope)]) + "\n" for one in notifications)
    ran = subprocess.run([python, AGENT, folder], input=lines, capture_output=True, text=True, check=True, timeout=500)
    said = [line for line in ran.stdout.splitlines() if line.startswith("{")]  # jsonpath-rw-ext prints, too
    assert len(said) == len(notifications), ran.stderr[-500:]
    return [json.loads(line) for line in said]


def _context(notification):
    return {name.removeprefix("_context_"): value for name, value in notification.context.items()}


def generated(catalog, count, seed):
    """Yield notifications of a catalog, kept and spoilt: absent, null or anything else at any place of the payload."""
    chance = random.Random(seed)
    contracts = catalog.contracts
    each = [samples(catalog, one.event_type, one.priority, seed=seed) for one in contracts]
    for number in range(count):
        envelope = deepcopy(dict(next(each[number % len(each)])))
        if number // len(each) % 2:
            _spoil(envelope, chance)
        yield Notification(envelope, _chosen_context(chance))


def invented(consumer, count, seed):
    """Return notifications for what a consumer reads: some of it there, in all sorts of values."""
    chance = random.Random(seed)
    needs = [need for need in consumer.needs if need.reads]
    made = []
    for _ in range(count):
        need = chance.choice(needs)
        pattern = chance.choice(need.only or need.included).text
        event_type = pattern.replace(".(?!create.start|update).*", ".resize").replace(
            "*", chance.choice(("end", "x.start"))
        )
        envelope = {
            "message_id": "1", "publisher_id": chance.choice(("a.b", "a", "a.b.c")), "event_type": event_type,
            "priority": chance.choice(("INFO", "ERROR", "SAMPLE")), "timestamp": "2026-11-29 10:00:00", "payload": {},
        }  # fmt: skip
        for one in consumer.needs_of(event_type, envelope["priority"]):
            for read in one.reads:
                for path in read.paths:
                    if path.steps[0] == Name("payload") and chance.random() < 0.7:
                        value = chance.choice(_VALUES) if chance.random() < 0.3 else "2026-01-01 00:00:00"
                        if chance.random() < 0.4:
                            value = chance.choice((3, 1.5, "17"))
                        _put(envelope, path.steps, value)
        made.append(Notification(envelope, _chosen_context(chance)))
    return made


def _put(top, steps, value):
    """Put a value where steps lead, making what is on the way, unless something else is there."""
    held = top
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        made = value if following is None else {} if isinstance(following, Name) else []
        if isinstance(step, Name):
            if not isinstance(held, dict):
                return
            held = held.setdefault(step.key, made)
        elif not isinstance(held, list):
            return
        elif isinstance(step, Index):
            held.extend([made] * (step.key + 1 - len(held)))
            held = held[step.key]
        else:
            if isinstance(step, Items) and step.where is not None and isinstance(made, dict):
                made[step.where[0][0]] = step.where[2]
            held.append(made)
            held = held[-1]


def _chosen_context(chance):
    names = [name for name in ("user_id", "project_id", "request_id", "tenant_id", "user") if chance.random() < 0.5]
    return {f"_context_{name}": chance.choice(("9", "", None)) for name in names}


def _spoil(envelope, chance):
    """Change some of a notification but for what it cannot be read without."""
    if chance.random() < 0.1:
        envelope["timestamp"] = chance.choice(_VALUES)
    if chance.random() < 0.1:
        envelope["payload"] = chance.choice(_VALUES)
    payload = envelope["payload"]
    if isinstance(payload, dict):
        for name in list(payload):
            if chance.random() < 0.3:
                if chance.random() < 0.3:
                    del payload[name]
                else:
                    payload[name] = chance.choice(_VALUES)


def disagreements(consumer, notifications, said):
    """Return how many outcomes were compared, and where the needs say something else than the real code."""
    compared, differing = 0, []
    applied = Applied(consumer)
    for notification, outcome in zip(notifications, said, strict=True):
        lacks = list(applied.lacks(notification))
        read = applied.reads(notification)
        for what, predicted, real in _statements(outcome, read, lacks, notification):
            compared += 1
            if predicted != real:
                differing.append((what, predicted, real, dict(notification.envelope)))
    return compared, differing


def _statements(outcome, read, lacks, notification):
    """Yield what is compared: a name, what is predicted, and what came."""
    lost = {one.read.purpose: one.effect for one in lacks}
    untold = any(one.effect is None and one.need.group == "event definitions" for one in lacks)
    envelope_fails = any(one.need.purpose == "every notification" and one.effect is Effect.FAILS for one in lacks)
    event = outcome.get("event")
    if event is not None:
        fails = envelope_fails or any(
            one.effect is Effect.FAILS and one.need.group == "event definitions" for one in lacks
        )
        if not untold:
            yield "event is lost", fails, "raised" in event
        if "raised" not in event and not fails:
            traits = {one.purpose for need, one in read if need.group == "event definitions"}
            for trait in sorted(traits):
                if trait in lost and lost[trait] is None:
                    continue
                yield trait, trait not in lost, trait.removeprefix("trait ") in event["traits"]
            for kind, known in event["resources"].items():
                purpose = f"resource {kind}, id"
                if not (purpose in lost and lost[purpose] is None):
                    yield purpose, purpose not in lost, known
    yield from _of_samples(outcome.get("samples"), read, lacks, envelope_fails, notification)


def _of_samples(samples, read, lacks, envelope_fails, notification):
    meters = {need.purpose: need for need, _ in read if need.purpose.startswith("meter ")}
    if samples is None or not meters:
        return
    lost = {one.read.purpose: one.effect for one in lacks if one.need.purpose in meters}
    names = {name.removeprefix("meter ") for name in meters}
    if any(effect is None for effect in lost.values()) or any(name.startswith("$") for name in names):
        return
    raising = {
        name for name in lost if name.endswith((", timestamp", ", user_metadata")) and lost[name] is Effect.FAILS
    }
    fails = envelope_fails or bool(raising)
    yield "samples are lost", fails, isinstance(samples, dict)
    if fails or isinstance(samples, dict):
        return
    yield "samples", sorted(names), sorted(one["name"] for one in samples)
    for one in samples:
        purpose = f"meter {one['name']}"
        for attribute in ("volume", "resource_id"):
            if any(each.purpose == f"{purpose}, {attribute}" for each in (r for _, r in read)):
                yield f"{purpose}, {attribute}", f"{purpose}, {attribute}" not in lost, attribute in one["has"]
        metadata = {
            each.purpose: each for _, each in reversed(read) if each.purpose.startswith(f"{purpose}, metadata ")
        }
        there = {name for name, each in metadata.items() if name not in lost and not _is_false(each, notification)}
        if there:  # a sample without any takes the whole payload along
            for name in metadata:
                yield name, name in there, name.removeprefix(f"{purpose}, metadata ") in one["metadata"]


def _is_false(read, notification):
    """Whether what is read is there, and Python takes it for nothing: Ceilometer leaves it out of the metadata."""
    return not next(value for value in _values(notification.envelope, read.paths[0].steps) if value is not None)


def _values(value, steps):
    """Yield what stands where steps lead."""
    if not steps:
        yield value
        return
    step, rest = steps[0], steps[1:]
    if isinstance(step, Items):
        fitting = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
        for item in fitting:
            if step.where is None or item.get(step.where[0][0]) == step.where[2]:
                yield from _values(item, rest)
    elif isinstance(value, dict if isinstance(step, Name) else list):
        is_there = step.key in value if isinstance(step, Name) else step.key < len(value)
        if is_there:
            yield from _values(value[step.key], rest)
