#!/usr/bin/env bash
# Guess:    a topic exchange of kombu's transports that have no broker of AMQP (memory in tests, Redis and others) hands a queue
#           the messages that RabbitMQ would: in a binding `#` stands for no word, one or several.
# Really:   it stands for one or several: image.# gets image.create and not image, #.error not error, and notifications.#.info
#           not notifications.info. A test over memory has a consumer miss what RabbitMQ hands to it, and a service that
#           changes from RabbitMQ to Redis loses it, without an error. `#` alone, and `*` since 5.7, do as RabbitMQ does.
# Versions: kombu 5.7.0, Python 3.11
# Source:   run here; AMQP 0-9-1, 3.1.3.3 ("#" matches zero or more words); kombu/transport/virtual/exchange.py,
#           TopicExchange, whose docstring says one or more; kombu's pull request 2568 mended `*`.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check kombu==5.7.0

cat >topics.py <<'PYTHON'
import kombu

SENT = ("image", "image.create", "image.member.create", "error", "image.error", "notifications.info", "notifications.image.info")
BINDINGS = ("image.#", "#.error", "notifications.#.info", "image.*", "#")
with kombu.Connection("memory://") as connection:
    channel = connection.channel()
    exchange = kombu.Exchange("glance", "topic")
    queues = [kombu.Queue(binding, exchange, binding, channel=channel) for binding in BINDINGS]
    for queue in queues:
        queue.declare()
    producer = kombu.Producer(channel, exchange)
    for routing_key in SENT:
        producer.publish(routing_key, routing_key=routing_key)
    for queue in queues:
        received = []
        while message := queue.get(no_ack=True):
            received.append(message.payload)
        print(f"{queue.name} gets {' '.join(received) if len(received) < len(SENT) else 'all'}")
PYTHON
seen=$(venv/bin/python topics.py)
echo "$seen"
expected="image.# gets image.create image.member.create image.error
#.error gets image.error
notifications.#.info gets notifications.image.info
image.* gets image.create image.error
# gets all"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
