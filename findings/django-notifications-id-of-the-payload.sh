#!/usr/bin/env bash
# Guess:    what django-notifications is given beyond its own arguments lands in the notification's data, for every member of the
#           group that is told, as its guide says of arbitrary keyword arguments.
# Really:   what has the name of an attribute of the model is set on the model. A payload's id is the key of the row: of two
#           notifications about ticket 77 the second is written over the first, whoever that was for, and no data has the id. A
#           payload's data, which is set so as well, is then replaced by what is left. And each such member is taken out of the
#           arguments for the first recipient, so that of a group of three one is marked as told by mail.
# Versions: django-notifications-hq 1.8.3, Django 4.2.30, Python 3.11
# Source:   run here with SQLite in memory; notifications/base/models.py, notify_handler (hasattr and pop within the loop over the
#           recipients); django-notifications' README, "Generating Notifications" and "Extra data".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check Django==4.2.30 django-notifications-hq==1.8.3 swapper==1.5.0 jsonfield==3.2.0 setuptools==80.9.0

cat >telling.py <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "notifications"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DJANGO_NOTIFICATIONS_CONFIG={"USE_JSONFIELD": True},
    USE_TZ=True,
)
django.setup()
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from notifications.models import Notification  # noqa: E402
from notifications.signals import notify  # noqa: E402

call_command("migrate", verbosity=0)
users = [User.objects.create_user(name) for name in ("ann", "bob", "cid")]
group = Group.objects.create(name="operators")
group.user_set.add(*users)


def shown(title):
    print(title)
    for told in Notification.objects.order_by("recipient_id"):
        print(f"  {told.recipient}: {told.verb}, emailed {told.emailed}, data {told.data}")
    Notification.objects.all().delete()


notify.send(users[0], recipient=users[1], verb="ticket.create", number=77, size=5)
notify.send(users[0], recipient=users[2], verb="ticket.update", number=77)
shown("two of number 77")
notify.send(users[0], recipient=users[1], verb="ticket.create", id=77, size=5)
notify.send(users[0], recipient=users[2], verb="ticket.update", id=77)
shown("two of id 77")
notify.send(users[0], recipient=users[1], verb="ticket.create", data={"size": 5}, state="new")
shown("data")
notify.send(users[0], recipient=group, verb="ticket.create", emailed=True, size=5)
shown("a group")
PYTHON
seen=$(venv/bin/python -W ignore telling.py)
echo "$seen"
expected="two of number 77
  bob: ticket.create, emailed False, data {'number': 77, 'size': 5}
  cid: ticket.update, emailed False, data {'number': 77}
two of id 77
  cid: ticket.update, emailed False, data {}
data
  bob: ticket.create, emailed False, data {'state': 'new'}
a group
  ann: ticket.create, emailed True, data {'size': 5}
  bob: ticket.create, emailed False, data {'size': 5}
  cid: ticket.create, emailed False, data {'size': 5}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
