#!/usr/bin/env bash
# Guess:    a program that subscribes to a UPnP device's events with async-upnp-client, as Home Assistant does, knows all of its
#           variables: the first event has them all, and one that comes before the answer to the subscription is kept until then.
#           Events are numbered, so one that was lost is noticed.
# Really:   of the events that come before the answer the last one is kept: where the device tells of everything, and a moment
#           later of the one variable that changed, the others stay unknown, until each of them changes. SEQ, by which UPnP has
#           subscribers see that nothing was lost, is not looked at: with event 2 missing 3 is taken like any other, and the
#           variable that 2 told of stays what it was. What comes for a subscription that is over is kept, too, and answered with
#           200 OK.
# Versions: async-upnp-client 0.49.0, Python 3.11
# Source:   run here, without a network; async_upnp_client/event_handler.py, handle_notify (self._backlog[sid] = http_request) and
#           async_subscribe; UPnP Device Architecture 1.1, 4.1 (event key; the initial event message) and 4.3.2 (NOTIFY).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check async-upnp-client==0.49.0

cat >listen.py <<'PYTHON'
import asyncio

from async_upnp_client.client_factory import UpnpFactory
from async_upnp_client.const import HttpRequest, HttpResponse
from async_upnp_client.event_handler import UpnpEventHandler, UpnpNotifyServer

VARIABLES = ("Volume", "Mute", "Track")
DEVICE = """<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion><device>
<deviceType>urn:schemas-upnp-org:device:Player:1</deviceType><friendlyName>p</friendlyName><manufacturer>m</manufacturer>
<modelName>n</modelName><UDN>uuid:1</UDN><serviceList><service><serviceType>urn:schemas-upnp-org:service:Player:1</serviceType>
<serviceId>urn:upnp-org:serviceId:Player</serviceId><controlURL>/c</controlURL><eventSubURL>/e</eventSubURL><SCPDURL>/s</SCPDURL>
</service></serviceList></device></root>"""
SERVICE = '<scpd xmlns="urn:schemas-upnp-org:service-1-0"><serviceStateTable>{}</serviceStateTable></scpd>'.format(
    "".join(
        f'<stateVariable sendEvents="yes"><name>{name}</name><dataType>string</dataType></stateVariable>' for name in VARIABLES
    )
)


def event(number, **values):
    told = "".join(f"<e:property><{name}>{value}</{name}></e:property>" for name, value in values.items())
    headers = {"NT": "upnp:event", "NTS": "upnp:propchange", "SID": "uuid:sid", "SEQ": str(number)}
    body = f'<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">{told}</e:propertyset>'
    return HttpRequest("NOTIFY", "http://127.0.0.1/", headers, body)


class Device:
    """A device, and the handler that it tells."""

    def __init__(self, early):
        self.early = early
        self.handler = UpnpEventHandler(Here(), self)

    async def async_http_request(self, request):
        if request.method == "SUBSCRIBE":
            for each in self.early:
                await self.handler.handle_notify(each)
            return HttpResponse(200, {"sid": "uuid:sid", "timeout": "Second-300"}, "")
        if request.method == "UNSUBSCRIBE":
            return HttpResponse(200, {}, "")
        return HttpResponse(200, {}, SERVICE if request.url.endswith("/s") else DEVICE)


class Here(UpnpNotifyServer):
    callback_url = "http://127.0.0.1/"


async def subscribed(*early):
    device = Device(early)
    service = next(iter((await UpnpFactory(device).async_create_device("http://127.0.0.1/d")).services.values()))
    await device.handler.async_subscribe(service)
    return device.handler, service


def known(service):
    return {name: service.state_variable(name).value for name in VARIABLES}


async def main():
    everything = event(0, Volume="7", Mute="0", Track="a")
    print("one early event:", known((await subscribed(everything))[1]))
    handler, service = await subscribed(everything, event(1, Volume="8"))
    print("two early events:", known(service))
    await handler.handle_notify(event(3, Track="c"))
    print("2 is missing:", known(service))
    await handler.async_unsubscribe(service)
    print("no longer subscribed:", int(await handler.handle_notify(event(4, Track="d"))))


asyncio.run(main())
PYTHON
seen=$(venv/bin/python -W ignore listen.py)
echo "$seen"
expected="one early event: {'Volume': '7', 'Mute': '0', 'Track': 'a'}
two early events: {'Volume': '8', 'Mute': None, 'Track': None}
2 is missing: {'Volume': '8', 'Mute': None, 'Track': 'c'}
no longer subscribed: 200"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
