#!/usr/bin/env bash
# Guess:    OpenAPI.unmarshal_request of openapi-core raises for a webhook's event that breaks its schema: that is what the
#           first example of its documentation says, and openapi_core.unmarshal_webhook_request does so.
# Really:   the method raises nothing: the errors are in result.errors, and result.body is None, as it is for an event without a
#           body. What is wrong with a header leaves the body as it is. So a receiver that follows the example goes on with
#           None, or with the event. validate_request of the same object raises; and an empty body passes both, unless the
#           document says requestBody.required, which is false by default.
# Versions: openapi-core 0.23.1, Python 3.11
# Source:   run here; openapi-core's README, "First steps" ("raises an error if the request is invalid"); openapi_core/app.py,
#           unmarshal_webhook_request, and shortcuts.py (result.raise_for_errors()).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check openapi-core==0.23.1

cat >webhooks.py <<'PYTHON'
import json
from types import SimpleNamespace

import openapi_core
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers

SCHEMA = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "size": {"type": "integer"}}}
SEQUENCE = {"name": "Sequence", "in": "header", "schema": {"type": "integer"}}
HOOK = {
    "parameters": [SEQUENCE], "requestBody": {"content": {"application/json": {"schema": SCHEMA}}},
    "responses": {"200": {"description": "taken"}},
}  # fmt: skip
DOCUMENT = {"openapi": "3.1.0", "info": {"title": "images", "version": "1"}, "webhooks": {"image": {"post": HOOK}}}
openapi = OpenAPI.from_dict(DOCUMENT)


def said(way, request):
    try:
        result = way(request)
    except Exception as error:
        return f"raises {type(error).__name__}"
    return f"body {result.body}, {len(result.errors)} errors" if result else "well"


WAYS = {
    "openapi.unmarshal_request": openapi.unmarshal_request, "openapi.validate_request": openapi.validate_request,
    "unmarshal_webhook_request": lambda request: openapi_core.unmarshal_webhook_request(request, spec=openapi.spec),
}  # fmt: skip
for event, sequence in (
    ({"id": "i1"}, "1"),
    ({"size": 7}, "1"),
    ({"id": "i1", "size": "7"}, "1"),
    ({"id": "i1"}, "first"),
    (None, "1"),
):
    parameters = RequestParameters(query={}, header=Headers({"Sequence": sequence}), cookie={})
    request = SimpleNamespace(
        name="image", method="post", content_type="application/json", parameters=parameters,
        body=event and json.dumps(event).encode(),
    )  # fmt: skip
    for name, way in WAYS.items():
        print(f"{event}, Sequence: {sequence}: {name}: {said(way, request)}")
PYTHON
seen=$(venv/bin/python -W ignore webhooks.py)
echo "$seen"
expected="{'id': 'i1'}, Sequence: 1: openapi.unmarshal_request: body {'id': 'i1'}, 0 errors
{'id': 'i1'}, Sequence: 1: openapi.validate_request: well
{'id': 'i1'}, Sequence: 1: unmarshal_webhook_request: body {'id': 'i1'}, 0 errors
{'size': 7}, Sequence: 1: openapi.unmarshal_request: body None, 1 errors
{'size': 7}, Sequence: 1: openapi.validate_request: raises InvalidRequestBody
{'size': 7}, Sequence: 1: unmarshal_webhook_request: raises InvalidRequestBody
{'id': 'i1', 'size': '7'}, Sequence: 1: openapi.unmarshal_request: body None, 1 errors
{'id': 'i1', 'size': '7'}, Sequence: 1: openapi.validate_request: raises InvalidRequestBody
{'id': 'i1', 'size': '7'}, Sequence: 1: unmarshal_webhook_request: raises InvalidRequestBody
{'id': 'i1'}, Sequence: first: openapi.unmarshal_request: body {'id': 'i1'}, 1 errors
{'id': 'i1'}, Sequence: first: openapi.validate_request: raises ParameterValidationError
{'id': 'i1'}, Sequence: first: unmarshal_webhook_request: raises ParameterValidationError
None, Sequence: 1: openapi.unmarshal_request: body None, 0 errors
None, Sequence: 1: openapi.validate_request: well
None, Sequence: 1: unmarshal_webhook_request: body None, 0 errors"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
