#!/usr/bin/env bash
# Guess:    JSON that protobuf writes of a message is read by betterproto, whose from_dict and from_json are for protobuf's JSON.
# Really:   a field whose name has a digit behind an underscore is lost: protobuf writes size_2 as "size2" and vpc_6id as
#           "vpc6id", betterproto looks for size_2, and passes over names that it does not know, so the field has its default, 0.
#           It writes size_2 itself, which protobuf reads.
# Versions: betterproto 1.2.5, protobuf 7.36.2, Python 3.11
# Source:   run here; protobuf's documentation, "ProtoJSON Format" (names are lowerCamelCase); betterproto/casing.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check betterproto==1.2.5 protobuf==7.36.2

cat >digits.py <<'PYTHON'
import json
from dataclasses import dataclass

import betterproto
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

NAMES = ("image_id", "size_2", "ipv4_address", "disk_1_size")

file = descriptor_pb2.FileDescriptorProto(name="image.proto", package="image", syntax="proto3")
message = file.message_type.add(name="Image")
for number, name in enumerate(NAMES, 1):
    message.field.add(name=name, number=number, type="TYPE_INT32", label="LABEL_OPTIONAL")
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
Official = message_factory.GetMessageClass(pool.FindMessageTypeByName("image.Image"))


@dataclass
class Image(betterproto.Message):
    image_id: int = betterproto.int32_field(1)
    size_2: int = betterproto.int32_field(2)
    ipv4_address: int = betterproto.int32_field(3)
    disk_1_size: int = betterproto.int32_field(4)


values = {name: number for number, name in enumerate(NAMES, 1)}
written = json_format.MessageToDict(Official(**values))
print("protobuf writes   ", json.dumps(written))
read = Image().from_dict(written)
print("betterproto reads ", json.dumps({name: getattr(read, name) for name in NAMES}))
again = Image().parse(Official(**values).SerializeToString())
print("of the same bytes ", json.dumps({name: getattr(again, name) for name in NAMES}))
print("and writes        ", json.dumps(again.to_dict()))
PYTHON
seen=$(venv/bin/python digits.py)
echo "$seen"
expected="protobuf writes    {\"imageId\": 1, \"size2\": 2, \"ipv4Address\": 3, \"disk1Size\": 4}
betterproto reads  {\"image_id\": 1, \"size_2\": 0, \"ipv4_address\": 3, \"disk_1_size\": 0}
of the same bytes  {\"image_id\": 1, \"size_2\": 2, \"ipv4_address\": 3, \"disk_1_size\": 4}
and writes         {\"imageId\": 1, \"size_2\": 2, \"ipv4Address\": 3, \"disk_1Size\": 4}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
