#!/usr/bin/env bash
# Guess:    Vitrage with notifiers = snmp sends a trap of each alarm that it deduces to the hosts of its file of consumers, with the
#           pysnmp that pip installs for it: it asks for 7.1.0 or newer.
# Really:   no trap ever leaves it. With pysnmp 7 the address of a target is made by awaiting UdpTransportTarget.create(…); what
#           Vitrage calls, UdpTransportTarget((host, port)), raises, each time, before anything is sent. The error is caught and
#           becomes a traceback in the log, and the other notifiers go on: whoever watches his network by traps sees a cloud without
#           alarms. None of Vitrage's tests goes that far.
# Versions: vitrage 15.0.1, pysnmp 7.1.30, oslo.config 10.7.0, Python 3.11
# Source:   run here, with a socket of this machine for a consumer, and pysnmp itself sending to it; vitrage's metadata
#           (pysnmp>=7.1.0); vitrage/notifier/plugins/snmp/snmp_sender.py, _send_snmp_trap, and snmp_notifier.py, process_event;
#           pysnmp/hlapi/transport.py, AbstractTransportTarget.__init__.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile oslo.config==10.7.0 oslo.log==8.3.2 oslo.utils==10.2.0 PyYAML==6.0.4 pysnmp==7.1.30
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps vitrage==15.0.1 2>pip.log

cat >consumers.yaml <<'YAML'
- host: {name: manager, send_to: 127.0.0.1, port: PORT, community: public}
YAML
cat >oids.yaml <<'YAML'
snmp_tree:
  ROOT:
    oid: '1.3.6.1.4.1.12345'
    next:
      OBJECTS: {oid: '1', with_values: 1, next: {name: {oid: '1'}}}
      ALARMS: {oid: '2', next: {SEVERITY: {oid: '.'}}}
severity_mapping: {CRITICAL: '1'}
YAML
echo "high load: {oid: '7'}" >alarms.yaml

cat >trapping.py <<'PYTHON'
import asyncio
import logging
import socket
from pathlib import Path

from oslo_config import cfg
from pysnmp.hlapi.v3arch.asyncio import CommunityData, ContextData, NotificationType, ObjectIdentity, SnmpEngine
from pysnmp.hlapi.v3arch.asyncio import UdpTransportTarget, send_notification
from vitrage.notifier.plugins import snmp
from vitrage.notifier.plugins.snmp.snmp_notifier import SnmpNotifier

manager = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
manager.bind(("127.0.0.1", 0))
manager.settimeout(2)
consumers = Path("consumers.yaml")
consumers.write_text(consumers.read_text().replace("PORT", str(manager.getsockname()[1])))
CONF = cfg.CONF
CONF([], project="vitrage", default_config_files=[])
CONF.register_opts(snmp.OPTS, group="snmp")
for option, file in (("consumers", consumers), ("oid_tree", "oids.yaml"), ("alarm_oid_mapping", "alarms.yaml")):
    CONF.set_override(option, str(file), "snmp")


class Errors(logging.Handler):
    """Prints what is logged as an error, and of which exception."""

    def emit(self, record):
        print(f"logged: {record.getMessage()} {record.exc_info[1]}")


logging.getLogger("vitrage").addHandler(Errors(logging.ERROR))
logging.getLogger("vitrage").propagate = False


def came():
    try:
        return "a trap" if manager.recv(2000) else "nothing"
    except TimeoutError:
        return "no trap"


async def by_pysnmp():
    target = await UdpTransportTarget.create(manager.getsockname())
    told = NotificationType(ObjectIdentity("1.3.6.1.4.1.12345.2.7.1"))
    await send_notification(SnmpEngine(), CommunityData("public"), target, ContextData(), "trap", told)


asyncio.run(by_pysnmp())
print("by pysnmp:", came())
alarm = {"name": "high load", "vitrage_operational_severity": "CRITICAL", "state": "Active"}
SnmpNotifier().process_event(alarm, "vitrage.deduced_alarm.activate")
print("by vitrage:", came())
PYTHON
seen=$(venv/bin/python -W ignore trapping.py)
echo "$seen"
expected="by pysnmp: a trap
logged: Vitrage SNMP Error: Failed to send SNMP trap. Please call .create() to construct UdpTransportTarget object
by vitrage: no trap"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
