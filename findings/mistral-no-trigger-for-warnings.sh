#!/usr/bin/env bash
# Guess:    an event trigger of Mistral for image.update starts its workflow whenever that event is notified of, whatever the
#           priority: a trigger names an exchange, a topic and an event, and no priority.
# Really:   it listens to audit, critical, debug, error and info only. What is notified of as a warning, or as a sample, starts
#           nothing, and nothing is logged.
# Versions: mistral 23.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here with the fake driver, without a database; mistral/event_engine/default_event_engine.py, _get_endpoint_cls,
#           whose comment says "each priority"; Mistral's documentation of event triggers names none.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check mistral==23.0.0 oslo.messaging==18.3.1

cat >triggers.py <<'PYTHON'
import threading

import mistral.config  # noqa: F401 - registers the options
import oslo_messaging
from mistral import messaging
from mistral.event_engine.default_event_engine import DefaultEventEngine
from oslo_config import cfg

PRIORITIES = ("audit", "debug", "info", "warn", "error", "critical", "sample")
# Each priority has a queue of its own: what was sent is heard once the last of each queue is.
LAST = {f"the last {priority}" for priority in ("audit", "critical", "debug", "error", "info")}
cfg.CONF(["--config-file", "mistral.conf"], project="mistral")


class Engine:
    """Where the endpoint that Mistral makes of its triggers puts what it hears."""

    def __init__(self):
        self.heard, self.is_over = [], threading.Event()

    def process_notification_event(self, notification):
        self.heard.append(notification["payload"])
        if LAST.issubset(self.heard):
            self.is_over.set()


engine = Engine()
endpoint = DefaultEventEngine._get_endpoint_cls(engine, ["image.update"])(engine)
listener = messaging.start_listener(cfg.CONF, "glance", "notifications", [endpoint])
transport = oslo_messaging.get_notification_transport(cfg.CONF)
notifier = oslo_messaging.Notifier(transport, "image.localhost", driver="messagingv2", topics=["notifications"])
for priority in PRIORITIES:
    getattr(notifier, priority)({}, "image.update", priority)
for last in LAST:
    getattr(notifier, last.removeprefix("the last "))({}, "image.update", last)
engine.is_over.wait(60)
listener.stop()
listener.wait()
for priority in PRIORITIES:
    print(f"{priority}: {'heard' if priority in engine.heard else 'not heard'}")
PYTHON
printf '[DEFAULT]\ntransport_url = fake:\ncontrol_exchange = glance\n' >mistral.conf
seen=$(venv/bin/python triggers.py 2>stderr)
echo "$seen"
expected="audit: heard
debug: heard
info: heard
warn: not heard
error: heard
critical: heard
sample: not heard"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
