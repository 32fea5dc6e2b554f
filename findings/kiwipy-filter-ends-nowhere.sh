#!/usr/bin/env bash
# Guess:    a BroadcastFilter of kiwipy, the message bus of AiiDA, with subject="image.create" hands on the broadcasts of that
#           subject, and with a sender, too, those of that sender; "*" is a wildcard, everything else stands for itself.
# Really:   a filter is held against the beginning of a subject: image.created, image.create.failed and image.create_many pass as
#           well. Only the dot is taken for itself: the other letters are a regular expression, so "image[0]" matches image0, and
#           not itself. A broadcast without a subject passes every filter of subjects, and one without a sender every filter of
#           senders. A number as a filter is compared, as it is.
# Versions: kiwipy 0.9.0, Python 3.11
# Source:   run here without a broker; kiwipy/filters.py, BroadcastFilter._ensure_filter (re.compile(…).match, after replacing "."
#           and "*") and is_filtered (subject is not None).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check kiwipy==0.9.0

cat >filters.py <<'PYTHON'
import kiwipy

HEARD = []


def listener(communicator, body, sender, subject, correlation_id):
    HEARD.append(subject)


def passed(subjects, sender="images", subject=None, of=None):
    broadcast = kiwipy.BroadcastFilter(listener, subject=subject, sender=of)
    for told in subjects:
        broadcast(None, {}, sender=sender, subject=told)
    heard = ", ".join(str(told) for told in HEARD) or "nothing"
    HEARD.clear()
    return heard


SUBJECTS = ["image.create", "image.created", "image.create.failed", "image.create_many", "an image.create", "image-create", None]
print("image.create:", passed(SUBJECTS, subject="image.create"))
print("image.*.end:", passed(["image.create.end", "image.create.ended", "image.a.b.end", "image.end"], subject="image.*.end"))
print("image[0]:", passed(["image[0]", "image0"], subject="image[0]"))
print("7:", passed([7, 77, "7"], subject=7))
for sender in ("images", "images-of-another", "volumes", None):
    print(f"a filter of images, from {sender}:", passed(["image.create"], sender, of="images"))
PYTHON
seen=$(venv/bin/python filters.py)
echo "$seen"
expected='image.create: image.create, image.created, image.create.failed, image.create_many, None
image.*.end: image.create.end, image.create.ended, image.a.b.end
image[0]: image0
7: 7
a filter of images, from images: image.create
a filter of images, from images-of-another: image.create
a filter of images, from volumes: nothing
a filter of images, from None: image.create'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
