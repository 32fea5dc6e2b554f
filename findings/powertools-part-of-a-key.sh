#!/usr/bin/env bash
# Guess:    an event that lacks a part of its idempotency key, where the decorator of AWS Lambda Powertools says
#           event_key_jmespath="[image_id, status]", is handled, for nobody can say that it is a repetition, or refused: there is
#           raise_on_no_idempotency_key for that.
# Really:   null stands for what is missing, so events of different images, whose producer writes imageId, are one event: the
#           first is handled, and every other one gets its answer without being handled, with raise_on_no_idempotency_key too.
#           Only where every part is missing is it handled, with a warning, or refused. The same is true of a list, "items[].id":
#           what has no id is left out of the key.
# Versions: aws-lambda-powertools 3.37.0, jmespath 1.1.0, Python 3.11
# Source:   run here with records that are kept in memory; aws_lambda_powertools/utilities/idempotency/persistence/base.py,
#           is_missing_idempotency_key (all values are None).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile 'aws-lambda-powertools==3.37.0' boto3==1.44.8 jmespath==1.1.0

cat >handling.py <<'PYTHON'
import warnings

from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer, IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency import exceptions

warnings.simplefilter("ignore")
EVENTS = [
    {"imageId": "a", "status": "active", "items": [{"id": 1}, {"nr": 2}]},
    {"imageId": "b", "status": "active", "items": [{"nr": 9}, {"id": 1}]},
]


class Memory(BasePersistenceLayer):
    def __init__(self):
        self.records = {}
        super().__init__()

    def _get_record(self, idempotency_key):
        return self.records[idempotency_key]

    def _put_record(self, data_record):
        key = data_record.idempotency_key
        if key in self.records:
            raise exceptions.IdempotencyItemAlreadyExistsError(old_data_record=self.records[key])
        self.records[key] = data_record

    def _update_record(self, data_record):
        self.records[data_record.idempotency_key] = data_record

    def _delete_record(self, data_record):
        del self.records[data_record.idempotency_key]


for path in ("[imageId, status]", "[image_id, status]", "items[].id", "image_id", "[image_id, state]"):
    for raises in (False, True):
        handled = []
        config = IdempotencyConfig(event_key_jmespath=path, raise_on_no_idempotency_key=raises)

        @idempotent_function(data_keyword_argument="event", persistence_store=Memory(), config=config)
        def handle(event):
            handled.append(event["imageId"])
            return f"answer of {event['imageId']}"

        try:
            answers = [handle(event=event) for event in EVENTS]
        except exceptions.IdempotencyKeyError as error:
            answers = type(error).__name__
        print(f"{path}, raise_on_no_idempotency_key={raises}: handled {handled}, answered {answers}")
PYTHON
seen=$(venv/bin/python handling.py)
echo "$seen"
expected="[imageId, status], raise_on_no_idempotency_key=False: handled ['a', 'b'], answered ['answer of a', 'answer of b']
[imageId, status], raise_on_no_idempotency_key=True: handled ['a', 'b'], answered ['answer of a', 'answer of b']
[image_id, status], raise_on_no_idempotency_key=False: handled ['a'], answered ['answer of a', 'answer of a']
[image_id, status], raise_on_no_idempotency_key=True: handled ['a'], answered ['answer of a', 'answer of a']
items[].id, raise_on_no_idempotency_key=False: handled ['a'], answered ['answer of a', 'answer of a']
items[].id, raise_on_no_idempotency_key=True: handled ['a'], answered ['answer of a', 'answer of a']
image_id, raise_on_no_idempotency_key=False: handled ['a', 'b'], answered ['answer of a', 'answer of b']
image_id, raise_on_no_idempotency_key=True: handled [], answered IdempotencyKeyError
[image_id, state], raise_on_no_idempotency_key=False: handled ['a', 'b'], answered ['answer of a', 'answer of b']
[image_id, state], raise_on_no_idempotency_key=True: handled [], answered IdempotencyKeyError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
