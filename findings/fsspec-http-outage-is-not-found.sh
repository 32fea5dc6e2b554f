#!/usr/bin/env bash
# Guess:    where an archive of recordings is read over HTTP with fsspec, FileNotFoundError and exists() == False mean that
#           the server said 404; a server that refuses, fails or is not there raises something else.
# Really:   open() raises FileNotFoundError for 401, 403, 500, 503 and for a port where nobody listens too, and exists() is
#           False for all of them; cat() says what happened. open() keeps it in __cause__ only: who takes "not found" for
#           "nothing was recorded that day" calls an outage all well.
# Versions: fsspec 2026.9.0, aiohttp 3.14.5, Python 3.11
# Source:   run here against a server of this machine; fsspec/implementations/http.py, HTTPFileSystem.info and _exists.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fsspec==2026.9.0 aiohttp==3.14.5

cat >archive.py <<'PYTHON'
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import fsspec


class Archive(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    def do_GET(self):
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def asked(ask):
    try:
        return ask()
    except Exception as error:
        return f"{type(error).__name__} of {type(error.__cause__).__name__}" if error.__cause__ else type(error).__name__


with socket.create_server(("127.0.0.1", 0)) as free:
    nobody = free.getsockname()[1]
server = ThreadingHTTPServer(("127.0.0.1", 0), Archive)
threading.Thread(target=server.serve_forever, daemon=True).start()
files = fsspec.filesystem("http")
for what, folder in (
    *((status, f"http://127.0.0.1:{server.server_port}/{status}") for status in (404, 401, 403, 500, 503)),
    ("nobody", f"http://127.0.0.1:{nobody}"),
):
    day = f"{folder}/day.jsonl"
    opened, read, exists = (asked(lambda: ask(day)) for ask in (files.open, files.cat, files.exists))
    print(f"{what}: open {opened}; cat {read}; exists {exists}")
PYTHON
seen=$(venv/bin/python -W ignore archive.py)
echo "$seen"
expected="404: open FileNotFoundError of ClientResponseError; cat FileNotFoundError; exists False
401: open FileNotFoundError of ClientResponseError; cat ClientResponseError; exists False
403: open FileNotFoundError of ClientResponseError; cat ClientResponseError; exists False
500: open FileNotFoundError of ClientResponseError; cat ClientResponseError; exists False
503: open FileNotFoundError of ClientResponseError; cat ClientResponseError; exists False
nobody: open FileNotFoundError of ClientConnectorError; cat ClientConnectorError of ConnectionRefusedError; exists False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
