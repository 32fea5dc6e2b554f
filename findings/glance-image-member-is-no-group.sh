#!/usr/bin/env bash
# Guess:    disabled_notifications of Glance takes the groups that the option's help lists, image, image.member, task and those of
#           the metadata definitions: image.member keeps back what is told of an image's members, and image what is told of images.
# Really:   image.member keeps nothing back: the group of a notification is what stands before the first dot, so that of
#           image.member.create is image. Its three event types have to be named one by one. And image, which may be meant to leave
#           the members alone, takes them along: who was given access to an image, nobody hears. Nothing is said of a group that no
#           notification has.
# Versions: glance 33.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here with the driver test; glance/notifier.py: the help of disabled_notifications ("Currently supported groups"),
#           _get_notification_group (split at the first dot) and _is_notification_enabled.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile glance==33.0.0 oslo.messaging==18.3.1

cat >disabled.py <<'PYTHON'
import datetime

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

    def add(self, _):
        pass

    remove = save = lambda self, _, from_state=None: None


caller, told = context.RequestContext(user_id="u", project_id="p"), notifier.Notifier()
now = datetime.datetime(2026, 11, 30, 10)
image = domain.Image("a", "active", now, now, disk_format="raw", container_format="bare")
member = domain.ImageMembership("a", "other", now, now, status="pending")
images = notifier.ImageRepoProxy(Repository(), caller, told)
members = notifier.ImageMemberRepoProxy(Repository(), image, caller, told)
image, member = notifier.ImageProxy(image, caller, told), notifier.ImageMemberProxy(member, caller, told)
for disabled in ([], ["image.member"], ["image.member.create"], ["image"], ["no.such.group"]):
    CONF.set_override("disabled_notifications", disabled)
    images.add(image)
    members.add(member)
    members.save(member)
    members.remove(member)
    print(f"{', '.join(disabled) or 'nothing'}:", *(message["event_type"] for _, message, _, _ in _impl_test.NOTIFICATIONS))
    _impl_test.NOTIFICATIONS.clear()
PYTHON
seen=$(venv/bin/python -W ignore disabled.py 2>stderr)
echo "$seen"
expected="nothing: image.create image.member.create image.member.update image.member.delete
image.member: image.create image.member.create image.member.update image.member.delete
image.member.create: image.create image.member.update image.member.delete
image:
no.such.group: image.create image.member.create image.member.update image.member.delete"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
