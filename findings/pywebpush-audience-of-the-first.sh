#!/usr/bin/env bash
# Guess:    a service that tells its subscribers of an event by Web Push, calling pywebpush's webpush() for each of them with the
#           same claims, {"sub": "mailto:…"}, sends each push service a token that is made out to it.
# Really:   the claims that are given are filled in and kept: "aud", the push service's address, is set in the caller's own dict by
#           the first call, and stands there for all others, so a subscriber whose browser has another push service than the first
#           one's is sent a token for that one, where RFC 8292 wants the origin of the service that is called. With subscribers of
#           one browser, as in a test, all is well. So it is with claims that are a constant of a module, for all notifications of
#           the process. "exp" stays too, but is made new when it has passed.
# Versions: pywebpush 2.5.0, py-vapid 1.9.6, Python 3.11
# Source:   run here, with curl=True, which writes the request and does not send it; pywebpush/__init__.py, webpush (vapid_claims
#           ["aud"] = aud; the headers, which are copied, and the comment at "exp"); RFC 8292, 2 (aud).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pywebpush==2.5.0 py-vapid==1.9.6

cat >push.py <<'PYTHON'
import base64
import json
import os
import re

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid
from pywebpush import webpush

key = Vapid()
key.generate_keys()


def unpadded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def subscriber(endpoint):
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return {"endpoint": endpoint, "keys": {"p256dh": unpadded(point), "auth": unpadded(os.urandom(16))}}


def audience(endpoint, claims):
    request = webpush(subscriber(endpoint), "image.create", vapid_private_key=key, vapid_claims=claims, curl=True)
    payload = re.search(r"vapid t=[^.]+\.([^.]+)\.", request)[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=="))["aud"]


services = ("https://push.one.example/v1/abc", "https://push.two.example/v1/abc")
shared = {"sub": "mailto:images@example.org"}
for endpoint in services:
    print(f"{endpoint}: {audience(endpoint, shared)} with the same dict, {audience(endpoint, {'sub': shared['sub']})} with its own")
print("what was given:", sorted(shared))
PYTHON
seen=$(venv/bin/python -W ignore push.py)
echo "$seen"
expected="https://push.one.example/v1/abc: https://push.one.example with the same dict, https://push.one.example with its own
https://push.two.example/v1/abc: https://push.one.example with the same dict, https://push.two.example with its own
what was given: ['aud', 'exp', 'sub']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
