#!/usr/bin/env bash
# Guess:    Glance tells of every image that was sent by image.send, with INFO, or with ERROR where fewer bytes went than the image
#           has, as when the client hangs up: there bytes_sent is for. It is the same whether the bytes come from the store or from
#           Glance's own cache of images, and disabled_notifications = image.send ends it.
# Really:   of a download from the store that breaks off nobody is told: the notification stands behind the last chunk, and the
#           generator is closed before. The same download out of the cache is told of with ERROR and the bytes that went. So which
#           broken downloads are known depends on who asked for the image before. Only those of the cache have destination_ip, which
#           the guide lists; and image.send of the cache is sent though it is disabled.
# Versions: glance 33.0.0, oslo.messaging 18.3.1, webob 1.8.11, Python 3.11
# Source:   run here with a store of two chunks, each response closed as WSGI wants it; glance/notifier.py,
#           ImageProxy._get_chunk_data_iterator; glance/api/common.py, size_checked_iter (close) and image_send_notification, which
#           the cache's middleware uses; Glance's guide, "Notifications", image.send; PEP 3333 (close is called, whole or not).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile glance==33.0.0 oslo.messaging==18.3.1 webob==1.8.11

cat >downloading.py <<'PYTHON'
import contextlib
import types

import oslo_messaging
import webob
from glance import context, notifier
from glance.api import common
from oslo_config import cfg
from oslo_messaging.notify import _impl_test

CONF = cfg.CONF
CONF([], project="glance", default_config_files=[])
transport = oslo_messaging.get_notification_transport(CONF, "fake://")
notifier.get_transport = lambda: transport
CONF.set_override("driver", ["test"], "oslo_messaging_notifications")

told, caller = notifier.Notifier(), context.RequestContext(user_id="u", project_id="p")
request = webob.Request.blank("/v2/images/a/file", remote_addr="192.0.2.7")
request.context = caller


def chunks(**_):
    return iter([b"abc", b"def"])


def from_store():
    image = object.__new__(notifier.ImageProxy)
    image.repo = types.SimpleNamespace(image_id="a", owner="o", size=6, get_data=chunks)
    image.context, image.notifier = caller, told
    return image.get_data()


def from_cache():
    metadata = {"id": "a", "owner": "o", "size": 6}
    return common.size_checked_iter(webob.Response(request=request), metadata, 6, chunks(), told)


for disabled in ([], ["image.send"]):
    CONF.set_override("disabled_notifications", disabled)
    for source in (from_store, from_cache):
        for what, count in (("whole", 2), ("broken off", 1)):
            with contextlib.closing(source()) as body:
                for _ in range(count):
                    next(body)
                if count == 2:
                    assert next(body, None) is None
            sent = [
                (priority, message["payload"]["bytes_sent"], message["payload"].get("destination_ip"))
                for _, message, priority, _ in _impl_test.NOTIFICATIONS
            ]
            _impl_test.NOTIFICATIONS.clear()
            print(f"{'disabled, ' if disabled else ''}{source.__name__}, {what}: {sent}")
PYTHON
seen=$(venv/bin/python -W ignore downloading.py 2>stderr)
echo "$seen"
expected="from_store, whole: [('INFO', 6, None)]
from_store, broken off: []
from_cache, whole: [('INFO', 6, '192.0.2.7')]
from_cache, broken off: [('ERROR', 3, '192.0.2.7')]
disabled, from_store, whole: []
disabled, from_store, broken off: []
disabled, from_cache, whole: [('INFO', 6, '192.0.2.7')]
disabled, from_cache, broken off: [('ERROR', 3, '192.0.2.7')]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
