#!/usr/bin/env bash
# Guess:    of one and the same stream of subunit's test events all of its tools say the same: whether the run was a success.
# Really:   a test that should have failed and did not, uxsuccess, makes the run fail for subunit2pyunit, as it does for
#           testtools.TestResult and unittest; for subunit-stats it is a passed test, and the run is a success, as for
#           testtools.StreamSummary, on which tools of one's own are built: it lists the test among unexpectedSuccesses, and
#           wasSuccessful() is true. A test that was begun and has no end is a failure for both, a stream without any test a
#           success for StreamSummary.
# Versions: python-subunit 1.4.6, testtools 2.9.1, Python 3.11
# Source:   run here; testtools/testresult/real.py, TestResult.wasSuccessful, whose docstring takes unexpected successes for
#           failures, and StreamSummary.wasSuccessful, which asks failures and errors only; subunit/test_results.py, TestStats.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-subunit==1.4.6 testtools==2.9.1

cat >events.py <<'PYTHON'
import io
import unittest

import testtools
from subunit.v2 import ByteStreamToStreamResult, StreamResultToBytes

ENDS = ("success", "uxsuccess", "fail", None)
for end in (*ENDS, "no test"):
    written = io.BytesIO()
    if end != "no test":
        output = StreamResultToBytes(written)
        output.status("images.test_create", "inprogress")
        if end:
            output.status("images.test_create", end)
    with open(f"{end}.subunit", "wb") as stream:
        stream.write(written.getvalue())
    summary = testtools.StreamSummary()
    summary.startTestRun()
    ByteStreamToStreamResult(io.BytesIO(written.getvalue())).run(summary)
    summary.stopTestRun()
    unexpected = len(summary.unexpectedSuccesses)
    print(f"StreamSummary, {end}: {summary.wasSuccessful()}, {summary.testsRun} run, {unexpected} unexpected")
for result in (testtools.TestResult(), unittest.TestResult()):
    result.addUnexpectedSuccess(testtools.PlaceHolder("images.test_create"))
    print(f"{type(result).__module__.split('.')[0]}.TestResult, uxsuccess: {result.wasSuccessful()}")
PYTHON
seen=$(
  venv/bin/python -W ignore events.py
  for end in success uxsuccess fail None; do
    for tool in subunit-stats subunit2pyunit; do
      status=0
      venv/bin/python -W ignore "venv/bin/$tool" <"$end.subunit" >told 2>&1 || status=$?
      echo "$tool, $end: status $status$(grep -E '^(Passed|Failed) tests' told | tr -s ' \n' ' ' | sed 's/^/, /; s/ $//')"
    done
  done
)
echo "$seen"
expected="StreamSummary, success: True, 1 run, 0 unexpected
StreamSummary, uxsuccess: True, 1 run, 1 unexpected
StreamSummary, fail: False, 1 run, 0 unexpected
StreamSummary, None: False, 1 run, 0 unexpected
StreamSummary, no test: True, 0 run, 0 unexpected
testtools.TestResult, uxsuccess: False
unittest.TestResult, uxsuccess: False
subunit-stats, success: status 0, Passed tests: 1 Failed tests: 0
subunit2pyunit, success: status 0
subunit-stats, uxsuccess: status 0, Passed tests: 1 Failed tests: 0
subunit2pyunit, uxsuccess: status 1
subunit-stats, fail: status 1, Passed tests: 0 Failed tests: 1
subunit2pyunit, fail: status 1
subunit-stats, None: status 1, Passed tests: 0 Failed tests: 1
subunit2pyunit, None: status 1"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
