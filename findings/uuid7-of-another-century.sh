#!/usr/bin/env bash
# Guess:    ids that two services make as UUIDs of version 7, whose first bits are the time, sort by when they were made,
#           whichever library made them, and say when.
# Really:   the package uuid7 keeps a draft of 2021, in which the first 36 bits are seconds; RFC 9562 has 48 bits of milliseconds.
#           Both say version 7. By the RFC an id of the package is of the year 2203, so it sorts behind all that others make
#           until then, and an expiry that is reckoned from ids never comes; to the package an id of the RFC is of 1983.
# Versions: uuid7 0.1.0, uuid_utils 1.2.0, Python 3.11
# Source:   run here; RFC 9562, 5.7; uuid_extensions/uuid7.py, whose docstring names draft-peabody-dispatch-new-uuid-format-02.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check uuid7==0.1.0 uuid_utils==1.2.0

cat >ids.py <<'PYTHON'
from datetime import UTC, datetime
from uuid import UUID

import uuid_extensions
import uuid_utils

MADE = datetime(2026, 11, 29, 8, tzinfo=UTC)
LATER = datetime(2126, 11, 29, 8, tzinfo=UTC)


def nanoseconds(moment):
    return int(moment.timestamp()) * 10**9


package = uuid_extensions.uuid7(nanoseconds(MADE))
standard = UUID(str(uuid_utils.uuid7(nanoseconds=nanoseconds(MADE))))
century = UUID(str(uuid_utils.uuid7(nanoseconds=nanoseconds(LATER))))
for name, made in (("uuid7", package), ("uuid_utils", standard)):
    by_standard = datetime.fromtimestamp(uuid_utils.UUID(str(made)).timestamp / 1000, UTC)
    by_package = uuid_extensions.uuid_to_datetime(made)
    print(f"{name}: version {made.version}, by the RFC of {by_standard:%Y-%m}, by the package uuid7 of {by_package:%Y-%m}")
print("sorts before an id of the same moment:", package < standard, "- of a hundred years later:", package < century)
PYTHON
seen=$(venv/bin/python ids.py)
echo "$seen"
expected="uuid7: version 7, by the RFC of 2203-02, by the package uuid7 of 2026-11
uuid_utils: version 7, by the RFC of 2026-11, by the package uuid7 of 1983-11
sorts before an id of the same moment: False - of a hundred years later: False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
