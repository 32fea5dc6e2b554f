#!/usr/bin/env bash
# Guess:    where one endpoint of a notification listener of oslo.messaging raises, that is logged, and the other endpoints get
#           the notification as ever: each is told of what its filter lets through. It comes again where an endpoint returns
#           REQUEUE.
# Really:   the endpoints behind the one that raises never see that notification; it is acknowledged and gone. With
#           allow_requeue=True it is given back to the queue, though nobody returned REQUEUE, and comes again for as long as the
#           endpoint raises: those before it deal with it each time anew. In which order endpoints stand decides what is lost.
# Versions: oslo.messaging 18.3.1, Python 3.11
# Source:   run here with the fake driver; oslo_messaging/notify/dispatcher.py, NotificationDispatcher.dispatch and
#           _exec_callback; the documentation of oslo_messaging.notify.listener, which speaks of what endpoints return, not of
#           errors.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1

cat >listening.py <<'PYTHON'
import threading

import oslo_messaging
from oslo_config import cfg


class Endpoint:
    def __init__(self, name, failures=0):
        self.name, self.failures = name, failures

    def info(self, context, publisher_id, event_type, payload, metadata):
        asked.setdefault(event_type, []).append(self.name)
        if event_type == "image.update" and self.failures:
            self.failures -= 1
            raise ValueError("a payload that is not known")
        if (self.name, event_type) == ("third", awaited):
            done.set()


for allow_requeue, awaited in ((False, "image.delete"), (True, "image.update")):
    asked, done = {}, threading.Event()
    transport = oslo_messaging.get_notification_transport(cfg.ConfigOpts(), "fake://")
    endpoints = [Endpoint("first"), Endpoint("second", failures=2), Endpoint("third")]
    targets = [oslo_messaging.Target(topic="notifications")]
    listener = oslo_messaging.get_notification_listener(
        transport, targets, endpoints, executor="threading", allow_requeue=allow_requeue
    )
    notifier = oslo_messaging.Notifier(transport, "image.localhost", driver="messagingv2", topics=["notifications"])
    for event_type in ("image.create", "image.update", "image.delete"):
        notifier.info({}, event_type, {})
    listener.start()
    done.wait(20)
    listener.stop()
    listener.wait()
    for event_type in ("image.create", "image.update"):
        print(f"allow_requeue={allow_requeue}, {event_type}: {', '.join(asked[event_type])}")
PYTHON
seen=$(venv/bin/python -W ignore listening.py 2>stderr)
echo "$seen"
expected="allow_requeue=False, image.create: first, second, third
allow_requeue=False, image.update: first, second
allow_requeue=True, image.create: first, second, third
allow_requeue=True, image.update: first, second, first, second, first, second, third"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
