#!/usr/bin/env bash
# Guess:    an iCalendar event that ics reads and writes again, in a service that sends calendars on, is at the same times, as it is
#           with icalendar: what repeats at ten in the morning of Berlin does so in winter, too.
# Really:   ics writes each time in UTC, and the rule of repetition, which it does not read, beside it as it was: from the change
#           of the clock on the event is an hour early. A time without a zone, ten o'clock wherever one is, becomes ten o'clock
#           UTC. icalendar keeps both. Before its own CALSCALE, which says GEORGIAN, is taken out, recurring-ical-events does not
#           read what ics wrote at all.
# Versions: ics 0.7.3, icalendar 7.3.2, recurring-ical-events 3.8.2, Python 3.11
# Source:   run here; RFC 5545, 3.3.5 (forms of a time) and 3.8.5.3 (a rule goes by the local time of DTSTART); ics/utils.py,
#           iso_to_arrow, where a comment has floating times as a thing to do.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 \
    recurring-ical-events==3.8.2 tzdata==2026.1

cat >calendar_of_two.py <<'PYTHON'
from datetime import date
from zoneinfo import ZoneInfo

import ics
import icalendar
import recurring_ical_events

HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//events//EN", "BEGIN:VEVENT", "UID:1@example.org"]
REST = ["DTSTAMP:20261001T000000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR", ""]
BERLIN = ZoneInfo("Europe/Berlin")


def of_ics(text):
    return ics.Calendar(text).serialize()


def of_icalendar(text):
    return icalendar.Calendar.from_ical(text).to_ical().decode()


for start in ("DTSTART;TZID=Europe/Berlin:20261020T100000", "DTSTART:20261020T100000"):
    text = "\r\n".join([*HEAD, start, *REST])
    for write in (of_ics, of_icalendar):
        written = write(text)
        (line,) = [line for line in written.splitlines() if line.startswith("DTSTART")]
        read = icalendar.Calendar.from_ical(written)
        scale = read.pop("CALSCALE", "none")
        times = recurring_ical_events.of(read).between(date(2026, 10, 1), date(2026, 12, 1))
        starts = [each.start if each.start.tzinfo is None else each.start.astimezone(BERLIN) for each in times]
        print(f"{write.__name__}: {line}, scale {scale}:", ", ".join(f"{each:%d.%m. %H:%M}" for each in starts))
PYTHON
seen=$(venv/bin/python calendar_of_two.py)
echo "$seen"
expected="of_ics: DTSTART:20261020T080000Z, scale GEORGIAN: 20.10. 10:00, 27.10. 09:00
of_icalendar: DTSTART;TZID=Europe/Berlin:20261020T100000, scale none: 20.10. 10:00, 27.10. 10:00
of_ics: DTSTART:20261020T100000Z, scale GEORGIAN: 20.10. 12:00, 27.10. 11:00
of_icalendar: DTSTART:20261020T100000, scale none: 20.10. 10:00, 27.10. 10:00"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
