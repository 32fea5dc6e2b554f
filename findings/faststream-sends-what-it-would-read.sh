#!/usr/bin/env bash
# Guess:    the AsyncAPI document that FastStream writes of a service says of a publisher's message what is sent.
# Really:   it says what a reader of the same class would accept (pydantic's schema for validation), under the action "send":
#           a Decimal may be a number, though it is always sent as a text; a field with a default need not be there, though it
#           always is; a computed field is not there at all; a field that is sent under another name stands under the
#           one by which it is read. A contract made of it passes messages that this service never sends,
#           and a consumer generated from it lacks what it does send.
# Versions: faststream 0.7.8, pydantic 2.14.4, Python 3.11
# Source:   run here with FastStream's test broker; pydantic's documentation, "JSON Schema", mode.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  faststream[rabbit]==0.7.8 pydantic==2.14.4 fast-depends==3.0.9

cat >sends.py <<'PYTHON'
import asyncio
import json
from decimal import Decimal

from faststream.rabbit import RabbitBroker, TestRabbitBroker
from faststream.specification import AsyncAPI
from pydantic import BaseModel, Field, computed_field

broker = RabbitBroker()


class Volume(BaseModel):
    price: Decimal
    state: str = "new"
    kind: str = Field(default="ssd", serialization_alias="volume_type")

    @computed_field
    @property
    def label(self) -> str:
        return f"{self.kind} {self.state}"


publisher = broker.publisher("volume.create", schema=Volume)
bodies = []


@broker.subscriber("volume.create")
async def watch(message: dict) -> None:
    bodies.append(message)


async def send():
    async with TestRabbitBroker(broker):
        await publisher.publish(Volume(price=Decimal("1.50")))


document = json.loads(AsyncAPI(broker, schema_version="3.0.0").to_specification().to_json())
stated = document["components"]["schemas"]["Volume"]
(action,) = (each["action"] for name, each in document["operations"].items() if "Publisher" in name)
asyncio.run(send())
print("action", action)
types = {name: each.get("type") or [one["type"] for one in each["anyOf"]] for name, each in stated["properties"].items()}
print("stated", json.dumps(types))
print("required", stated["required"])
print("sent  ", json.dumps(bodies[0]))
PYTHON
seen=$(venv/bin/python sends.py 2>stderr)
echo "$seen"
expected="action send
stated {\"price\": [\"number\", \"string\"], \"state\": \"string\", \"kind\": \"string\"}
required ['price']
sent   {\"price\": \"1.50\", \"state\": \"new\", \"volume_type\": \"ssd\", \"label\": \"ssd new\"}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
