#!/usr/bin/env bash
# Guess:    in transport_url=rabbit://user:secret@h1,h2/vhost the user is the user of both hosts; and the virtual host is the
#           path, percent-decoded once.
# Really:   at h2 oslo.messaging logs in as guest with the password guest, after one warning in the log; and the virtual host is
#           decoded a second time: /v%2541 is the virtual host "v%41" of its TransportURL, but it connects to "vA"; of /%3Fq, the
#           virtual host "?q", it connects to "/".
# Versions: oslo.messaging 18.3.1, kombu 5.7.0, amqp 5.4.2, Python 3.11
# Source:   run here; oslo.messaging's documentation of TransportURL says "username and password will be omitted".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 kombu==5.7.0 amqp==5.4.2

cat >reads.py <<'PYTHON'
import sys

import kombu
from oslo_config import cfg
from oslo_messaging import TransportURL
from oslo_messaging._drivers.impl_rabbit import Connection

cfg.CONF([], default_config_files=[], default_config_dirs=[])
read = TransportURL.parse(cfg.CONF, sys.argv[1])
driver = Connection.__new__(Connection)  # what its constructor does with a URL, without connecting
for host in read.hosts:
    to = kombu.Connection(driver._transform_transport_url(read, host))
    defaults = to.transport.default_connection_params  # which fill what is empty when it connects
    user, password = (getattr(to, name) or defaults[name] for name in ("userid", "password"))
    print(host.hostname, user, password, read.virtual_host, to.virtual_host)
PYTHON
said() { venv/bin/python -W ignore reads.py "$1" 2>/dev/null; }
hosts=$(said 'rabbit://user:secret@h1,h2/vhost')
twice=$(said 'rabbit://user:secret@h1/v%2541')
lost=$(said 'rabbit://user:secret@h1/%3Fq')
printf '%s\n' "$hosts" "$twice" "$lost"
[[ $hosts == $'h1 user secret vhost vhost\nh2 guest guest vhost vhost' ]] || { echo "changed: the second host"; exit 1; }
[[ $twice == "h1 user secret v%41 vA" ]] || { echo "changed: decoded once"; exit 1; }
[[ $lost == "h1 user secret ?q /" ]] || { echo "changed: a question mark"; exit 1; }
