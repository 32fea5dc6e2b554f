#!/usr/bin/env bash
# Guess:    asn1tools, which knows the ranges of an ASN.1 specification, refuses an event with a value beyond one of them, as it
#           refuses a value of another type; at worst the value is wrong, and the fields beside it are right.
# Really:   in the unaligned packed encoding, that of events between vehicles and in mobile networks, what does not fit into the
#           bits of its field is laid over the field before it: an event of the level "info" whose count is 17, of 1 to 16, is
#           read as one of the level "error" whose count is 1. Of a list of four where three may be nothing is left, and a number
#           in a list loses its upper bits. Nothing is raised by the writer or the reader, unless check_constraints=True is said
#           at each call. In BER and JSON the values arrive as they were.
# Versions: asn1tools 0.169.0, Python 3.11
# Source:   run here; ITU-T X.691 of 2002, 10.5 (a constrained whole number has the bits of its range); asn1tools' documentation,
#           Specification.encode (check_types=True, check_constraints=False); asn1tools/codecs/per.py,
#           Encoder.append_non_negative_binary_integer (value |= value, whatever its bits are).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check asn1tools==0.169.0

cat >events.py <<'PYTHON'
import asn1tools

EVENTS = """Events DEFINITIONS AUTOMATIC TAGS ::= BEGIN
Event ::= SEQUENCE {
    id INTEGER (0..255),
    level ENUMERATED { info, error },
    count INTEGER (1..16),
    lanes SEQUENCE (SIZE(0..3)) OF INTEGER (0..7)
}
END"""
FINE = {"id": 1, "level": "info", "count": 2, "lanes": []}
codecs = {codec: asn1tools.compile_string(EVENTS, codec) for codec in ("uper", "ber", "jer")}
for change in ({}, {"count": 17}, {"lanes": [1, 2, 3, 4]}, {"lanes": [9]}):
    event = {**FINE, **change}
    read = []
    for codec, specification in codecs.items():
        try:
            got = specification.decode("Event", specification.encode("Event", event))
            read.append(f"{codec} " + ("the same" if got == event else str(got)))
        except asn1tools.Error as error:
            read.append(f"{codec} {type(error).__name__}")
    try:
        codecs["uper"].encode("Event", event, check_constraints=True)
        read.append("checked fine")
    except asn1tools.Error as error:
        read.append(f"checked {type(error).__name__}")
    print(f"{change}: {'; '.join(read)}")
PYTHON
seen=$(venv/bin/python events.py)
echo "$seen"
expected="{}: uper the same; ber the same; jer the same; checked fine
{'count': 17}: uper {'id': 1, 'level': 'error', 'count': 1, 'lanes': []}; ber the same; jer the same; checked ConstraintsError
{'lanes': [1, 2, 3, 4]}: uper {'id': 1, 'level': 'info', 'count': 2, 'lanes': []}; ber the same; jer the same; checked ConstraintsError
{'lanes': [9]}: uper {'id': 1, 'level': 'info', 'count': 2, 'lanes': [1]}; ber the same; jer the same; checked ConstraintsError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
