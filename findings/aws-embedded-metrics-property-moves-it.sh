#!/usr/bin/env bash
# Guess:    in CloudWatch's embedded metric format, as aws-embedded-metrics writes it, the fields of an event set as properties
#           stand beside its metrics and dimensions; a name that is taken is refused, or the dimension and the metric go first.
# Really:   all are members of one object. A property with the name of a dimension takes its place: the metric of the service
#           glance whose event has "service": "nova" is counted for nova. One with the name of a metric is lost to the metric.
#           Neither is told. A time or a UUID in a property raises when the metrics are flushed, and each time after that, for
#           it stays among what is to be sent: no later metric of that logger arrives.
# Versions: aws-embedded-metrics 3.5.0, Python 3.11
# Source:   run here without sending; the specification of the embedded metric format (dimensions and metrics are targets at the
#           root); aws_embedded_metrics/serializers/log_serializer.py, LogSerializer.serialize.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check aws-embedded-metrics==3.5.0

cat >metrics.py <<'PYTHON'
import asyncio
import contextlib
import datetime
import io
import json

from aws_embedded_metrics.environment.local_environment import LocalEnvironment
from aws_embedded_metrics.logger.metrics_context import MetricsContext
from aws_embedded_metrics.logger.metrics_logger import MetricsLogger


async def environment():
    return LocalEnvironment()


def told(payload):
    logger = MetricsLogger(environment, MetricsContext.empty())
    logger.set_namespace("images")
    logger.set_dimensions({"service": "glance"})
    logger.put_metric("size", 7, "Bytes")
    for name, value in payload.items():
        logger.set_property(name, value)
    for _ in range(2):
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                asyncio.run(logger.flush())
        except TypeError as error:
            yield str(error)
            logger.put_metric("more", 1)
        else:
            line = json.loads(out.getvalue())
            yield {name: line[name] for name in ("service", "size", *payload)}
            break


for payload in ({"id": "i1"}, {"service": "nova"}, {"size": "7 GiB"}, {"at": datetime.datetime(2026, 11, 30)}):
    print(f"{payload}:", *told(payload), sep="\n  ")
PYTHON
seen=$(venv/bin/python metrics.py)
echo "$seen"
expected="{'id': 'i1'}:
  {'service': 'glance', 'size': 7, 'id': 'i1'}
{'service': 'nova'}:
  {'service': 'nova', 'size': 7}
{'size': '7 GiB'}:
  {'service': 'glance', 'size': 7}
{'at': datetime.datetime(2026, 11, 30, 0, 0)}:
  Object of type datetime is not JSON serializable
  Object of type datetime is not JSON serializable"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
