#!/usr/bin/env bash
# Guess:    pycddl, which holds CBOR messages against a CDDL schema, RFC 8610's, accepts what the schema describes and refuses
#           the rest.
# Really:   .regexp is met by a text that has a part of the form: image.create is [a-z]+, and so is 7x!, where CDDL's
#           expressions are XML Schema's, of the whole text. And it refuses what is described: a fraction where the schema says
#           number, or a range of fractions, int .. float being its prelude's; [id: uint, * text] has no message at all, for
#           each item is held against the repeated type, the id too, and in [? uint, text] what is optional must be there. Maps
#           are judged well.
# Versions: pycddl 0.6.4, cbor2 6.3.0, Python 3.11
# Source:   run here; RFC 8610, 3.2 (occurrence), 3.8.3 (.regexp) and appendix D (number = int / float); XML Schema, part 2,
#           appendix F; pull requests 622 and 663 (merged) of the crate cddl, newer than the one within pycddl, for numbers.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pycddl==0.6.4 cbor2==6.3.0

cat >described.py <<'PYTHON'
import cbor2
import pycddl

for rule, *values in (
    ('tstr .regexp "[a-z]+"', "image", "image.create", "7x!", "7"),
    ('tstr .regexp "^[a-z]+$"', "image", "7x!"),
    ("number", 1, 1.5), ("int / float", 1, 1.5), ("0.5..1.5", 1.0), ("0..5", 1),
    ("[id: uint, name: text]", [1, "a"]), ("[id: uint, * text]", [1], [1, "a"]), ("[* text]", ["a"]),
    ("[? uint, text]", ["a"], [1, "a"]), ("{id: uint, * text => text}", {"id": 1, "name": "a"}, {"id": 1, "name": 7}),
):  # fmt: skip
    schema = pycddl.Schema(f"message = {rule}")
    for value in values:
        try:
            schema.validate_cbor(cbor2.dumps(value))
            print(f"{rule}: {value!r} yes")
        except pycddl.ValidationError:
            print(f"{rule}: {value!r} no")
PYTHON
seen=$(venv/bin/python described.py)
echo "$seen"
expected="tstr .regexp \"[a-z]+\": 'image' yes
tstr .regexp \"[a-z]+\": 'image.create' yes
tstr .regexp \"[a-z]+\": '7x!' yes
tstr .regexp \"[a-z]+\": '7' no
tstr .regexp \"^[a-z]+\$\": 'image' yes
tstr .regexp \"^[a-z]+\$\": '7x!' no
number: 1 yes
number: 1.5 no
int / float: 1 yes
int / float: 1.5 yes
0.5..1.5: 1.0 no
0..5: 1 yes
[id: uint, name: text]: [1, 'a'] yes
[id: uint, * text]: [1] no
[id: uint, * text]: [1, 'a'] no
[* text]: ['a'] yes
[? uint, text]: ['a'] no
[? uint, text]: [1, 'a'] no
{id: uint, * text => text}: {'id': 1, 'name': 'a'} yes
{id: uint, * text => text}: {'id': 1, 'name': 7} no"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
