#!/usr/bin/env bash
# Guess:    a StateChart of python-statemachine that follows the life of an image by its notifications refuses a step that the
#           state does not allow, and one that does not exist, and an action that fails stops the step, as its StateMachine does.
# Really:   all three pass without a word: send() returns None, and where the action raised the image is in the next state all the
#           same, the error being an event of its own, error.execution, that nobody need wait for. StateChart is what its
#           documentation begins with; StateMachine, or allow_event_without_transition = False and catch_errors_as_events = False,
#           raise as before.
# Versions: python-statemachine 3.2.2, Python 3.11
# Source:   run here; statemachine/statemachine.py, the defaults of StateChart and StateMachine.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-statemachine==3.2.2

cat >lives.py <<'PYTHON'
import statemachine


class Life:
    queued = statemachine.State(initial=True)
    saving = statemachine.State()
    active = statemachine.State(final=True)
    upload = queued.to(saving)
    activate = saving.to(active)

    def on_upload(self):
        raise RuntimeError("not stored")


for base in (statemachine.StateChart, statemachine.StateMachine):
    for step in ("activate", "mistyped", "upload"):
        members = {name: member for name, member in vars(Life).items() if not name.startswith("__")}
        life = type("Life", (base,), members)()
        try:
            said = f"returns {life.send(step)}"
        except (statemachine.exceptions.TransitionNotAllowed, RuntimeError) as error:
            said = f"raises {type(error).__name__}"
        print(f"{base.__name__}, {step} of a queued image: {said}, the image is {life.current_state_value}")
PYTHON
seen=$(venv/bin/python lives.py)
echo "$seen"
expected="StateChart, activate of a queued image: returns None, the image is queued
StateChart, mistyped of a queued image: returns None, the image is queued
StateChart, upload of a queued image: returns None, the image is saving
StateMachine, activate of a queued image: raises TransitionNotAllowed, the image is queued
StateMachine, mistyped of a queued image: raises TransitionNotAllowed, the image is queued
StateMachine, upload of a queued image: raises RuntimeError, the image is queued"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
