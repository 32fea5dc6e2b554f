#!/usr/bin/env bash
# Guess:    what one producer publishes over kombu's transport "filesystem", message by message, one consumer gets in that order,
#           as from RabbitMQ and from kombu's memory: a queue is a queue, and the file of each message begins with the time.
# Really:   the time is one of whole milliseconds, and behind it comes a random id by which the names are sorted: what was
#           published within the same millisecond comes in any order. Of five hundred small messages hardly any stay where they
#           were; an image.delete overtakes its image.create. None is lost. Where two milliseconds lie between two messages they
#           keep their order.
# Versions: kombu 5.7.0, Python 3.11
# Source:   run here; kombu/transport/filesystem.py, Channel._put (int(round(monotonic() * 1000)), then uuid.uuid4()) and _get
#           (sorted names); the module's documentation says nothing of an order.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check kombu==5.7.0

cat >order.py <<'PYTHON'
import pathlib
import time

import kombu

SENT = list(range(500))


def received(name, url, pause, **options):
    with kombu.Connection(url, transport_options=options) as connection:
        queue = kombu.Queue(name, kombu.Exchange(name, "topic"), "#", channel=connection.channel())
        queue.declare()
        producer = kombu.Producer(queue.channel, queue.exchange)
        for number in SENT:
            producer.publish(number, routing_key="notifications.info")
            time.sleep(pause)
        got = []
        while (message := queue.get(no_ack=True)) is not None:
            got.append(message.payload)
        return got


for name, url, pause in (("memory", "memory://", 0), ("files", "filesystem://", 0), ("files-slowly", "filesystem://", 0.003)):
    folder = pathlib.Path(name)
    (folder / "control").mkdir(parents=True)
    folders = {"data_folder_in": name, "data_folder_out": name, "control_folder": str(folder / "control")}
    got = received(name, url, pause, **({} if name == "memory" else folders))
    print(f"{name}: {'all' if sorted(got) == SENT else 'not all'}, {'in order' if got == SENT else 'in another order'}")
PYTHON
seen=$(venv/bin/python order.py)
echo "$seen"
expected="memory: all, in order
files: all, in another order
files-slowly: all, in order"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
