#!/usr/bin/env bash
# Guess:    a task of taskiq whose parameter is a pydantic class, notification: Notification, is given one: what does not fit the
#           class fails the task, as it does where FastStream reads a message.
# Really:   what fits is made one; what does not is handed to the task as it came, a dict or a text, after one warning in the
#           worker's log, and null without one. A task that only stores the notification, or passes it on, succeeds, and the
#           broken message is done with. To a parameter of the type int the text "7" is a number, and "7 GiB" a text.
# Versions: taskiq 0.13.0, pydantic 2.14.4, Python 3.11
# Source:   run here with the in-memory broker; taskiq/receiver/params_parser.py, parse_params, whose docstring says so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check taskiq==0.13.0 pydantic==2.14.4

cat >tasks.py <<'PYTHON'
import asyncio

from pydantic import BaseModel
from taskiq import InMemoryBroker


class Notification(BaseModel):
    event_type: str
    payload: dict


broker = InMemoryBroker()


@broker.task
async def store(notification: Notification) -> str:
    return repr(notification)


@broker.task
async def count(size: int) -> str:
    return repr(size)


async def main():
    for task, argument in (
        (store, {"event_type": "image.create", "payload": {}}),
        (store, {"event_type": "image.create", "payload": "the disk is full"}),
        (store, None),
        (count, "7"),
        (count, "7 GiB"),
    ):
        result = await (await task.kiq(argument)).wait_result()
        print(f"{argument!r}: failed: {result.is_err}, the task had {result.return_value}")


asyncio.run(main())
PYTHON
seen=$(venv/bin/python tasks.py 2>stderr)
echo "$seen"
expected="{'event_type': 'image.create', 'payload': {}}: failed: False, the task had Notification(event_type='image.create', payload={})
{'event_type': 'image.create', 'payload': 'the disk is full'}: failed: False, the task had \
{'event_type': 'image.create', 'payload': 'the disk is full'}
None: failed: False, the task had None
'7': failed: False, the task had 7
'7 GiB': failed: False, the task had '7 GiB'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
grep -q "Can't parse argument" stderr || { echo "changed: no warning"; exit 1; }
