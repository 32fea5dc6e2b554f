#!/usr/bin/env bash
# Guess:    the events that a program asks Taskcluster's client for, queueEvents.taskCompleted(taskId=…), are bound by the names
#           of the routing key that its reference has; another name is refused, as the client refuses a word with a dot.
# Really:   a name that is not there is passed over, and what is not given is "*": taskid instead of taskId subscribes to every
#           task of the whole system, without a word. So does the name of another event's key, hookId for a task. None, where the
#           caller has no value, is the word "None", which no message has, and hears nothing; 0 is "0". A word in Taskcluster's
#           one place for many may have dots, and wildcards are taken as they are, in every place: taskId "#" is any number of
#           words.
# Versions: taskcluster 113.2.0, Python 3.11
# Source:   run here without a network; taskcluster/client.py, BaseClient._makeTopicExchange (elif key["name"] in
#           routingKeyPattern, and str(…)); taskcluster/generated/queueevents.py, the routing key's names.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check taskcluster==113.2.0

cat >bindings.py <<'PYTHON'
import taskcluster

events = taskcluster.QueueEvents({"rootUrl": "https://tc.example.org"})
TASK = "fN1SbArXTPSVFNUvaOlinQ"
ASKED = [{"taskId": TASK}, {"taskid": TASK}, {"hookId": "nightly"}, {"runId": 0}, {"runId": None}, {"taskId": "#"}, {"taskId": "a.b"}]
for names in ASKED:
    try:
        bound = events.taskCompleted(names)["routingKeyPattern"]
    except taskcluster.exceptions.TaskclusterTopicExchangeFailure as error:
        bound = f"refused, {error}"
    print(f"{names}: {bound}")
print("in keywords, task_id:", events.taskCompleted(task_id=TASK)["routingKeyPattern"])
PYTHON
seen=$(venv/bin/python bindings.py)
echo "$seen"
expected="{'taskId': 'fN1SbArXTPSVFNUvaOlinQ'}: primary.fN1SbArXTPSVFNUvaOlinQ.*.*.*.*.*.*.*.#
{'taskid': 'fN1SbArXTPSVFNUvaOlinQ'}: primary.*.*.*.*.*.*.*.*.#
{'hookId': 'nightly'}: primary.*.*.*.*.*.*.*.*.#
{'runId': 0}: primary.*.0.*.*.*.*.*.*.#
{'runId': None}: primary.*.None.*.*.*.*.*.*.#
{'taskId': '#'}: primary.#.*.*.*.*.*.*.*.#
{'taskId': 'a.b'}: refused, Cannot have periods in single word keys
in keywords, task_id: primary.*.*.*.*.*.*.*.*.#"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
