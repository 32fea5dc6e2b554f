#!/usr/bin/env bash
# Guess:    a report of OSProfiler, made of the notifications that services sent of their trace points, shows each point by the name
#           that the service gave it, and its stats count and add up the time of each name.
# Really:   of a name what stands before its first hyphen is left, since "-start" and "-stop" are taken off by cutting there.
#           Mistral calls its points workflow-start, workflow-check-and-complete, task-run-new and task-create-task-execution: in
#           the tree all of them are "workflow" or "task", and in the stats two lines hold the sums of everything, though what was
#           sent has the names whole. Points of libraries, wsgi, db and rpc, have no hyphen, so a first look sees nothing.
# Versions: osprofiler 4.4.0, Python 3.11
# Source:   run here with a driver that keeps what is sent and reads it as OSProfiler's own drivers do; osprofiler/drivers/base.py,
#           Driver._append_results (name.split("-")[0]); osprofiler/profiler.py, start and stop; mistral 23.0.0,
#           mistral/engine/tasks.py and workflows.py (profiler.trace).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile osprofiler==4.4.0

cat >profiling.py <<'PYTHON'
from osprofiler import notifier, profiler
from osprofiler.drivers import base


class Kept(base.Driver):
    """Keeps what it is notified of, and reads it as the drivers for databases do."""

    sent: list = []

    @classmethod
    def get_name(cls):
        return "kept"

    def notify(self, info, **_):
        self.sent.append({**info, "project": self.project, "service": self.service})

    def get_report(self, base_id):
        for each in self.sent:
            ids = each["trace_id"], each["parent_id"], each["name"]
            self._append_results(*ids, each["project"], each["service"], each["info"]["host"], each["timestamp"], each)
        return self._parse_results()


driver = base.get_driver("kept://", project="mistral", service="engine", host="h")
notifier.set(driver.notify)
profiler.init("key")
with profiler.Trace("wsgi"):
    with profiler.Trace("workflow-start"):
        with profiler.Trace("task-run-new"), profiler.Trace("task-create-task-execution"):
            pass
    with profiler.Trace("workflow-check-and-complete"), profiler.Trace("db"):
        pass

print("sent:", *(each["name"] for each in driver.sent if each["name"].endswith("-start")))
report = driver.get_report(profiler.get().get_base_id())


def names(node):
    below = ", ".join(names(child) for child in node["children"])
    return f"{node['info']['name']} ({below})" if below else node["info"]["name"]


print("tree:", *(names(node) for node in report["children"]))
print("stats:", *(f"{name} {told['count']}" for name, told in sorted(report["stats"].items())))
PYTHON
seen=$(venv/bin/python -W ignore profiling.py)
echo "$seen"
expected="sent: wsgi-start workflow-start-start task-run-new-start task-create-task-execution-start workflow-check-and-complete-start db-start
tree: wsgi (workflow (task (task)), workflow (db))
stats: db 1 task 2 workflow 2 wsgi 1"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
