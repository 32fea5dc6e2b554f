#!/usr/bin/env bash
# Guess:    a test that stops the clock with freezegun touches what tells the time, and nothing else; whether the suite
#           uses testcontainers elsewhere is none of its business.
# Really:   freezegun asks every loaded module for each name that dir() tells. testcontainers.core.config tells the names
#           of old settings, and gives one of them by connecting to the Docker engine: each process that stops its clock
#           asks the engine once, and where none answers a socket is left open. ignore=["testcontainers"]
#           of freeze_time ends it.
# Versions: freezegun 1.5.5, testcontainers 4.15.0, docker 7.2.0, Python 3.11
# Source:   run here; testcontainers/core/config.py, __dir__ and __getattr__; freezegun/api.py, _get_module_attributes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check freezegun==1.5.5 testcontainers==4.15.0 docker==7.2.0

cat >frozen.py <<'PYTHON'
import os
import socketserver
import threading
from http.server import BaseHTTPRequestHandler

asked = []


class Engine(BaseHTTPRequestHandler):
    """Answers as far as a Docker client asks when it is made: which version."""

    def do_GET(self):
        asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"Version": "28.0.0", "ApiVersion": "1.48", "MinAPIVersion": "1.24"}')

    def log_message(self, *_):
        pass

    def address_string(self):
        return "here"


server = socketserver.ThreadingUnixStreamServer("engine", Engine)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["DOCKER_HOST"] = f"unix://{os.path.abspath('engine')}"

import freezegun
import testcontainers.core.config

print("imported:", asked)
for ignored in (["testcontainers"], None):
    with freezegun.freeze_time("2026-01-01", ignore=ignored):
        print(f"stopped, ignoring {ignored}:", asked)
PYTHON
seen=$(venv/bin/python -W ignore frozen.py)
echo "$seen"
expected="imported: []
stopped, ignoring ['testcontainers']: []
stopped, ignoring None: ['/version']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
