#!/usr/bin/env bash
# Guess:    a consumer that a test feeds by oslo.messaging's transport fake:// is given what RabbitMQ would give it: the payload
#           went through JSON, and what could not be sent did not come.
# Really:   it is given the emitter's own object. Tuples, UUIDs and datetimes arrive as such, with the drivers messaging and
#           messagingv2 alike; with messaging a set arrives, too, of which RabbitMQ's driver loses the whole notification; and
#           what the consumer changes in the payload is changed for the emitter. By kombu+memory://, which needs no broker
#           either, what comes has been written and read.
# Versions: oslo.messaging 18.3.1, kombu 5.7.0, Python 3.11
# Source:   run here; oslo_messaging/_drivers/impl_fake.py (it tries whether JSON can be made of a message, and sends the message).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 kombu==5.7.0

cat >objects.py <<'PYTHON'
import datetime
import queue
import uuid

import oslo_messaging
from oslo_config import cfg

TIME = datetime.datetime(2026, 11, 29, 8, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))


class Consumer:
    def __init__(self):
        self.payloads = queue.Queue()

    def info(self, context, publisher_id, event_type, payload, metadata):
        payload["tags"].append("seen")
        self.payloads.put(payload)


def send(url, driver, *payloads):
    """What the consumer gets first, of which the last at least can be sent."""
    configuration = cfg.ConfigOpts()
    configuration([])
    transport = oslo_messaging.get_notification_transport(configuration, url)
    consumer = Consumer()
    listener = oslo_messaging.get_notification_listener(
        transport, [oslo_messaging.Target(topic="notifications")], [consumer], executor="threading"
    )
    listener.start()
    notifier = oslo_messaging.Notifier(transport, "image.localhost", driver, topics=["notifications"], retry=0)
    for payload in payloads:
        notifier.info({}, "image.create", payload)
    received = consumer.payloads.get(timeout=30)
    listener.stop()
    listener.wait()
    return received


for url, driver in (("fake:", "messaging"), ("fake:", "messagingv2"), ("kombu+memory:", "messagingv2")):
    sent = {"tags": ["raw"], "at": TIME, "id": uuid.UUID(int=7), "size": (1, 2)}
    received = send(url, driver, sent)
    print(f"{url} {driver}: the same object: {received is sent}, the emitter's tags: {sent['tags']}")
    print("   ", {name: received[name] for name in ("at", "id", "size")})
for url in ("fake:", "kombu+memory:"):
    first = send(url, "messaging", {"tags": [], "formats": {"raw"}}, {"tags": []})
    print(f"{url} messaging, a set and then none: the first to come is {first}")
PYTHON
seen=$(venv/bin/python objects.py 2>stderr) || { cat stderr; exit 1; }
echo "$seen"
given="    {'at': datetime.datetime(2026, 11, 29, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200))), \
'id': UUID('00000000-0000-0000-0000-000000000007'), 'size': (1, 2)}"
expected="fake: messaging: the same object: True, the emitter's tags: ['raw', 'seen']
$given
fake: messagingv2: the same object: True, the emitter's tags: ['raw', 'seen']
$given
kombu+memory: messagingv2: the same object: False, the emitter's tags: ['raw']
    {'at': '2026-11-29T08:00:00.000000', 'id': '00000000-0000-0000-0000-000000000007', 'size': [1, 2]}
fake: messaging, a set and then none: the first to come is {'tags': ['seen'], 'formats': {'raw'}}
kombu+memory: messaging, a set and then none: the first to come is {'tags': ['seen']}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
