#!/usr/bin/env bash
# Guess:    a decimal that Apache's Avro package writes is the number that it reads again: of a field with two digits behind
#           the point, 1.2 is 1.20, as databases and fastavro have it.
# Really:   the digits are written as they are, whatever their scale, and read with the scale of the field: 1.2 becomes 0.12,
#           100 becomes 1.00, without a word. Only a Decimal that has exactly two digits behind the point survives; one with more
#           is refused. What has more digits than the precision is rounded when it is read. fastavro reads the same bytes so, too.
# Versions: avro 1.12.2, fastavro 1.13.1, Python 3.11
# Source:   run here; Avro 1.12, "Decimal" (the scale is the schema's, the value unscaled * 10^-scale); avro/io.py,
#           write_decimal_bytes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1

cat >decimals.py <<'PYTHON'
import io
import json
from decimal import Decimal

import fastavro
from avro import io as apache
from avro import schema

PRICE = {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}
by_apache, by_fastavro = schema.parse(json.dumps(PRICE)), fastavro.parse_schema(PRICE)
for written in ("1.25", "1.2", "100", "-0.5", "1E+2", "1.234", "12345.67"):
    ours, theirs = io.BytesIO(), io.BytesIO()
    said = []
    try:
        apache.DatumWriter(by_apache).write(Decimal(written), apache.BinaryEncoder(ours))
        ours.seek(0)
        said.append(f"avro {apache.DatumReader(by_apache).read(apache.BinaryDecoder(ours))}")
        ours.seek(0)
        said.append(f"(read by fastavro {fastavro.schemaless_reader(ours, by_fastavro)})")
    except Exception as error:
        said.append(f"avro {type(error).__name__}")
    try:
        fastavro.schemaless_writer(theirs, by_fastavro, Decimal(written))
        theirs.seek(0)
        said.append(f"fastavro {fastavro.schemaless_reader(theirs, by_fastavro)}")
    except ValueError as error:
        said.append(f"fastavro {type(error).__name__}")
    print(written, "->", *said)
PYTHON
seen=$(venv/bin/python decimals.py)
echo "$seen"
expected="1.25 -> avro 1.25 (read by fastavro 1.25) fastavro 1.25
1.2 -> avro 0.12 (read by fastavro 0.12) fastavro 1.20
100 -> avro 1.00 (read by fastavro 1.00) fastavro 100.00
-0.5 -> avro -0.05 (read by fastavro -0.05) fastavro -0.50
1E+2 -> avro 0.01 (read by fastavro 0.01) fastavro 100.00
1.234 -> avro AvroOutOfScaleException fastavro ValueError
12345.67 -> avro 12345.7 (read by fastavro 12345.7) fastavro ValueError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
