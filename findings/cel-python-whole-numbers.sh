#!/usr/bin/env bash
# Guess:    a CEL expression that filters events, payload.size > 0.5, is true of an event, or false, whatever number JSON has there,
#           and the same in every implementation: CEL's numbers compare across their types, and of values of
#           different types == is false.
# Really:   cel-python raises an error for the event whose size is 1, for JSON's whole numbers are int to it and 0.5 is a double;
#           0.5 < payload.size works. It raises as well for a text or a null where the expression says == 1, and for a number
#           over 63 bits as soon as it reads it. And true == 1 is true. Rust's says of each what the specification says.
# Versions: cel-python 0.5.0, common-expression-language 0.10.0, Python 3.11
# Source:   run here; CEL's language definition, "Equality" and "Numeric Values" (comparison across numeric types);
#           celpy/celtypes.py, IntType; celpy/adapter.py, json_to_cel; cel-python's pull request 192 (open) of the numbers.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cel-python==0.5.0 common-expression-language==0.10.0

cat >filters.py <<'PYTHON'
import cel
import celpy


def by_celpy(expression, payload):
    environment = celpy.Environment()
    program = environment.program(environment.compile(expression))
    try:
        return bool(program.evaluate({"payload": celpy.json_to_cel(payload)}))
    except (celpy.CELEvalError, ValueError) as error:
        return type(error).__name__


for expression, sizes in {
    "payload.size > 0.5": (1.5, 1, 2**63),
    "0.5 < payload.size": (1.5, 1),
    "payload.size == 1": (1, 1.0, True, "1", None),
    "payload.size != 'large'": ("small", 1, None),
    "payload.size in [1, 2]": (2, 2.0, "2"),
}.items():
    for size in sizes:
        payload = {"size": size}
        rust = cel.evaluate(expression, {"payload": payload})
        print(f"{expression} of {size!r}: cel-python {by_celpy(expression, payload)}, Rust {rust}")
PYTHON
seen=$(venv/bin/python filters.py)
echo "$seen"
expected="payload.size > 0.5 of 1.5: cel-python True, Rust True
payload.size > 0.5 of 1: cel-python CELEvalError, Rust True
payload.size > 0.5 of 9223372036854775808: cel-python ValueError, Rust True
0.5 < payload.size of 1.5: cel-python True, Rust True
0.5 < payload.size of 1: cel-python True, Rust True
payload.size == 1 of 1: cel-python True, Rust True
payload.size == 1 of 1.0: cel-python CELEvalError, Rust True
payload.size == 1 of True: cel-python True, Rust False
payload.size == 1 of '1': cel-python CELEvalError, Rust False
payload.size == 1 of None: cel-python CELEvalError, Rust False
payload.size != 'large' of 'small': cel-python True, Rust True
payload.size != 'large' of 1: cel-python CELEvalError, Rust True
payload.size != 'large' of None: cel-python True, Rust True
payload.size in [1, 2] of 2: cel-python True, Rust True
payload.size in [1, 2] of 2.0: cel-python CELEvalError, Rust True
payload.size in [1, 2] of '2': cel-python CELEvalError, Rust False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
