#!/usr/bin/env bash
# Guess:    a trace with a step that the model does not have is not fit, by whichever of pm4py's checks: its fitness is below 1.
# Really:   token-based replay passes over such steps: trace_is_fit is true and the fitness 1.0, as if the step were not there, and
#           the fitness of the log says that all traces fit. Alignments, DECLARE, log skeletons and footprints say no. A step
#           of the model that is missing or comes twice the replay does see. A new event type, or a mistyped one, is what
#           this check cannot find.
# Versions: pm4py 2.7.23.11, pandas 3.1.1, Python 3.11
# Source:   run here; pm4py/algo/conformance/tokenreplay/variants/token_replay.py (an option of
#           the variant, consider_activities_not_in_model_in_fitness, is off, and not in the simple interface).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pm4py==2.7.23.11 pandas==3.1.1

cat >replay.py <<'PYTHON'
import logging
import warnings

warnings.filterwarnings("ignore")
logging.disable()

import pandas
import pm4py


def log(*steps):
    times = pandas.to_datetime([f"2026-11-29T08:00:0{second}Z" for second in range(len(steps))])
    return pandas.DataFrame({"case:concept:name": "a1", "concept:name": list(steps), "time:timestamp": times})


LIFE = log("create", "upload", "delete")
net, start, end = pm4py.discover_petri_net_inductive(LIFE)
declare, skeleton = pm4py.discover_declare(LIFE), pm4py.discover_log_skeleton(LIFE)
footprints = pm4py.discover_footprints(LIFE)
for steps in (
    ("create", "upload", "delete"), ("create", "upload", "explode", "delete"), ("create", "delete"),
    ("create", "create", "upload", "delete"),
):
    life = log(*steps)
    (replayed,) = pm4py.conformance_diagnostics_token_based_replay(life, net, start, end)
    (aligned,) = pm4py.conformance_diagnostics_alignments(life, net, start, end)
    print(
        " ".join(steps), f"| replay {replayed['trace_is_fit']} {replayed['trace_fitness']:.2f}",
        f"alignment {aligned['fitness']:.2f}",
        f"declare {pm4py.conformance_declare(life, declare)[0]['is_fit']}",
        f"skeleton {pm4py.conformance_log_skeleton(life, skeleton)[0]['is_fit']}",
        f"footprints {pm4py.conformance_diagnostics_footprints(life, footprints)['is_footprints_fit']}",
    )
fitness = pm4py.fitness_token_based_replay(log("create", "upload", "explode", "delete"), net, start, end)
print("fitting traces of the log with explode:", f"{fitness['percentage_of_fitting_traces']:.0f} %")
PYTHON
seen=$(venv/bin/python replay.py 2>stderr)
echo "$seen"
expected="create upload delete | replay True 1.00 alignment 1.00 declare True skeleton True footprints True
create upload explode delete | replay True 1.00 alignment 0.86 declare False skeleton False footprints False
create delete | replay False 0.67 alignment 0.80 declare False skeleton False footprints False
create create upload delete | replay False 0.80 alignment 0.86 declare False skeleton False footprints False
fitting traces of the log with explode: 100 %"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
