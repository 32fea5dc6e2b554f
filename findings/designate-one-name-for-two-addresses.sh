#!/usr/bin/env bash
# Guess:    Designate's sink, told in formatv6 to build a server's name of the parts of its IPv6 address, as formatv4 does with the
#           four of IPv4, gives every address of Nova's notifications a name of its own; octet3 is the fourth group.
# Really:   the address is split as it is written, so "::" counts for nothing: 2001:db8::1:2 and 2001:db8:1::2 have the same four
#           octets, and both AAAA records go to one name. Which group octet3 is depends on where the zeros are, and where they are
#           many there is no octet3: that notification of a new server ends in a KeyError, and with no record. The same address
#           written in full has eight.
# Versions: designate 23.0.0, oslo.config 10.7.0, Python 3.11
# Source:   run here with the handler of nova_fixed, without Designate's central; designate/notification_handler/base.py,
#           BaseAddressHandler._get_ip_data; RFC 4291, 2.2 ("::" stands for groups of zeros).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile oslo.config==10.7.0 oslo.log==8.3.2 oslo.concurrency==7.6.1 oslo.messaging==18.3.1 oslo.db==18.1.1 keystoneauth1==5.18.0 pbr==7.1.3
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps designate==23.0.0

cat >naming.py <<'PYTHON'
import sys
from unittest import mock


class Plugin:
    name = "handler:nova_fixed"

    def __init__(self):
        pass

    get_plugin_name = get_plugin_type = mock.Mock()


for name in ("central", "central.rpcapi", "context", "plugin"):
    sys.modules[f"designate.{name}"] = mock.Mock(ExtensionPlugin=Plugin)
import designate.conf  # noqa: E402
from designate.notification_handler.nova import NovaFixedHandler  # noqa: E402

OCTETS = "-".join(f"%(octet{number})s" for number in range(4))
for option, value in {"zone_id": "z1", "formatv4": [f"{OCTETS}.%(zone)s"], "formatv6": [f"{OCTETS}.%(zone)s"]}.items():
    designate.conf.CONF.set_override(option, value, Plugin.name)
handler = NovaFixedHandler()
handler.central_api.get_zone.return_value = {"id": "z1", "name": "example.org."}
for address in ("192.0.2.7", "2001:db8::1:2", "2001:db8:1::2", "2001:db8:1:0:0:0:0:2", "2001:db8::2"):
    fixed_ip = {"address": address, "version": 6 if ":" in address else 4, "label": "net"}
    payload = {"fixed_ips": [fixed_ip], "instance_id": "s1"}
    try:
        handler.process_notification({}, "compute.instance.create.end", payload)
        print(address, handler.central_api.create_managed_records.call_args.kwargs["recordset_values"]["name"])
    except KeyError as error:
        print(address, "KeyError", error)
PYTHON
seen=$(venv/bin/python -W ignore naming.py 2>stderr)
echo "$seen"
expected="192.0.2.7 192-0-2-7.example.org.
2001:db8::1:2 2001-db8-1-2.example.org.
2001:db8:1::2 2001-db8-1-2.example.org.
2001:db8:1:0:0:0:0:2 2001-db8-1-0.example.org.
2001:db8::2 KeyError 'octet3'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
