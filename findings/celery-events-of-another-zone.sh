#!/usr/bin/env bash
# Guess:    the timestamp of a Celery event (task-sent, worker-online …), seconds since 1970 as time.time() gives them, is that of
#           the worker that sent it, wherever the worker and its monitor stand.
# Really:   Celery's own receiver adds the difference of the two time zones to it: what a worker in Kolkata sent this second
#           is 5.5 hours ahead for a monitor in UTC, and behind the other way round, in the order of events and in every
#           latency. The message on the wire is right, as is a worker whose TZ is the monitor's.
# Versions: celery 5.7.0, kombu 5.7.0, Python 3.11
# Source:   run here over the memory transport; celery/events/receiver.py, event_from_message; celery/utils/time.py;
#           Celery's issue 2482 of 2015 (closed; it is so still).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check celery==5.7.0 kombu==5.7.0

cat >zones.py <<'PYTHON'
import os
import time

from celery import Celery

app = Celery("service", broker="memory://")


def stand_in(zone):
    os.environ["TZ"] = zone
    time.tzset()


def hours(worker, monitor):
    """How far the timestamp that the monitor is given lies behind the time at which the worker sent it."""
    received = []
    with app.connection() as connection:
        receiver = app.events.Receiver(connection, handlers={"*": received.append})
        with receiver.consumer_context(wakeup=False) as (listening, _channel, _consumers):
            stand_in(worker)
            with app.events.Dispatcher(connection, hostname="worker") as dispatcher:
                sent = time.time()
                dispatcher.send("task-sent", uuid="1")
            stand_in(monitor)
            listening.drain_events(timeout=10)
    return round((received[0]["timestamp"] - sent) / 3600, 1)


for worker, monitor in (("UTC", "UTC"), ("Asia/Kolkata", "UTC"), ("UTC", "America/Bogota"), ("Asia/Kolkata", "Asia/Kolkata")):
    print(f"worker in {worker}, monitor in {monitor}: {hours(worker, monitor):+} hours")
PYTHON
seen=$(venv/bin/python zones.py)
echo "$seen"
expected="worker in UTC, monitor in UTC: +0.0 hours
worker in Asia/Kolkata, monitor in UTC: +5.5 hours
worker in UTC, monitor in America/Bogota: +5.0 hours
worker in Asia/Kolkata, monitor in Asia/Kolkata: +0.0 hours"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
