#!/usr/bin/env bash
# Guess:    a broker's URL means the same virtual host to pika, to kombu and to oslo.messaging: behind the first slash,
#           whatever it is.
# Really:   pika ends it at the next slash. `amqp://host//`, the usual form of the host "/" with kombu and oslo.messaging,
#           is the host without a name to pika, and of `amqp://host/a/b` it takes `a`: it logs in to another host, or is
#           refused. Written as %2F all three agree.
# Versions: pika 1.4.4, kombu 5.7.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here; RabbitMQ URI Specification, 2.2 (an unencoded slash is no part of the name); pika/connection.py,
#           URLParameters; kombu/utils/url.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
    pika==1.4.4 kombu==5.7.0 oslo.messaging==18.3.1

cat >hosts.py <<'PYTHON'
import kombu
import oslo_messaging
import pika
from oslo_config import cfg

configuration = cfg.ConfigOpts()
configuration([])
for path in ("//", "/%2F", "/a", "/a/b", "/a%2Fb", "/", ""):
    url = f"amqp://user:secret@broker{path}"
    theirs = oslo_messaging.TransportURL.parse(configuration, url.replace("amqp:", "rabbit:")).virtual_host
    hosts = pika.URLParameters(url).virtual_host, kombu.Connection(url).virtual_host, theirs
    print("{!r}: pika {!r}, kombu {!r}, oslo.messaging {!r}".format(path, *hosts))
PYTHON
seen=$(venv/bin/python hosts.py 2>stderr)
echo "$seen"
expected="'//': pika '', kombu '/', oslo.messaging '/'
'/%2F': pika '/', kombu '/', oslo.messaging '/'
'/a': pika 'a', kombu 'a', oslo.messaging 'a'
'/a/b': pika 'a', kombu 'a/b', oslo.messaging 'a/b'
'/a%2Fb': pika 'a/b', kombu 'a/b', oslo.messaging 'a/b'
'/': pika '/', kombu '/', oslo.messaging ''
'': pika '/', kombu '/', oslo.messaging None"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
