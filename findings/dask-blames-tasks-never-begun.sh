#!/usr/bin/env bash
# Guess:    where a task ends its worker's process, and no failure is allowed (distributed.scheduler.allowed-failures: 0),
#           that task fails with KilledWorker, and tasks that had not begun are done by another worker.
# Really:   every task that had been handed to the lost worker is blamed, begun or not: with one thread and the defaults one
#           more than runs, which fails with KilledWorker though nothing of it was ever done. Where a long archive is
#           shared out, a file that nothing is wrong with is named. worker-saturation 1.0 hands over no more than runs.
# Versions: distributed 2026.8.0, dask 2026.8.0, Python 3.11
# Source:   run here; the documentation of worker-saturation ("queuing") speaks of memory only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0

cat >lost.py <<'PYTHON'
import logging
import os
import sys
from tempfile import TemporaryDirectory

import dask
from distributed import Client, KilledWorker, LocalCluster

TASKS = 4


def task(number, folder):
    open(f"{folder}/{number}", "w").close()
    if number == 0:
        os._exit(1)
    return "done"


def outcome(future):
    try:
        return future.result(timeout=120)
    except KilledWorker:
        return "KilledWorker"


def main(saturation):
    logging.disable(logging.CRITICAL)
    settings = {"distributed.scheduler.allowed-failures": 0}
    if saturation is not None:
        settings["distributed.scheduler.worker-saturation"] = saturation
    with (
        TemporaryDirectory() as folder,
        dask.config.set(settings),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        futures = client.map(task, range(TASKS), folder=folder)
        for number, future in enumerate(futures):
            said = outcome(future)
            begun = "begun" if os.path.exists(f"{folder}/{number}") else "never begun"
            print(f"saturation {saturation or 'by default'}, task {number}: {begun}, {said}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else None)
PYTHON
seen=$(venv/bin/python -W ignore lost.py 2>said.txt && venv/bin/python -W ignore lost.py 1.0 2>>said.txt) || { cat said.txt; exit 1; }
echo "$seen"
expected="saturation by default, task 0: begun, KilledWorker
saturation by default, task 1: never begun, KilledWorker
saturation by default, task 2: begun, done
saturation by default, task 3: begun, done
saturation 1.0, task 0: begun, KilledWorker
saturation 1.0, task 1: begun, done
saturation 1.0, task 2: begun, done
saturation 1.0, task 3: begun, done"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
