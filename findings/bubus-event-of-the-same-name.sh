#!/usr/bin/env bash
# Guess:    a handler that is registered with bubus, an event bus of pydantic events, for a class of events gets the events of that
#           class, and, as with isinstance, those of its subclasses; where a handler fails, awaiting the event says so.
# Really:   the class counts by its bare name. Created of the images goes to the handlers of Created of the users, who look for what
#           it does not have; of a subclass, ImageCreated(Created), those of Created hear nothing. A handler that raises is kept in
#           the event's results: awaiting the event gives it back as complete, and nothing is raised unless event_result() is asked
#           for. With one module of events and no subclasses all is well.
# Versions: bubus 1.5.6, pydantic 2.14.4, Python 3.11
# Source:   run here; bubus/service.py, EventBus.on (event_pattern.__name__); bubus/models.py, BaseEvent.event_result; bubus's
#           README, "Event Pattern Matching" (by event model class, which it recommends).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile bubus==1.5.6 pydantic==2.14.4

cat >images.py <<'PYTHON'
from bubus import BaseEvent


class Created(BaseEvent):
    size: int


class SnapshotCreated(Created):
    pass
PYTHON
cat >users.py <<'PYTHON'
from bubus import BaseEvent


class Created(BaseEvent):
    name: str
PYTHON
cat >bus.py <<'PYTHON'
import asyncio
import logging

import images
import users
from bubus import EventBus

logging.disable()
heard = []


def of_image(event):
    heard.append(f"size {event.size}")


def of_user(event):
    heard.append(f"name {event.name}")


async def main():
    bus = EventBus()
    bus.on(images.Created, of_image)
    bus.on(users.Created, of_user)
    for event in (images.Created(size=7), users.Created(name="a"), images.SnapshotCreated(size=7)):
        heard.clear()
        sent = await bus.dispatch(event)
        errors = [str(result.error) for result in sent.event_results.values() if result.error]
        print(f"{type(event).__module__}.{type(event).__name__}: heard {heard}, completed {sent.event_completed_at is not None}, {errors}")
    await bus.stop()


asyncio.run(main())
PYTHON
seen=$(PYTHONPATH=$PWD venv/bin/python -W ignore bus.py 2>stderr)
echo "$seen"
expected="images.Created: heard ['size 7'], completed True, [\"'Created' object has no attribute 'name'\"]
users.Created: heard ['name a'], completed True, [\"'Created' object has no attribute 'size'\"]
images.SnapshotCreated: heard [], completed True, []"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
