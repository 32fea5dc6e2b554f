#!/usr/bin/env bash
# Guess:    OASIS' own stix2-matcher, which tells whether observed events match a STIX pattern, either evaluates what its parser takes
#           or says that it does not; [NOT EXISTS file:hashes], a file without hashes, is the reverse of [EXISTS file:hashes].
# Really:   EXISTS is held, for what its path finds is what is left, and the NOT before it is passed over: a file with hashes matches
#           both, one without them neither. A NOT within a comparison is heeded. And what was observed five times within an hour, one
#           object with number_observed 5, was so five times within one second, and followed itself: of the whole it is asked whether
#           it touches a window, not whether it fits.
# Versions: stix2-matcher 3.0.0, stix2-patterns 2.1.2, Python 3.11
# Source:   run here; stix2matcher/matcher.py (of the listener's methods none is for propTestExists; _timestamp_intervals_within and
#           the comment in it); stix2patterns/v21/grammars/STIXPatternParser.py, PropTestExistsContext, which has a NOT.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check stix2-matcher==3.0.0 stix2-patterns==2.1.2

cat >patterns.py <<'PYTHON'
from stix2matcher.matcher import match

ID = "00000000-0000-4000-8000-000000000001"


def observed(last="2026-11-30T10:00:00Z", times=1, **members):
    """A bundle of STIX 2.1 of one file that was observed from ten o'clock until `last`, `times` times."""
    first = "2026-11-30T10:00:00Z"
    file = {"type": "file", "spec_version": "2.1", "id": f"file--{ID}", "name": "image.qcow2", **members}
    data = {
        "type": "observed-data", "spec_version": "2.1", "id": f"observed-data--{ID}", "created": first, "modified": first,
        "first_observed": first, "last_observed": last, "number_observed": times, "object_refs": [file["id"]],
    }  # fmt: skip
    return {"type": "bundle", "id": f"bundle--{ID}", "objects": [data, file]}


def show(pattern, **observations):
    said = (f"{name} {'yes' if match(pattern, [bundle], stix_version='2.1') else 'no'}" for name, bundle in observations.items())
    print(pattern, *said, sep="  ")


hashed = observed(hashes={"MD5": "d41d8cd98f00b204e9800998ecf8427e"})
for pattern in ("[EXISTS file:hashes]", "[NOT EXISTS file:hashes]", "[file:hashes.MD5 NOT LIKE 'd%']", "[file:size NOT = 7]"):
    show(pattern, hashed=hashed, without=observed(), small=observed(size=7), large=observed(size=9))
hour = {"last": "2026-11-30T11:00:00Z", "times": 5}
file = "[file:name = 'image.qcow2']"
for pattern in (f"{file} REPEATS 5 TIMES WITHIN 1 SECONDS", f"{file} REPEATS 6 TIMES WITHIN 1 SECONDS", f"{file} FOLLOWEDBY {file}"):
    show(pattern, once=observed(), five=observed(**hour))
PYTHON
seen=$(venv/bin/python patterns.py)
echo "$seen"
expected="[EXISTS file:hashes]  hashed yes  without no  small no  large no
[NOT EXISTS file:hashes]  hashed yes  without no  small no  large no
[file:hashes.MD5 NOT LIKE 'd%']  hashed no  without no  small no  large no
[file:size NOT = 7]  hashed no  without no  small no  large yes
[file:name = 'image.qcow2'] REPEATS 5 TIMES WITHIN 1 SECONDS  once no  five yes
[file:name = 'image.qcow2'] REPEATS 6 TIMES WITHIN 1 SECONDS  once no  five no
[file:name = 'image.qcow2'] FOLLOWEDBY [file:name = 'image.qcow2']  once no  five yes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
