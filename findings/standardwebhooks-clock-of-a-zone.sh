#!/usr/bin/env bash
# Guess:    Webhook.sign of standardwebhooks, and of svix, signs the moment that it is given, in whatever zone: what a sender
#           signed with an aware datetime of its own zone a consumer verifies.
# Really:   the offset is left out and the clock is read as UTC. 10:00+02:00 is signed as 10:00 UTC, while webhook-timestamp, made
#           of the same datetime by int(sent.timestamp()), says 08:00: no consumer finds the signature, as for datetime.now()
#           where the machine is not in UTC. With a UTC datetime all is well, so a test on a server in UTC sees nothing.
# Versions: standardwebhooks 1.1.0, svix 2.9.1, Python 3.11
# Source:   run here; the specification of Standard Webhooks, "Signature scheme" (the timestamp that is signed is the header's, an
#           integer of seconds since 1970); standardwebhooks/webhooks.py, sign; svix/webhooks.py, sign.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check standardwebhooks==1.1.0 svix==2.9.1

cat >signing.py <<'PYTHON'
import base64
from datetime import UTC, datetime, timedelta, timezone

import standardwebhooks
import svix.webhooks

KEY = base64.b64encode(b"a key that nobody uses").decode()
BODY = '{"event_type": "image.create"}'
now = datetime.now(UTC)
for library, prefix in ((standardwebhooks, "webhook"), (svix.webhooks, "svix")):
    webhook = library.Webhook(KEY)
    for zone in (UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-8))):
        sent = now.astimezone(zone)
        headers = {f"{prefix}-id": "msg_1", f"{prefix}-timestamp": str(int(sent.timestamp()))}
        headers[f"{prefix}-signature"] = webhook.sign("msg_1", sent, BODY)
        try:
            verified = webhook.verify(BODY, headers)
        except library.WebhookVerificationError as error:
            verified = error
        print(f"{prefix}, signed by the clock of {zone}: {verified}")
PYTHON
seen=$(venv/bin/python signing.py)
echo "$seen"
expected="webhook, signed by the clock of UTC: {'event_type': 'image.create'}
webhook, signed by the clock of UTC+02:00: No matching signature found
webhook, signed by the clock of UTC-08:00: No matching signature found
svix, signed by the clock of UTC: None
svix, signed by the clock of UTC+02:00: No matching signature found
svix, signed by the clock of UTC-08:00: No matching signature found"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
