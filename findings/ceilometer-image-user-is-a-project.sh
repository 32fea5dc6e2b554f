#!/usr/bin/env bash
# Guess:    user_id of the event that Ceilometer makes of Glance's image.create, image.update, image.upload or image.delete is a
#           user, the one who did it, or is missing where nobody knows; it has project_id for the project.
# Really:   both are the project: Ceilometer's own definition takes each from payload.owner, and an image is owned by a project. So
#           a search for the events of a user never finds what he did with an image, and what is billed or counted by user has
#           projects among the users. Who it was cannot be known from the notification, which Glance sends with an empty context;
#           of image.member.create, which no definition names, user_id and project_id are missing, as one would guess.
# Versions: ceilometer 27.0.0, glance 33.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here, notifications that Glance made and Ceilometer's own definitions;
#           ceilometer/pipeline/data/event_definitions.yaml, glance_crud (user_id: payload.owner); glance/notifier.py,
#           format_image_notification, and glance/context.py, RequestContext.owner, which returns project_id.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv images
images/bin/python -m pip install --quiet --disable-pip-version-check --no-compile glance==33.0.0 oslo.messaging==18.3.1
python3 -m venv events
events/bin/python -m pip install --quiet --disable-pip-version-check --no-compile ceilometer==27.0.0 oslo.messaging==18.3.1

cat >tell.py <<'PYTHON'
import datetime
import json
import pathlib

import oslo_messaging
from glance import context, domain, notifier
from oslo_config import cfg
from oslo_messaging.notify import _impl_test

CONF = cfg.CONF
CONF([], project="glance", default_config_files=[])
transport = oslo_messaging.get_notification_transport(CONF, "fake://")
notifier.get_transport = lambda: transport
CONF.set_override("driver", ["test"], "oslo_messaging_notifications")


class Repository:
    """The database: takes everything."""

    add = remove = lambda self, _: None
    save = lambda self, _, from_state=None: None


caller, told = context.RequestContext(user_id="alice", project_id="demo"), notifier.Notifier()
now = datetime.datetime(2026, 11, 30, 10)
image = domain.Image("a", "active", now, now, disk_format="raw", container_format="bare", owner=caller.owner)
member = domain.ImageMembership("a", "other", now, now, status="pending")
images = notifier.ImageRepoProxy(Repository(), caller, told)
members = notifier.ImageMemberRepoProxy(Repository(), image, caller, told)
image, member = notifier.ImageProxy(image, caller, told), notifier.ImageMemberProxy(member, caller, told)
images.add(image)
images.save(image)
members.add(member)
sent = [{"ctxt": ctxt, **message} for ctxt, message, _, _ in _impl_test.NOTIFICATIONS]
pathlib.Path("sent.json").write_text(json.dumps(sent, default=str))
PYTHON
cat >convert.py <<'PYTHON'
import json
import pathlib

from ceilometer import service
from ceilometer.event import converter

events = converter.setup_events(service.prepare_service(argv=[], config_files=[]), None)
for sent in json.loads(pathlib.Path("sent.json").read_text()):
    message = {**sent, "metadata": {"message_id": sent["message_id"], "timestamp": sent["timestamp"]}}
    traits = {trait.name: trait.value for trait in events.to_event("info", message).traits}
    said = ", ".join(f"{name} {traits.get(name, 'is missing')}" for name in ("user_id", "project_id"))
    print(f"{sent['event_type']}, of owner {sent['payload'].get('owner')}, context {sent['ctxt']}: {said}")
PYTHON
images/bin/python -W ignore tell.py 2>log
seen=$(events/bin/python -W ignore convert.py 2>>log)
echo "$seen"
expected='image.create, of owner demo, context {}: user_id demo, project_id demo
image.update, of owner demo, context {}: user_id demo, project_id demo
image.member.create, of owner None, context {}: user_id is missing, project_id is missing'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
