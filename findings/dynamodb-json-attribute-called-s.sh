#!/usr/bin/env bash
# Guess:    dynamodb-json reads the images of an event of DynamoDB Streams, in which each value stands beside the letters of its
#           type, {"size": {"S": "large"}}, as boto3's own TypeDeserializer does: names of attributes are names, whatever they are.
# Really:   each object that has a member called S, B, M, L, SS or BOOL is taken for a typed value, at every depth, so a map with an
#           attribute of such a name is thrown away for one of its values: of the stock of a shirt in the sizes S, M and L the
#           text "3" is left, and of the grades A, B and C a text as well. A text that looks like a time with six digits is a
#           datetime; the numbers of a set are texts; a number with a fraction is a float, its last digits lost. Nothing is said.
# Versions: dynamodb-json 1.4.2, boto3 1.44.8, Python 3.11
# Source:   run here, held against boto3; DynamoDB's API reference, "AttributeValue"; dynamodb_json/json_util.py, object_hook, which
#           json calls for each object without telling where it stands.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dynamodb-json==1.4.2 boto3==1.44.8 simplejson==4.3.0

cat >images.py <<'PYTHON'
from boto3.dynamodb.types import TypeDeserializer
from dynamodb_json import json_util

NEW_IMAGE = {
    "name": {"S": "shirt"},
    "stock": {"M": {"S": {"N": "3"}, "M": {"N": "0"}, "L": {"N": "12"}}},
    "grades": {"M": {"A": {"N": "1"}, "B": {"N": "4"}, "C": {"N": "2"}}},
    "votes": {"M": {"yes": {"N": "3"}, "no": {"N": "4"}}},
    "version": {"S": "2026-11-30T08:00:00.000000"},
    "sizes": {"NS": ["38", "40"]},
    "price": {"N": "12345678901234567.89"},
}
read = json_util.loads({"NewImage": NEW_IMAGE})["NewImage"]
for name, value in NEW_IMAGE.items():
    by_boto3 = TypeDeserializer().deserialize(value)
    show = [sorted(each) if isinstance(each, set) else each for each in (by_boto3, read[name])]
    print(f"{name}: boto3 {show[0]!r}, dynamodb-json {show[1]!r}")
PYTHON
seen=$(venv/bin/python images.py)
echo "$seen"
expected="name: boto3 'shirt', dynamodb-json 'shirt'
stock: boto3 {'S': Decimal('3'), 'M': Decimal('0'), 'L': Decimal('12')}, dynamodb-json '3'
grades: boto3 {'A': Decimal('1'), 'B': Decimal('4'), 'C': Decimal('2')}, dynamodb-json '4'
votes: boto3 {'yes': Decimal('3'), 'no': Decimal('4')}, dynamodb-json {'yes': 3, 'no': 4}
version: boto3 '2026-11-30T08:00:00.000000', dynamodb-json datetime.datetime(2026, 11, 30, 8, 0)
sizes: boto3 [Decimal('38'), Decimal('40')], dynamodb-json ['38', '40']
price: boto3 Decimal('12345678901234567.89'), dynamodb-json 1.2345678901234568e+16"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
