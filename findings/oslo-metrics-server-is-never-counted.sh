#!/usr/bin/env bash
# Guess:    with metrics_enabled, oslo.messaging tells oslo.metrics of both ends: oslo.metrics has counters of invocations,
#           durations and exceptions of RPC servers as well as of clients, and oslo.messaging's collector has a method for each.
# Really:   nothing calls the four methods of servers: what a server did, and that its endpoint raised, is told by its clients
#           only. Of a cast, for which nobody waits, it is told nowhere: one whose endpoint raises has an end and a duration, as if
#           all were well. A call that fails has a start and an exception, and neither end nor duration. The label timeout is None
#           where the client has one. Notifications are not counted at all.
# Versions: oslo.messaging 18.3.1, oslo.metrics 0.17.0, Python 3.11
# Source:   run here with the fake driver and a socket of this machine; oslo_messaging/_metrics/client.py, measure_metrics, which
#           only oslo_messaging/rpc/client.py uses; oslo_metrics/metrics/oslo_messaging.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 oslo.metrics==0.17.0

cat >counting.py <<'PYTHON'
import logging
import socket
import threading

import oslo_messaging
from oslo_config import cfg
from oslo_metrics.message_router import MessageRouter
from prometheus_client import REGISTRY

logging.disable()
taken = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
taken.bind("metrics.sock")
taken.settimeout(3)
conf = cfg.CONF
transport = oslo_messaging.get_rpc_transport(conf, "fake://")
for name, value in {"enabled": True, "socket_file": "metrics.sock", "thread_stop_timeout": 1}.items():
    conf.set_override(f"metrics_{name}", value, "oslo_messaging_metrics")
was_cast = threading.Event()
heard = threading.Event()


class Images:
    def show(self, context):
        return "image"

    def fail(self, context):
        raise ValueError

    def cast_fail(self, context):
        was_cast.set()
        raise ValueError


class Heard:
    def info(self, *_):
        heard.set()


server = oslo_messaging.get_rpc_server(transport, oslo_messaging.Target(topic="images", server="h1"), [Images()], "threading")
server.start()
client = oslo_messaging.get_rpc_client(transport, oslo_messaging.Target(topic="images"), timeout=20)
client.call({}, "show")
try:
    client.call({}, "fail")
except ValueError:
    print("the client hears ValueError")
client.cast({}, "cast_fail")
print("the endpoint of the cast was called:", was_cast.wait(20))
bus = oslo_messaging.get_notification_transport(conf, "fake://")
listener = oslo_messaging.get_notification_listener(bus, [oslo_messaging.Target(topic="notifications")], [Heard()], "threading")
listener.start()
oslo_messaging.Notifier(bus, "host", driver="messagingv2", topics=["notifications"]).info({}, "image.create", {})
print("the notification was heard:", heard.wait(20))
for listening in (server, listener):
    listening.stop()
    listening.wait()
router = MessageRouter()
try:
    while True:
        router.process(taken.recv(65536))
except TimeoutError:
    pass
for family in sorted(REGISTRY.collect(), key=lambda family: family.name):
    if family.name.startswith("oslo_messaging_rpc"):
        told = [
            f"{sample.labels['method']} {sample.value:g}, timeout {sample.labels['timeout']}"
            for sample in family.samples
            if sample.name.endswith(("_total", "_count"))
        ]
        print(f"{family.name.removeprefix('oslo_messaging_')}: {'; '.join(told) or 'nothing'}")
PYTHON
seen=$(venv/bin/python -W ignore counting.py 2>stderr)
echo "$seen"
expected="the client hears ValueError
the endpoint of the cast was called: True
the notification was heard: True
rpc_client_exception: fail 1, timeout None
rpc_client_invocation_end: show 1, timeout None; cast_fail 1, timeout None
rpc_client_invocation_start: show 1, timeout None; fail 1, timeout None; cast_fail 1, timeout None
rpc_client_processing_seconds: show 1, timeout None; cast_fail 1, timeout None
rpc_server_exception: nothing
rpc_server_invocation_end: nothing
rpc_server_invocation_start: nothing
rpc_server_processing_seconds: nothing"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
