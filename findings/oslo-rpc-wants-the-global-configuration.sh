#!/usr/bin/env bash
# Guess:    oslo.messaging reads its options from the ConfigOpts that it is given, and registers on it those that it needs: with one
#           of one's own, as in a tool or a test beside a service, RPC works as notifications do.
# Really:   no call and no cast can be sent: each raises NoSuchOptError, for the options of tracing and of metrics, both of which are
#           off unless told otherwise, are registered on oslo.config's global object only, when the module is imported. The name that
#           it tells, in group DEFAULT, is that of a group. With both of them registered by hand, from private modules, it works;
#           a notification goes out without.
# Versions: oslo.messaging 18.3.1, oslo.config 10.7.0, Python 3.11
# Source:   run here with the fake driver; oslo_messaging/_tracing/client.py and _metrics/client.py (cfg.CONF.register_opts, where
#           drivers and clients have conf.register_opts); oslo_messaging/rpc/client.py, call and cast; the guide of
#           get_rpc_transport, whose conf is any ConfigOpts.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 oslo.config==10.7.0

cat >calling.py <<'PYTHON'
import importlib
import threading

import oslo_messaging
from oslo_config import cfg

heard = threading.Event()


class Images:
    def show(self, context):
        return "image"

    def info(self, *_):
        heard.set()


def tried(conf):
    transport = oslo_messaging.get_rpc_transport(conf, "fake://")
    server = oslo_messaging.get_rpc_server(transport, oslo_messaging.Target(topic="images", server="h1"), [Images()], "threading")
    server.start()
    client = oslo_messaging.get_rpc_client(transport, oslo_messaging.Target(topic="images"), timeout=20)
    for send in (client.call, client.cast):
        try:
            print(f"  {send.__name__}: {send({}, 'show')}")
        except cfg.NoSuchOptError as error:
            print(f"  {send.__name__}: {error}")
    server.stop()
    server.wait()
    bus = oslo_messaging.get_notification_transport(conf, "fake://")
    listener = oslo_messaging.get_notification_listener(bus, [oslo_messaging.Target(topic="notifications")], [Images()], "threading")
    listener.start()
    heard.clear()
    oslo_messaging.Notifier(bus, "host", driver="messagingv2", topics=["notifications"]).info({}, "image.create", {})
    print("  notification heard:", heard.wait(20))
    listener.stop()
    listener.wait()


print("the global one:")
tried(cfg.CONF)
print("one of one's own:")
conf = cfg.ConfigOpts()
tried(conf)
for name in ("tracing", "metrics"):
    group = f"oslo_messaging_{name}"
    conf.register_opts(getattr(importlib.import_module(f"oslo_messaging._{name}.client"), group), group)
    print(f"with the options of {name}:")
    tried(conf)
PYTHON
seen=$(venv/bin/python -W ignore calling.py 2>stderr)
echo "$seen"
expected="the global one:
  call: image
  cast: None
  notification heard: True
one of one's own:
  call: no such option oslo_messaging_tracing in group [DEFAULT]
  cast: no such option oslo_messaging_tracing in group [DEFAULT]
  notification heard: True
with the options of tracing:
  call: no such option oslo_messaging_metrics in group [DEFAULT]
  cast: no such option oslo_messaging_metrics in group [DEFAULT]
  notification heard: True
with the options of metrics:
  call: image
  cast: None
  notification heard: True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
