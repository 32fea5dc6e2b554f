#!/usr/bin/env bash
# Guess:    with oslo.log's publish_errors each error that a service logs is notified of as it stands in the log, "image a1 of 7
#           bytes is lost"; and oslo.messaging's LoggingNotificationHandler can be set up as its documentation shows it.
# Really:   what is sent is the message before its values are put in, "image %s of %d bytes is lost": which image, nobody is told.
#           Of an exception that is logged itself its repr is sent; of a traceback, the logger, the request and the user nothing, and
#           all errors of all services have one publisher, error.publisher. LoggingNotificationHandler does put the values in, but
#           the documentation's args=('rabbit:///') is a text, whose letters are taken for ten arguments; a message of a level of
#           one's own is dropped, as are the fields of extra=…, and of a traceback "<traceback object" is sent, not a line of it.
# Versions: oslo.messaging 18.3.1, oslo.log 8.3.2, kombu 5.7.0, Python 3.11
# Source:   run here with kombu's memory transport; oslo_messaging/notify/log_handler.py (error=record.msg, not getMessage());
#           oslo_messaging/notify/logger.py and its docstring; oslo.log's option publish_errors; Python's documentation of
#           logging.config (args is evaluated, and unpacked).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 oslo.log==8.3.2 kombu==5.7.0

cat >errors.py <<'PYTHON'
import configparser
import logging
import logging.config
import threading

import oslo_messaging
from oslo_config import cfg
from oslo_log import log

CONF = cfg.CONF
URL = "kombu+memory://host"
EXAMPLE = """
[loggers]
keys=root
[handlers]
keys=notifier
[formatters]
keys=
[logger_root]
handlers=notifier
[handler_notifier]
class=oslo_messaging.LoggingNotificationHandler
level=ERROR
args=('rabbit:///')
"""


class Endpoint:
    def error(self, context, publisher_id, event_type, payload, metadata):
        heard.append((publisher_id, event_type, payload))
        if len(heard) == 5:
            done.set()


log.register_options(CONF)
CONF([])
transport = oslo_messaging.get_notification_transport(CONF, URL)
CONF.set_override("transport_url", URL)
CONF.set_override("driver", ["messagingv2"], group="oslo_messaging_notifications")
CONF.set_override("publish_errors", True)
CONF.set_override("log_file", "service.log")
CONF.set_override("logging_default_format_string", "%(message)s")
CONF.set_override("logging_exception_prefix", "")
heard, done = [], threading.Event()
targets = [oslo_messaging.Target(topic="notifications")]
listener = oslo_messaging.get_notification_listener(transport, targets, [Endpoint()], executor="threading")
listener.start()

log.setup(CONF, "glance")
service = logging.getLogger("glance")
service.error("image %s of %d bytes is lost", "a1", 7)
try:
    raise ValueError("disk is full")
except ValueError as error:
    service.error(error)
    service.exception("image %s is lost", "a1")

logging.addLevelName(45, "SEVERE")
plain = logging.getLogger("plain")
plain.propagate = False
plain.addHandler(oslo_messaging.LoggingNotificationHandler(URL, "image.host", "messagingv2", "notifications"))
plain.log(45, "of a level of its own")
plain.error("image %s is lost", "a1", extra={"image_id": "a1"})
try:
    raise ValueError("disk is full")
except ValueError:
    plain.exception("image %s is lost", "a1")

print("in time:", done.wait(20))
listener.stop()
listener.wait()
for publisher_id, event_type, payload in sorted(heard, key=lambda each: each[0]):
    kept = {name: payload[name] for name in ("error", "msg", "extra", "image_id", "exc_info") if name in payload}
    if kept.get("exc_info"):
        kept["exc_info"][2] = kept["exc_info"][2].partition(" at ")[0]
    print(publisher_id, event_type, kept)
print("in the log:", open("service.log").readline().rstrip())

parser = configparser.RawConfigParser()
parser.read_string(EXAMPLE)
try:
    logging.config.fileConfig(parser)
except TypeError as error:
    print("the example:", str(error).partition(".")[2])
PYTHON
seen=$(venv/bin/python -W ignore errors.py 2>stderr)
echo "$seen"
expected="in time: True
error.publisher error_notification {'error': 'image %s of %d bytes is lost'}
error.publisher error_notification {'error': \"ValueError('disk is full')\"}
error.publisher error_notification {'error': 'image %s is lost'}
image.host logrecord {'msg': 'image a1 is lost', 'extra': None, 'exc_info': None}
image.host logrecord {'msg': 'image a1 is lost', 'extra': None, 'exc_info': [\"<class 'ValueError'>\", \"ValueError('disk is full')\", '<traceback object']}
in the log: image a1 of 7 bytes is lost
the example: __init__() takes from 2 to 6 positional arguments but 11 were given"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
