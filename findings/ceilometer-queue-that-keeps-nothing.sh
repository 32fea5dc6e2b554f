#!/usr/bin/env bash
# Guess:    Ceilometer's publisher notifier:// does what its options say: with policy=queue samples wait in memory while the broker
#           is away, with per_meter_topic=1 each meter goes to a topic of its own besides; and they may stand behind a broker of
#           one's own, notifier://host:port?max_retry=100, as in its documentation.
# Really:   nothing is ever queued: it waits for an error that oslo.messaging's notifier does not raise but logs, so what cannot be
#           sent is lost, as with policy=drop. per_meter_topic sends every sample twice to one and the same topic, as "metering" and
#           as "metering.cpu", so who adds up counts double. And behind host:port the options reach oslo.messaging as well, which
#           does not know policy, max_retry or per_meter_topic: NoSuchOptError is raised, and the publisher cannot be made at all.
# Versions: ceilometer 27.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here with a port where nobody listens, and with the driver test; ceilometer/publisher/messaging.py: the docstring of
#           NotifierPublisher and its __init__ (what is left of the query goes into the transport's URL), _process_queue (except
#           DeliveryFailure), publish_samples and _send (event_type=topic); oslo_messaging/notify/messaging.py,
#           MessagingDriver.notify (except Exception: log).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile ceilometer==27.0.0 oslo.messaging==18.3.1

cat >publishing.py <<'PYTHON'
import logging
import socket
from urllib import parse

import oslo_messaging
from ceilometer import sample, service
from ceilometer.publisher import messaging
from oslo_messaging.notify import _impl_test

conf = service.prepare_service([], [])
logging.disable()
oslo_messaging.get_notification_transport(conf, "fake://")  # makes transport_url an option
with socket.socket() as unused:
    unused.bind(("127.0.0.1", 0))
    away = f"u:p@127.0.0.1:{unused.getsockname()[1]}/"


def publish(what, options, host=""):
    times = {"timestamp": "2026-11-30T10:00:00", "resource_metadata": {}}
    try:
        publisher = messaging.SampleNotifierPublisher(conf, parse.urlparse(f"notifier://{host}?{options}"))
        publisher.publish_samples([sample.Sample("cpu", "cumulative", "ns", 7, "u", "p", "r", **times)])
        told = f"returned, {len(publisher.local_queue)} waiting"
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
    print(f"{what}, {options or 'no options'}: {told}")


conf.set_override("transport_url", f"rabbit://{away}")
for options in ("policy=queue", "policy=drop"):
    publish("broker away", options)
for options in ("policy=queue", "max_retry=100", "per_meter_topic=1"):
    publish("broker in the URL", options, away)
conf.set_override("transport_url", "fake://")
conf.set_override("telemetry_driver", "test", "publisher_notifier")
for options in ("", "per_meter_topic=1"):
    publish("broker there", options)
    for _, message, priority, _ in _impl_test.NOTIFICATIONS:
        names = [each["counter_name"] for each in message["payload"]]
        print(f"  {priority} {message['event_type']} {names}")
    _impl_test.NOTIFICATIONS.clear()
topics = messaging.SampleNotifierPublisher(conf, parse.urlparse("notifier://?per_meter_topic=1")).notifier._topics
print("topics of the notifier:", *topics)
PYTHON
seen=$(venv/bin/python -W ignore publishing.py 2>stderr)
echo "$seen"
expected="broker away, policy=queue: returned, 0 waiting
broker away, policy=drop: returned, 0 waiting
broker in the URL, policy=queue: NoSuchOptError: no such option policy in group [oslo_messaging_rabbit]
broker in the URL, max_retry=100: NoSuchOptError: no such option max_retry in group [oslo_messaging_rabbit]
broker in the URL, per_meter_topic=1: NoSuchOptError: no such option per_meter_topic in group [oslo_messaging_rabbit]
broker there, no options: returned, 0 waiting
  SAMPLE metering ['cpu']
broker there, per_meter_topic=1: returned, 0 waiting
  SAMPLE metering ['cpu']
  SAMPLE metering.cpu ['cpu']
topics of the notifier: metering"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
