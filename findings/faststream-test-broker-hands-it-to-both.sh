#!/usr/bin/env bash
# Guess:    in a test with FastStream's TestRabbitBroker and TestRedisBroker consumers get what RabbitMQ and Redis would hand them:
#           of two that share a queue, or a list, each message goes to one, as with the groups of TestKafkaBroker; "#" in a binding
#           stands for no word, one or several; and a pattern of Redis has its "?" and its "[…]".
# Really:   both consumers get each message, so a test sees every event dealt with twice, or is green for one who counts on seeing
#           all of them. "#" stands for one word or several unless it is the only word: image.# gets image.create and not image. It
#           takes the first word that fits, so #.create does not get image.create.re.create; *.# gets nothing of one word; and "?"
#           and "[…]" match nothing. A stream of Redis with a group goes to one.
# Versions: faststream 0.7.8, aio-pika 10.2.1, aiokafka 0.14.0, redis 8.1.0, Python 3.11
# Source:   run here; faststream/rabbit/testing.py, FakeProducer.publish (each subscriber that suits) and apply_pattern;
#           faststream/redis/testing.py, ListVisitor and ChannelVisitor (of what is escaped only "*" is opened again); AMQP 0-9-1,
#           3.1.3.3 ("#" matches zero or more words); Redis' documentation of PSUBSCRIBE ("h?llo", "h[ae]llo").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  faststream==0.7.8 aio-pika==10.2.1 aiokafka==0.14.0 redis==8.1.0

cat >consumers.py <<'PYTHON'
import asyncio

from faststream.kafka import KafkaBroker, TestKafkaBroker
from faststream.rabbit import ExchangeType, RabbitBroker, RabbitExchange, RabbitQueue, TestRabbitBroker
from faststream.redis import PubSub, RedisBroker, StreamSub, TestRedisBroker

GLANCE = RabbitExchange("glance", type=ExchangeType.TOPIC)
QUEUE = RabbitQueue("errors", routing_key="image.*")
KEYS = ("image", "image.create", "image.member.create", "image.create.re.create")


def consumer(broker, got, *args, **kwargs):
    @broker.subscriber(*args, **kwargs)
    async def handle(body: str) -> None:
        got.append(body)


async def shared():
    for name, broker, test, at, of in (
        ("RabbitMQ, a queue", RabbitBroker(), TestRabbitBroker, {"queue": QUEUE, "exchange": GLANCE}, {"exchange": GLANCE, "routing_key": "image.create"}),
        ("Redis, a list", RedisBroker(), TestRedisBroker, {"list": "events"}, {"list": "events"}),
        ("Redis, a stream with a group", RedisBroker(), TestRedisBroker, {"stream": "events"}, {"stream": "events"}),
        ("Kafka, a group", KafkaBroker(), TestKafkaBroker, {"group_id": "group"}, {"topic": "events"}),
    ):
        counts = [[], []]
        for number, got in enumerate(counts):
            if "stream" in at:
                consumer(broker, got, stream=StreamSub("events", group="group", consumer=str(number)))
            else:
                consumer(broker, got, *(["events"] if "topic" in of else []), **at)
        async with test(broker):
            for number in range(4):
                await broker.publish(str(number), **of)
        print(f"{name}: of 4 messages one consumer gets {len(counts[0])}, the other {len(counts[1])}, together {sum(map(len, counts))}")


async def patterns():
    rabbit, redis, got = RabbitBroker(), RedisBroker(), {}
    for key in ("image.#", "#.create", "*.#", "#"):
        consumer(rabbit, got.setdefault(key, []), RabbitQueue(key, routing_key=key), GLANCE)
    async with TestRabbitBroker(rabbit):
        for key in KEYS:
            await rabbit.publish(key, exchange=GLANCE, routing_key=key)
    for key in ("image*", "image?create", "image.[cm]*"):
        consumer(redis, got.setdefault(key, []), channel=PubSub(key, pattern=True))
    async with TestRedisBroker(redis):
        for key in KEYS:
            await redis.publish(key, channel=key)
    for key, heard in got.items():
        print(f"{key} gets {' '.join(heard) or 'nothing'}")


asyncio.run(shared())
asyncio.run(patterns())
PYTHON
seen=$(venv/bin/python consumers.py 2>log)
echo "$seen"
expected='RabbitMQ, a queue: of 4 messages one consumer gets 4, the other 4, together 8
Redis, a list: of 4 messages one consumer gets 4, the other 4, together 8
Redis, a stream with a group: of 4 messages one consumer gets 0, the other 4, together 4
Kafka, a group: of 4 messages one consumer gets 0, the other 4, together 4
image.# gets image.create image.member.create image.create.re.create
#.create gets image.create image.member.create
*.# gets image.create image.member.create image.create.re.create
# gets image image.create image.member.create image.create.re.create
image* gets image image.create image.member.create image.create.re.create
image?create gets nothing
image.[cm]* gets nothing'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
