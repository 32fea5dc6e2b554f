#!/usr/bin/env bash
# Guess:    notifications that dlt loads into a database, making the tables by what it sees, are all there: each member of a
#           payload in a column of its own, values of another type where the column can hold them, or the load fails.
# Really:   names are made snake_case, and those that become one are one column with the last value: of Glance's properties
#           os_type, os:type and osType two are lost in each image, without a word. What looks like a time in the first row makes
#           the column one of times, a name too, so the next image's name is in name__v_text; and where the first load is a whole
#           number, 1, a later one with a fraction, 1.5, is in load__v_double: sum(load) is 1 where 2.5 was told, and count(name) 1
#           of two.
# Versions: dlt 1.31.0, duckdb 2.0.0, Python 3.11
# Source:   run here; dlt's documentation, "Naming convention" (snake_case) and "Schema" (variant columns);
#           dlt/common/normalizers/json/relational.py, _flatten (out_rec_row[nested_name] = v).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dlt==1.31.0 duckdb==2.0.0

cat >load.py <<'PYTHON'
import os

os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "CRITICAL", "DLT_DATA_DIR": os.getcwd()}
import dlt
import duckdb

images = [
    {"id": "a1", "name": "2026-11-30T10:00:00Z", "os_type": "linux", "os:type": "windows", "osType": "bsd", "load": 1},
    {"id": "a2", "name": "cirros", "os_type": "linux", "load": 1.5},
]
pipeline = dlt.pipeline(
    "events", destination=dlt.destinations.duckdb("events.duckdb"), dataset_name="told", pipelines_dir=os.path.abspath("pipelines")
)
pipeline.run(images, table_name="images")
database = duckdb.connect("events.duckdb")
told = database.sql("select * from told.images order by id")
print(*(name for name in told.columns if not name.startswith("_dlt")))
for column in ("os_type", "typeof(name)", "name__v_text", "load__v_double"):
    print(f"{column}: {[value for (value,) in database.sql(f'select {column} from told.images order by id').fetchall()]}")
print(*database.sql('select sum("load"), count(name) from told.images').fetchall())
PYTHON
seen=$(venv/bin/python -W ignore load.py)
echo "$seen"
expected="id name os_type load name__v_text load__v_double
os_type: ['bsd', 'linux']
typeof(name): ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP WITH TIME ZONE']
name__v_text: [None, 'cirros']
load__v_double: [None, 1.5]
(1, 1)"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
