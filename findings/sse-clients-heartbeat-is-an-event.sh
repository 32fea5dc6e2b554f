#!/usr/bin/env bash
# Guess:    the comment that a server of server-sent events sends every few seconds, ": ping" and an empty line, so that the connection
#           stays, is no event to a client; nor is an id alone, by which it says how far the stream has come. Clients agree on the
#           data of an event.
# Really:   httpx-sse, on which much is built, passes over the comment until an event with an id has come: from then on each ping is
#           an event without data, whose json() raises, and so is an id alone. To sseclient a ping is one from the beginning, to
#           aiosseclient an id alone. requests-sse and aiohttp-sse-client2 hand over neither, and take away all spaces before the data
#           and all line feeds behind it, of which one space is the format's; and aiosseclient and sseclient end data at a form feed,
#           and lose the rest.
# Versions: httpx-sse 0.4.3, httpx 0.28.1, requests-sse 0.5.3, aiosseclient 0.1.8, aiohttp-sse-client2 0.3.0, aiohttp 3.14.5,
#           sseclient 0.0.27, Python 3.11
# Source:   run here; httpx_sse/_decoders.py, SSEDecoder.decode; aiosseclient.py and sseclient.py, Event.parse (splitlines);
#           aiohttp_sse_client2/client.py and requests_sse/client.py (lstrip, rstrip); WHATWG's HTML, 9.2.6 (where the data buffer is
#           empty nothing is dispatched; one leading space and one trailing line feed are removed).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check httpx-sse==0.4.3 httpx==0.28.1 requests-sse==0.5.3 \
  aiosseclient==0.1.8 aiohttp-sse-client2==0.3.0 aiohttp==3.14.5 sseclient==0.0.27

cat >clients.py <<'PYTHON'
import asyncio
import http.server
import threading

import aiosseclient
import httpx
import httpx_sse
import requests_sse
import sseclient
from aiohttp_sse_client2.client import EventSource

STREAM = (
    b": ping\n\n", b"data: plain\n\n", b": ping\n\n", b"id: 1\ndata: with an id\n\n", b": ping\n\n", b"id: 2\n\n",
    b"data:   indented\n\n", b"data: two\ndata:\n\n", b"data: page\x0cfeed\n\n", b"data: end\n\n",
)  # fmt: skip


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"".join(STREAM)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def show(client, events):
    print(client, *(repr(data) for data in events))


def until_end(events):
    for event in events:
        yield event.data
        if event.data == "end":
            return


async def until_end_of(events):
    seen = []
    async for event in events:
        seen.append(event.data)
        if event.data == "end":
            return seen


async def asynchronous():
    show("aiosseclient", await until_end_of(aiosseclient.aiosseclient(url)))
    async with EventSource(url) as events:
        show("aiohttp-sse-client2", await until_end_of(events))


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"
with httpx.Client() as client, httpx_sse.connect_sse(client, "GET", url) as events:
    show("httpx-sse", until_end(events.iter_sse()))
with requests_sse.EventSource(url) as events:
    show("requests-sse", until_end(events))
show("sseclient", until_end(sseclient.SSEClient(url)))
asyncio.run(asyncio.wait_for(asynchronous(), 30))
PYTHON
seen=$(NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 timeout 60 venv/bin/python clients.py 2>log)
echo "$seen"
expected="httpx-sse 'plain' 'with an id' '' '' '  indented' 'two\\n' 'page\\x0cfeed' 'end'
requests-sse 'plain' 'with an id' 'indented' 'two' 'page\\x0cfeed' 'end'
sseclient '' 'plain' '' 'with an id' '' '' '  indented' 'two\\n' 'page' 'end'
aiosseclient 'plain' 'with an id' '' '  indented' 'two\\n' 'page' 'end'
aiohttp-sse-client2 'plain' 'with an id' 'indented' 'two' 'page\\x0cfeed' 'end'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
