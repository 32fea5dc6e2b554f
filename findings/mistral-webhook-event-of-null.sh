#!/usr/bin/env bash
# Guess:    a webhook that is named in the parameter "notify" of a Mistral workflow hears of each step of a task by one of the
#           events that Mistral has for it, TASK_LAUNCHED, TASK_FAILED, TASK_RERUN …; that a task failed it hears when that is so,
#           and a task that is tried once more by its policy "retry" is no failure yet.
# Really:   each try that fails is a TASK_FAILED, like the last one; of the next one it hears TASK_LAUNCHED, as of a new task, with
#           the same id and without the number of the try: TASK_RERUN, and started_at, are for reruns by hand. While the task waits
#           in between, the event is null: a state that has no event is told all the same, to whoever named no event_types. An alarm
#           for TASK_FAILED goes off for a workflow in which nothing failed.
# Versions: mistral 23.0.0, Python 3.11
# Source:   run here without a database, against a server of this machine, with the states in the order in which the policy sets
#           them; mistral/notifiers/notification_events.py, _TASK_EVENT_MAP (nothing for DELAYED, so None); mistral/engine/tasks.py,
#           Task._notify (not target_events) and set_state, whose comment treats all tries as one run; mistral/engine/policies.py,
#           RetryPolicy.after_task_complete.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile mistral==23.0.0

cat >retrying.py <<'PYTHON'
import json
import logging
import threading
import types
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

logging.disable()
from mistral import config, context  # noqa: E402, F401
from mistral.engine import tasks  # noqa: E402
from mistral.workflow import states  # noqa: E402
from oslo_config import cfg  # noqa: E402

CONF = cfg.CONF
CONF([], project="mistral", default_config_files=[])
CONF.set_override("denied_cidrs", [], "action_std_http")  # to post to this machine
CONF.set_override("type", "local", "notifier")
context.set_ctx(context.MistralContext(user_id="u", project_id="p"))


class Webhook(BaseHTTPRequestHandler):
    came: list = []

    def do_POST(self):
        self.came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Webhook)
threading.Thread(target=server.serve_forever, daemon=True).start()


def stored(id, cur_state, state):
    """The row of the task, in its new state."""
    task.task_ex.state = state
    return task.task_ex


TIMES = dict.fromkeys(("created_at", "updated_at", "started_at", "finished_at"))
WORKFLOW = {"workflow_execution_id": "w", "workflow_name": "images", "workflow_namespace": "", "workflow_id": "i"}
for named in ({}, {"event_types": ["TASK_LAUNCHED", "TASK_FAILED", "TASK_RERUN", "TASK_SUCCEEDED"]}):
    task = object.__new__(tasks.RegularTask)
    webhook = {"type": "webhook", "url": f"http://127.0.0.1:{server.server_port}/", **named}
    task.wf_ex = types.SimpleNamespace(params={"notify": [webhook]})
    state = {"state": states.IDLE, "state_info": None, "workflow_execution": task.wf_ex}
    task.task_ex = types.SimpleNamespace(id="t", name="copy", type="ACTION", project_id="p", **state, **WORKFLOW, **TIMES)
    task.rerun = False
    Webhook.came = []
    with (
        mock.patch.object(tasks.db_api, "update_task_execution_state", stored),
        mock.patch.object(tasks.post_tx_queue, "register_operation", lambda operation: operation()),
        mock.patch.object(tasks.wf_trace, "info"),
    ):
        task.set_state(states.RUNNING, None, first_run=True)
        for _ in range(2):
            task.set_state(states.ERROR, "no route to host")
            task.set_state(states.RUNNING_DELAYED, "Delayed by 'retry' policy [delay=5]")
            task.set_state(states.RUNNING, None)
        task.set_state(states.SUCCESS, None)
    print(*(f"{told['event']} of {told['id']} ({told['state']})" for told in Webhook.came), sep=", ")
PYTHON
seen=$(venv/bin/python -W ignore retrying.py 2>stderr)
echo "$seen"
expected="TASK_LAUNCHED of t (RUNNING), TASK_FAILED of t (ERROR), None of t (DELAYED), \
TASK_LAUNCHED of t (RUNNING), TASK_FAILED of t (ERROR), None of t (DELAYED), \
TASK_LAUNCHED of t (RUNNING), TASK_SUCCEEDED of t (SUCCESS)
TASK_LAUNCHED of t (RUNNING), TASK_FAILED of t (ERROR), \
TASK_LAUNCHED of t (RUNNING), TASK_FAILED of t (ERROR), \
TASK_LAUNCHED of t (RUNNING), TASK_SUCCEEDED of t (SUCCESS)"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
