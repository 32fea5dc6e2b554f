#!/usr/bin/env bash
# Guess:    who subscribes to a type of events of an OPC UA server with asyncua hears of its subtypes, too, for an event of a
#           subtype is one of the type; a type that the server gets later is no exception. Each event that the server triggers has
#           its own values.
# Really:   the types are counted once: subscribe_events() asks the server for all subtypes and has it filter by that list,
#           InList, instead of OfType. A type that is added afterwards, as when a model is loaded, is never heard, and nothing
#           tells of it. Only who subscribes to the base type hears it, without its fields, as those were listed at the time, too.
#           In a server of asyncua what an event leaves out is what the event before had, its message included; a property of the
#           model's own that is called Severity takes the place of OPC UA's; and LocalTime says that it is daylight saving time,
#           in UTC and in December.
# Versions: asyncua 2.1.0, Python 3.11
# Source:   run here, client and server on this machine; asyncua/common/events.py, where_clause_from_evtype (InList) and
#           browse_path_to_attribute_name; asyncua/server/event_generator.py, trigger (tm_isdst != -1); OPC UA, part 4, 7.22.3
#           (OfType may be used in the where clause of an event filter).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check asyncua==2.1.0

cat >events.py <<'PYTHON'
import asyncio
import datetime
import logging
import socket

from asyncua import Client, Server, ua

logging.disable(logging.CRITICAL)
WINTER = datetime.datetime(2026, 12, 1, 10, tzinfo=datetime.UTC)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    URL = f"opc.tcp://127.0.0.1:{free.getsockname()[1]}/"


class Listener:
    def __init__(self):
        self.events, self.end = [], asyncio.Event()

    def event_notification(self, event):
        self.events.append(event)
        if event.Message.Text == "end":
            self.end.set()


async def main():
    server = Server()
    await server.init()
    server.set_endpoint(URL)
    space = await server.register_namespace("urn:example:images")
    fields = [("image_id", ua.VariantType.String), ("Severity", ua.VariantType.String)]
    image = await server.create_custom_event_type(space, "ImageEvent", ua.ObjectIds.BaseEventType, fields)
    before = await server.create_custom_event_type(space, "ImageCreated", image.nodeid, [("size", ua.VariantType.Int64)])
    async with server, Client(URL) as client:
        listeners = {"images": Listener(), "all": Listener()}
        for name, listener in listeners.items():
            subscription = await client.create_subscription(50, listener)
            await (subscription.subscribe_events(evtypes=image.nodeid) if name == "images" else subscription.subscribe_events())
        after = await server.create_custom_event_type(space, "ImageDeleted", image.nodeid, [("size", ua.VariantType.Int64)])
        for kind, values, message in (
            (before, {"image_id": "a", "size": 3, "Severity": "high"}, "created"),
            (after, {"image_id": "b", "size": 4}, "deleted"),
            (image, {"image_id": "c"}, "changed"),
            (None, {}, None),
            (image, {}, "end"),
        ):
            generator = await server.get_event_generator(kind) if kind else generator
            for name, value in values.items():
                setattr(generator.event, name, value)
            await generator.trigger(time_attr=WINTER, message=message)
        for name, listener in listeners.items():
            await asyncio.wait_for(listener.end.wait(), 60)
            for event in listener.events:
                own = {field: getattr(event, field) for field in ("image_id", "size", "Severity") if hasattr(event, field)}
                print(f"{name}: {event.Message.Text} {own}")
        print("daylight saving time in December:", event.LocalTime.DaylightSavingInOffset, "offset", event.LocalTime.Offset)


asyncio.run(main())
PYTHON
seen=$(TZ=UTC timeout 120 venv/bin/python events.py 2>stderr)
echo "$seen"
expected="images: created {'image_id': 'a', 'Severity': 'high'}
images: changed {'image_id': 'c', 'Severity': None}
images: changed {'image_id': 'c', 'Severity': None}
images: end {'image_id': None, 'Severity': None}
all: created {'Severity': 'high'}
all: deleted {'Severity': None}
all: changed {'Severity': None}
all: changed {'Severity': None}
all: end {'Severity': None}
daylight saving time in December: True offset 0"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
