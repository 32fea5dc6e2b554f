#!/usr/bin/env bash
# Guess:    what quixstreams' JSONSerializer(schema=…) has validated and sends keeps the schema, so its JSONDeserializer with the
#           same schema, at the consumer, reads it; and what cannot be sent is refused.
# Really:   the value is validated before it is written, and orjson, which writes it, makes null of what JSON has no number for:
#           NaN and infinity are numbers to the schema, null is none, so the message is sent and each consumer that has the
#           schema raises. An integer of more than 64 bits is refused when it is written, and read as a float, its last digits
#           lost, where another library wrote it.
# Versions: quixstreams 3.28.1, orjson 3.13.0, jsonschema 4.26.0, Python 3.11
# Source:   run here without a broker; RFC 8259, 6; quixstreams/models/serializers/json.py, JSONSerializer; orjson's README (NaN
#           and infinity are null).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check quixstreams==3.28.1 orjson==3.13.0 jsonschema==4.26.0

cat >serialize.py <<'PYTHON'
import warnings

warnings.simplefilter("ignore")
from quixstreams.models.serializers import JSONDeserializer, JSONSerializer, SerializationContext

CONTEXT = SerializationContext(topic="images", field="value")


def told(step, value):
    try:
        return step(value, CONTEXT)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"


for kind, value in (("number", float("nan")), ("number", float("inf")), ("integer", 2**70), ("number", 0.1)):
    schema = {"type": "object", "properties": {"load": {"type": kind}}}
    sent = told(JSONSerializer(schema=schema), {"load": value})
    read = told(JSONDeserializer(schema=schema), sent) if isinstance(sent, bytes) else "-"
    print(f"{value}: {sent}, read: {read}")
print("written elsewhere, 2**70:", told(JSONDeserializer(schema={}), b'{"load": 1180591620717411303424}'))
PYTHON
seen=$(venv/bin/python serialize.py 2>errors.log)
echo "$seen"
expected="nan: b'{\"load\":null}', read: SerializationError: None is not of type 'number'
inf: b'{\"load\":null}', read: SerializationError: None is not of type 'number'
1180591620717411303424: SerializationError: Integer exceeds 64-bit range, read: -
0.1: b'{\"load\":0.1}', read: {'load': 0.1}
written elsewhere, 2**70: {'load': 1.1805916207174113e+21}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
