"""Recordings of doors, each of which is made, opened and closed again and again, and broken."""

from random import Random


def told(event_type, number, serial, **payload):
    """Return the notification of what happened to the door of a number."""
    return {
        "message_id": f"{serial}",
        "event_type": event_type,
        "priority": "INFO",
        "payload": {"door_id": f"{number}-{number % 7}", **payload},
    }


def recording(lives=60, seed=5):
    """Return the notifications of doors, in the order of each: made, opened and closed again and again, broken."""
    random = Random(seed)
    lanes = []
    for number in range(lives):
        lane = ["door.made"] + ["door.opened", "door.closed"] * random.randint(1, 4)
        lanes.append([(name, number) for name in [*lane, "door.broken"]])
    found = []
    while lanes:
        lane = random.choice(lanes)
        found.append(told(*lane.pop(0), len(found)))
        lanes = [lane for lane in lanes if lane]
    return found
