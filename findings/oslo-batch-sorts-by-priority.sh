#!/usr/bin/env bash
# Guess:    a batch listener of oslo.messaging hands its endpoint the notifications of a batch in the order in which they came,
#           and gets back those that the endpoint was given when it says REQUEUE.
# Really:   a batch is sorted by the name of the priority, DEBUG and ERROR before INFO: an image is deleted before it is
#           created. And REQUEUE returns every notification of that priority in the batch, those too that the endpoint's filter
#           kept from it: other endpoints get a second time what they had done.
# Versions: oslo.messaging 18.3.1, Python 3.11
# Source:   run here with the fake driver; oslo_messaging/notify/dispatcher.py, BatchNotificationDispatcher; the documentation
#           of get_batch_notification_listener says nothing of the order.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1

cat >batches.py <<'PYTHON'
import threading

import oslo_messaging
from oslo_config import cfg

configuration = cfg.ConfigOpts()
configuration([])
transport = oslo_messaging.get_notification_transport(configuration, "fake:")


def deliver(topic, endpoints, size, done, *sent):
    """Send (priority, event type) pairs and listen until `done` is set."""
    notifier = oslo_messaging.Notifier(transport, publisher_id="image.localhost", driver="messagingv2", topics=[topic])
    for priority, event_type in sent:
        getattr(notifier, priority)({}, event_type, {})
    listener = oslo_messaging.get_batch_notification_listener(
        transport, [oslo_messaging.Target(topic=topic)], endpoints, executor="threading", allow_requeue=True,
        batch_size=size, batch_timeout=20,
    )
    listener.start()
    done.wait(60)
    listener.stop()
    listener.wait()


class All:
    def __init__(self, count):
        self.seen, self.count, self.done = [], count, threading.Event()

    def take(self, messages):
        self.seen += [message["event_type"] for message in messages]
        if len(self.seen) == self.count:
            self.done.set()

    debug = info = error = take


class Images:
    filter_rule = oslo_messaging.NotificationFilter(event_type="^image")

    def __init__(self):
        self.times = 0

    def info(self, messages):
        self.times += 1
        return oslo_messaging.NotificationResult.REQUEUE if self.times == 1 else None


first = All(3)
deliver("order", [first], 3, first.done, ("info", "image.create"), ("debug", "image.update"), ("error", "image.delete"))
print("sent: image.create, image.update, image.delete; handed over:", *first.seen)
every, images = All(4), Images()
deliver("again", [every, images], 2, every.done, ("info", "image.create"), ("info", "volume.create"))
print("only image.create is asked for again; handed over:", *every.seen)
PYTHON
seen=$(venv/bin/python batches.py 2>stderr)
echo "$seen"
expected="sent: image.create, image.update, image.delete; handed over: image.update image.delete image.create
only image.create is asked for again; handed over: image.create volume.create image.create volume.create"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
