#!/usr/bin/env bash
# Guess:    a line of a Zeek log, of a connection or of a notice, that zat reads says what Zeek wrote: what is unset, "-", is None
#           or left out, an empty set, "(empty)", is empty, and a time is a moment.
# Really:   ZeekLogReader makes of what is unset the zero of its type: False, 0, 0.0 and a duration of nothing, and of a time a day
#           behind 1970 began: a connection whose bytes Zeek could not count has sent none, as one that sent nothing. Only texts
#           and addresses stay "-". A time is a datetime without a zone, of the machine's own clock, so the same log is of other
#           hours elsewhere. A set stays its text, "(empty)" included. zat's LogToDataFrame, of the same package, and zlogging keep
#           what is unset apart.
# Versions: zat 0.4.9, zlogging 0.1.3.post10, pandas 2.3.3, Python 3.11
# Source:   run here; zat/zeek_log_reader.py, ZeekLogReader.__init__ (dash_mapper, type_mapper; fromtimestamp) and make_dict;
#           Zeek's book, "Zeek Log Formats" (unset_field, empty_field).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check zat==0.4.9 zlogging==0.1.3.post10 pandas==2.3.3

cat >reading.py <<'PYTHON'
import contextlib
import io
import os
import time

names = ["ts", "uid", "duration", "orig_bytes", "local_orig", "suppress_until", "tunnel_parents"]
types = ["time", "string", "interval", "count", "bool", "time", "set[string]"]
lines = [
    ["1796032800.000000", "C1", "-", "-", "-", "-", "(empty)"],
    ["1796032800.000000", "C2", "0.000000", "0", "F", "86400.000000", "C1,C0"],
]
with open("conn.log", "w") as log:
    print("#separator \\x09", file=log)
    for name, value in (("set_separator", ","), ("empty_field", "(empty)"), ("unset_field", "-"), ("path", "conn")):
        print(f"#{name}\t{value}", file=log)
    print("#open\t2026-11-30-10-00-00", file=log)
    for name, values in (("#fields", names), ("#types", types)):
        print("\t".join([name, *values]), file=log)
    for line in lines:
        print("\t".join(line), file=log)
    print("#close\t2026-11-30-11-00-00", file=log)

from zat.log_to_dataframe import LogToDataFrame
from zat.zeek_log_reader import ZeekLogReader
from zlogging.loader import parse_ascii


def rows():
    with contextlib.redirect_stdout(io.StringIO()):
        return list(ZeekLogReader("conn.log").readrows())


for zone in ("UTC", "Asia/Kolkata"):
    os.environ["TZ"] = zone
    time.tzset()
    print(f"{zone}:", rows()[0]["ts"])
os.environ["TZ"] = "UTC"
time.tzset()
unset, set_ = rows()
for name in names[2:]:
    print(f"{name}: {unset[name]!s} of {lines[0][names.index(name)]}, {set_[name]!s} of {lines[1][names.index(name)]}")
frame = LogToDataFrame().create_dataframe("conn.log")
print("DataFrame, orig_bytes:", [None if value != value else int(value) for value in frame["orig_bytes"].astype("float64")])
print("zlogging, orig_bytes:", [getattr(model.orig_bytes, "value", None) for model in parse_ascii("conn.log").data])
PYTHON
seen=$(venv/bin/python -W ignore reading.py)
echo "$seen"
expected="UTC: 2026-11-30 10:00:00
Asia/Kolkata: 2026-11-30 15:30:00
duration: 0:00:00 of -, 0:00:00 of 0.000000
orig_bytes: 0 of -, 0 of 0
local_orig: False of -, False of F
suppress_until: 1970-01-02 00:00:00 of -, 1970-01-02 00:00:00 of 86400.000000
tunnel_parents: (empty) of (empty), C1,C0 of C1,C0
DataFrame, orig_bytes: [None, 0]
zlogging, orig_bytes: [None, 0]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
