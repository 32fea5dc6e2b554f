#!/usr/bin/env bash
# Guess:    the UUIDs in the events of ansible-runner are UUIDs of one version, so that a schema may state it, and two runs on
#           one machine share nothing in them.
# Really:   an event's own uuid is of version 4, but that of a play or a task (play_uuid, task_uuid, and the uuid of the event
#           that begins it) is the machine's MAC address, 32 random bits of the process, and a counter, with hyphens between
#           them: version and variant are what the random bits happen to be, the same for a whole run, and another in the next.
# Versions: ansible-runner 2.4.1, ansible-core 2.17.7, Python 3.11
# Source:   run here; ansible/utils/vars.py, get_unique_id. The documentation of ansible-runner says of uuid that it is unique.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ansible-core==2.17.7 ansible-runner==2.4.1
export PATH=$work/venv/bin:$PATH HOME=$work

cat >runs.py <<'PYTHON'
import pathlib
import tempfile
import uuid

import ansible_runner

PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - debug: {msg: one}
    - debug: {msg: two}
"""

seen, events = [], set()
for _ in range(8):
    folder = pathlib.Path(tempfile.mkdtemp(dir="."))
    (folder / "project").mkdir()
    (folder / "project" / "play.yml").write_text(PLAY)
    run = ansible_runner.run(private_data_dir=str(folder.resolve()), playbook="play.yml", quiet=True)
    assert run.status == "successful"
    told = [each for each in run.events if each.get("event_data")]
    tasks = [each["event_data"]["task_uuid"] for each in told if each["event"] == "runner_on_ok"]
    events |= {uuid.UUID(each["uuid"]).version for each in told if each["event"] == "runner_on_ok"}
    one, two = map(uuid.UUID, tasks)
    # All but the counter is the same within a run.
    assert str(one)[:23] == str(two)[:23]
    assert f"{uuid.getnode():012x}" == one.hex[:12]
    seen.append((str(one)[14:23], one.version, one.variant))

for random_bits, version, variant in seen:
    print(f"play_uuid, task_uuid: …-{random_bits}-…  version {version}, {variant}")
print("runner_on_ok's own uuid: version", *events)
assert events == {4}
assert len({random_bits for random_bits, *_ in seen}) > 1
assert any(version != 4 for _, version, _ in seen)
PYTHON
venv/bin/python runs.py
