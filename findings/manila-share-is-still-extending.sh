#!/usr/bin/env bash
# Guess:    share.create.end, share.extend.end and share.shrink.end of Manila, which it sends when the work is done, tell what the
#           share is then: its status is available; and where the work fails there is a notification that says so.
# Really:   the size is the new one and the status the old one: of a share that was made, extended or shrunk, and is available in
#           the database, the last word is that it is creating, extending or shrinking, for the status is taken from what was read
#           before the work began. None of them says available. Where the back end fails there is a start and nothing else: Manila
#           has no notification with the priority ERROR of a share, only of types of shares and of QoS.
# Versions: manila 23.0.1, oslo.messaging 18.3.1, SQLAlchemy 2.1.9, Python 3.11
# Source:   run here, Manila's own share manager and its own database in SQLite, with a back end that does nothing;
#           manila/share/manager.py, create_share_instance, extend_share and shrink_share (share_instance is read once), and
#           manila/share/utils.py, _usage_from_share (status of share_instance_ref, size of share_ref).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile manila==23.0.1 oslo.messaging==18.3.1 SQLAlchemy==2.1.9

cat >share.py <<'PYTHON'
import logging
import pathlib
from unittest import mock

import oslo_messaging
from oslo_config import cfg
from oslo_db import options
from oslo_messaging.notify import _impl_test

from manila import context, db, exception, rpc
from manila.common import config  # noqa: F401 its options are registered by importing it
from manila.db.sqlalchemy import api, models
from manila.share import manager

logging.disable(logging.CRITICAL)
CONF = cfg.CONF
CONF([], project="manila", default_config_files=[])
oslo_messaging.get_notification_transport(CONF, "fake://")
oslo_messaging.Notifier(oslo_messaging.get_notification_transport(CONF, "fake://"), "share", driver="noop", topics=["notifications"])
options.set_defaults(CONF)
CONF.set_override("connection", f"sqlite:///{pathlib.Path('manila.db').absolute()}", "database")
CONF.set_override("driver", ["test"], "oslo_messaging_notifications")
CONF.set_override("transport_url", "fake://")
rpc.init(CONF)
models.BASE.metadata.create_all(api.get_engine())

who = context.RequestContext("user", "project", is_admin=True)
with mock.patch("manila.quota.QUOTAS.commit"), mock.patch("manila.quota.QUOTAS.rollback"):
    kind = db.share_type_create(who, {"name": "default", "extra_specs": {"driver_handles_share_servers": "False"}})
    share = {"size": 1, "share_proto": "NFS", "user_id": "user", "project_id": "project", "status": "creating", "host": "h@b#p"}
    share = db.share_create(who, {**share, "share_type_id": kind["id"]})
    service = object.__new__(manager.ShareManager)
    service.db, service.hooks, service.host, service.availability_zone = db, [], "h@b", "nova"
    service.message_api, service.access_helper = mock.Mock(), mock.Mock()
    service.driver = mock.Mock(initialized=True, driver_handles_share_servers=False)
    service.driver.create_share.return_value = []
    service.driver.get_optional_share_creation_data.return_value = {}

    def told(does):
        status = db.share_get(who, share["id"])["status"]
        begun = len(_impl_test.NOTIFICATIONS)
        try:
            does()
        except exception.ShareExtendingError as error:
            print(type(error).__name__)
        for _, message, priority, _ in _impl_test.NOTIFICATIONS[begun:]:
            payload = message["payload"]
            print(f"{priority} {message['event_type']}: size {payload['size']}, {payload['status']}")
        print(f"the database: {status} before, then size {db.share_get(who, share['id'])['size']}, {db.share_get(who, share['id'])['status']}")

    told(lambda: service.create_share_instance(who, share.instance["id"]))
    db.share_update(who, share["id"], {"status": "extending"})
    told(lambda: service.extend_share(who, share["id"], 2, None))
    db.share_update(who, share["id"], {"status": "shrinking"})
    told(lambda: service.shrink_share(who, share["id"], 1))
    service.driver.extend_share.side_effect = RuntimeError("no space")
    db.share_update(who, share["id"], {"status": "extending"})
    told(lambda: service.extend_share(who, share["id"], 3, None))
PYTHON
seen=$(venv/bin/python -W ignore share.py 2>log)
echo "$seen"
expected='INFO share.create.start: size 1, creating
INFO share.create.end: size 1, creating
the database: creating before, then size 1, available
INFO share.extend.start: size 1, extending
INFO share.extend.end: size 2, extending
the database: extending before, then size 2, available
INFO share.shrink.start: size 2, shrinking
INFO share.shrink.end: size 1, shrinking
the database: shrinking before, then size 1, available
ShareExtendingError
INFO share.extend.start: size 1, extending
the database: extending before, then size 1, extending_error'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
