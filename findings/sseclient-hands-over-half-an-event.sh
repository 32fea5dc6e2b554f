#!/usr/bin/env bash
# Guess:    of a stream of server-sent events that breaks off in the middle of an event a client hands over the events that came
#           whole: the empty line ends an event.
# Really:   sseclient-py hands over the rest as an event, too: a part of the data, which may be well-formed by itself, 12 of
#           12345, with the id and the event type that had come. Who connects anew behind the last id that was seen never gets
#           the whole of it. httpx-sse hands over what came whole.
# Versions: sseclient-py 1.9.0, httpx-sse 0.4.3, httpx 0.28.1, Python 3.11
# Source:   run here; WHATWG's HTML, 9.2.6, "Interpreting an event stream" (pending data is discarded at the end);
#           sseclient/__init__.py, SSEClient._read.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check sseclient-py==1.9.0 httpx-sse==0.4.3 httpx==0.28.1

cat >streams.py <<'PYTHON'
import httpx
import httpx_sse
import sseclient

WHOLE = b'id: 1\ndata: {"id": 1}\n\nid: 2\nevent: image.delete\ndata: 12345\n\n'
ENDS = (len(WHOLE), len(WHOLE) - 1, len(WHOLE) - 5, len(WHOLE) - 12)


def by_httpx(stream):
    def answer(_request):
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=stream)

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as client,
        httpx_sse.connect_sse(client, "GET", "http://localhost/") as source,
    ):
        return [(event.id, event.event, event.data) for event in source.iter_sse()]


for end in ENDS:
    stream = WHOLE[:end]
    ours = [(event.id, event.event, event.data) for event in sseclient.SSEClient([stream]).events()]
    print(f"ends with {stream[-7:]}: sseclient-py {ours[1:]}, httpx-sse {by_httpx(stream)[1:]}")
PYTHON
seen=$(venv/bin/python streams.py)
echo "$seen"
expected="ends with b'12345\\n\\n': sseclient-py [('2', 'image.delete', '12345')], httpx-sse [('2', 'image.delete', '12345')]
ends with b' 12345\\n': sseclient-py [('2', 'image.delete', '12345')], httpx-sse []
ends with b'ata: 12': sseclient-py [('2', 'image.delete', '12')], httpx-sse []
ends with b'elete\\nd': sseclient-py [], httpx-sse []"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
