#!/usr/bin/env bash
# Guess:    a time without an offset that is given to an event tracker, Segment's or PostHog's, is taken for UTC, or for the local
#           time, or is refused; whichever, all events of a service are taken alike.
# Really:   it is taken for local time where it is less than five seconds ago, and for UTC where it is longer ago: of the same clock
#           what is told at once and what is told from a queue or after a retry lie a whole offset apart, and stand in another
#           order than they happened in. To Segment's, what lies ahead is local, too; to PostHog's it is UTC.
# Versions: segment-analytics-python 2.4.0, posthog 7.91.1, Python 3.11
# Source:   run here without sending; segment/analytics/utils.py and posthog/utils.py, guess_timezone.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check segment-analytics-python==2.4.0 posthog==7.91.1

cat >trackers.py <<'PYTHON'
import os
import time
from datetime import UTC, datetime, timedelta

from posthog import Posthog
from segment.analytics.client import Client

os.environ["TZ"] = "Asia/Kolkata"
time.tzset()
segment, kept = Client("key", send=False), []
posthog = Posthog("key", host="http://127.0.0.1:9", send=False, before_send=kept.append)


def zone(text, given):
    """As what the time was taken: the offset between the clock that was given and the moment that is sent."""
    moment = datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
    return "UTC" if abs(given - moment) < timedelta(seconds=1) else "local"


for age in (0, 2, 60, 3600, -60):
    clock = datetime.now() - timedelta(seconds=age)
    _, message = segment.track("user", "image.create", timestamp=clock)
    posthog.capture("image.create", distinct_id="user", timestamp=clock)
    sent = kept[-1]["timestamp"]
    print(f"{age} seconds ago: Segment {zone(message['timestamp'], clock)}, PostHog {zone(sent, clock)}")
PYTHON
seen=$(venv/bin/python trackers.py)
echo "$seen"
expected="0 seconds ago: Segment local, PostHog local
2 seconds ago: Segment local, PostHog local
60 seconds ago: Segment UTC, PostHog UTC
3600 seconds ago: Segment UTC, PostHog UTC
-60 seconds ago: Segment local, PostHog UTC"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
