#!/usr/bin/env bash
# Guess:    a consumer that makes the context of a notification, RequestContext.from_dict(ctxt), has an object with what the
#           sender's context said, and nothing else happens.
# Really:   it becomes the current context of the thread: what the consumer logs from then on, of other work too, bears the
#           request id and the user of that notification, until the next one. And to_dict, by which it was sent, leaves out what
#           from_dict would read: the names of the user, of the project and of their domains. The service that asked on the
#           user's behalf, and its roles, are lost as well. overwrite=False leaves the current one alone.
# Versions: oslo.context 6.5.0, oslo.log 8.3.2, Python 3.11
# Source:   run here; oslo_context/context.py, RequestContext.__init__ (update_store), to_dict and from_dict; the documentation
#           of oslo.context names overwrite in the list of the class's parameters only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.context==6.5.0 oslo.log==8.3.2

cat >consumer.py <<'PYTHON'
import io

from oslo_config import cfg
from oslo_context.context import RequestContext
from oslo_log import log

log.register_options(cfg.CONF)
log.setup(cfg.CONF, "consumer")
cfg.CONF.set_override("logging_context_format_string", "%(request_id)s %(user)s: %(message)s")
lines = io.StringIO()
handler = log.handlers.logging.StreamHandler(lines)
handler.setFormatter(log.formatters.ContextFormatter(config=cfg.CONF))
logger = log.getLogger("consumer")
logger.logger.handlers[:] = [handler]
logger.logger.propagate = False
logger.logger.setLevel("INFO")

sent = RequestContext(
    user_id="u1", user_name="ann", user_domain_name="Default", project_id="p1", project_name="shop", roles=["member"],
    service_user_id="glance", service_roles=["service"], request_id="req-of-ann", overwrite=False,
)  # fmt: skip
RequestContext(user_id="consumer", request_id="req-own")
for overwrite in (False, True):
    read = RequestContext.from_dict(sent.to_dict(), overwrite=overwrite)
    logger.info("cleaning up, overwrite=%s", overwrite)
print(lines.getvalue(), end="")
lost = {name: value for name, value in vars(sent).items() if getattr(read, name) != value}
print("lost:", *(f"{name}={value}" for name, value in sorted(lost.items())))
PYTHON
seen=$(venv/bin/python consumer.py)
echo "$seen"
expected="req-own consumer: cleaning up, overwrite=False
req-of-ann u1: cleaning up, overwrite=True
lost: project_name=shop service_roles=['service'] service_user_id=glance user_domain_name=Default user_name=ann"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
