#!/usr/bin/env bash
# Guess:    a callback that is subscribed to one of Neutron's events with cancellable=True ends what is being done where it fails,
#           by a CallbackFailure, and one that is not only has its error logged, as subscribe's documentation says of the callback.
# Really:   all callbacks of an event that have the same priority are what the first of them was, and nearly all have the default. A
#           check that is cancellable does not stop anything once somebody, perhaps a plugin that only counts, subscribed before it;
#           and where a cancellable one was there first, an error in the plugin's counting ends the creation of the port. Which it
#           is depends on the order in which plugins are loaded. With a priority of its own each is what it was said to be.
# Versions: neutron-lib 5.0.1, Python 3.11
# Source:   run here; neutron_lib/callbacks/manager.py, CallbacksManager.subscribe (the parameter cancellable and its docstring;
#           PriorityCallbacks is made by the first of a priority) and _notify_loop (pri_callbacks.cancellable).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile neutron-lib==5.0.1

cat >subscribing.py <<'PYTHON'
import logging

logging.disable()
from neutron_lib.callbacks import events, exceptions, manager, resources  # noqa: E402
from neutron_lib.callbacks.priority_group import PRIORITY_DEFAULT  # noqa: E402


def counting(resource, event, trigger, payload):
    """Fails never."""


def failing(resource, event, trigger, payload):
    raise ValueError("this port must not be")


def publish(*subscribed):
    callbacks = manager.CallbacksManager()
    for callback, cancellable, priority in subscribed:
        callbacks.subscribe(callback, resources.PORT, events.AFTER_CREATE, priority=priority, cancellable=cancellable)
    told = ", ".join(f"{each.__name__}{' cancellable' * cancellable} {priority}" for each, cancellable, priority in subscribed)
    try:
        callbacks.publish(resources.PORT, events.AFTER_CREATE, None, payload=events.EventPayload(None))
        print(f"{told}: goes on")
    except exceptions.CallbackFailure:
        print(f"{told}: CallbackFailure")


SAME, LATER = PRIORITY_DEFAULT, PRIORITY_DEFAULT + 1
publish((failing, True, SAME))
publish((failing, False, SAME))
publish((counting, False, SAME), (failing, True, SAME))
publish((failing, True, SAME), (counting, False, SAME))
publish((counting, True, SAME), (failing, False, SAME))
publish((counting, False, SAME), (failing, True, LATER))
publish((counting, True, SAME), (failing, False, LATER))
PYTHON
seen=$(venv/bin/python -W ignore subscribing.py 2>stderr | sed -E 's/ 55550000/ same/g; s/ 55550001/ later/g')
echo "$seen"
expected="failing cancellable same: CallbackFailure
failing same: goes on
counting same, failing cancellable same: goes on
failing cancellable same, counting same: CallbackFailure
counting cancellable same, failing same: CallbackFailure
counting same, failing cancellable later: CallbackFailure
counting cancellable same, failing later: goes on"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
