#!/usr/bin/env bash
# Guess:    django-auditlog makes an entry of each save that changes a tracked field, and none of one that changes nothing; with
#           AUDITLOG_STORE_JSON_CHANGES the same entries hold values of JSON in place of texts.
# Really:   what counts as a change depends on the setting. By default two texts are compared, and that of null is "None": an owner
#           who is set to the name None, or from it to nobody, leaves no entry; who reads "None" in one cannot tell which; and 1.50
#           that is set to 1.5 is a change. With JSON, Python's values are compared, to whom true is 1: a flag within a JSONField
#           that goes from 1 to true, or back, leaves no entry, while the same day as a text, or 7 as "7", is a change, of
#           ["2026-01-01", "2026-01-01"]. A time has no T and no zone in either.
# Versions: django-auditlog 3.4.1, Django 5.2.19, Python 3.11
# Source:   run here; auditlog/diff.py: get_field_value (smart_str, unless changes are stored as JSON; to_python for times and JSON
#           alone) and model_instance_diff (old_value != new_value, and its docstring on use_json_for_changes); auditlog/conf.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check django-auditlog==3.4.1 Django==5.2.19

cat >audit.py <<'PYTHON'
import datetime
import json
import sys
from decimal import Decimal

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "auditlog"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    AUDITLOG_STORE_JSON_CHANGES=sys.argv[1] == "JSON",
)
django.setup()
from auditlog.models import LogEntry  # noqa: E402
from auditlog.registry import auditlog  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402


class Image(models.Model):
    owner = models.CharField(max_length=40, null=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    properties = models.JSONField(null=True)
    size = models.IntegerField(null=True)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        app_label = "images"


auditlog.register(Image)
call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    editor.create_model(Image)
CHANGES = [
    ("owner", "ann", None),
    ("owner", None, "None"),
    ("owner", "None", None),
    ("price", Decimal("1.50"), Decimal("1.5")),
    ("properties", {"boot": 1}, {"boot": True}),
    ("properties", {"boot": [True]}, {"boot": [1]}),
    ("properties", {"boot": 1}, {"boot": 2}),
    ("size", 7, "7"),
    ("day", datetime.date(2026, 1, 1), "2026-01-01"),
    ("at", None, datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)),
]
for field, before, after in CHANGES:
    image = Image.objects.get(pk=Image.objects.create(**{field: before}).pk)
    LogEntry.objects.all().delete()
    setattr(image, field, after)
    image.save()
    told = [json.dumps(entry.changes[field]) for entry in LogEntry.objects.all()]
    shown = [str(value) if isinstance(value, (datetime.date, Decimal)) else json.dumps(value) for value in (before, after)]
    print(f"{sys.argv[1]}: {field} {shown[0]} -> {shown[1]}: {told[0] if told else 'no entry'}")
PYTHON
seen=$(for mode in text JSON; do venv/bin/python -W ignore audit.py "$mode"; done)
echo "$seen"
expected='text: owner "ann" -> null: ["ann", "None"]
text: owner null -> "None": no entry
text: owner "None" -> null: no entry
text: price 1.50 -> 1.5: ["1.50", "1.5"]
text: properties {"boot": 1} -> {"boot": true}: ["{\"boot\": 1}", "{\"boot\": true}"]
text: properties {"boot": [true]} -> {"boot": [1]}: ["{\"boot\": [true]}", "{\"boot\": [1]}"]
text: properties {"boot": 1} -> {"boot": 2}: ["{\"boot\": 1}", "{\"boot\": 2}"]
text: size 7 -> "7": no entry
text: day 2026-01-01 -> "2026-01-01": no entry
text: at null -> 2026-01-01 00:00:00+00:00: ["None", "2026-01-01 00:00:00"]
JSON: owner "ann" -> null: ["ann", null]
JSON: owner null -> "None": [null, "None"]
JSON: owner "None" -> null: ["None", null]
JSON: price 1.50 -> 1.5: no entry
JSON: properties {"boot": 1} -> {"boot": true}: no entry
JSON: properties {"boot": [true]} -> {"boot": [1]}: no entry
JSON: properties {"boot": 1} -> {"boot": 2}: [{"boot": 1}, {"boot": 2}]
JSON: size 7 -> "7": [7, "7"]
JSON: day 2026-01-01 -> "2026-01-01": ["2026-01-01", "2026-01-01"]
JSON: at null -> 2026-01-01 00:00:00+00:00: [null, "2026-01-01 00:00:00"]'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
