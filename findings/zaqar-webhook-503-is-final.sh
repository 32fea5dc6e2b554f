#!/usr/bin/env bash
# Guess:    a subscriber by webhook that answers 503 to a message of Zaqar's is asked again, by the retry policy of its
#           subscription or of the queue, and a batch of messages is sent whole, whatever becomes of one of them.
# Really:   it is asked once: the code looks whether requests' response is true before it looks at its status, and requests'
#           responses to 4xx and 5xx are false, so no answer whatever is one to retry. Only a connection that breaks is tried
#           again; and then the messages behind that one in the batch are never sent. Of what was answered nothing is logged.
# Versions: zaqar 23.0.1, requests 2.34.2, Python 3.11
# Source:   run here against a server of this machine; zaqar/notification/tasks/webhook.py, WebhookTask.execute; Zaqar's guide to
#           the delivery policy of notifications; requests/models.py, Response.__bool__.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.log==8.3.2 oslo.serialization==5.11.0 requests==2.34.2
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps zaqar==23.0.1

cat >hooks.py <<'PYTHON'
import json
import logging
import sys
import sysconfig
import threading
import types
from http.server import BaseHTTPRequestHandler, HTTPServer

for name in ("zaqar", "zaqar.common"):  # without what they import to start the server, which a webhook has no need of
    sys.modules[name] = package = types.ModuleType(name)
    package.__path__ = [f"{sysconfig.get_path('purelib')}/{name.replace('.', '/')}"]
from zaqar.notification.tasks.webhook import WebhookTask  # noqa: E402

POLICY = {"retries_with_no_delay": 2, "minimum_delay_retries": 0, "maximum_delay_retries": 0}
logging.disable()


class Subscriber(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        asked.append(body)
        if answer == "breaks" and body == "second" and asked.count("second") == 1:
            return self.connection.close()
        self.send_response(answer if isinstance(answer, int) and body == "second" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Subscriber)
threading.Thread(target=server.serve_forever, daemon=True).start()
subscription = {
    "subscriber": f"http://127.0.0.1:{server.server_port}/",
    "source": "images",
    "options": {"_retry_policy": POLICY},
}
for answer in (200, 503, 500, 429, "breaks"):
    asked = []
    WebhookTask().execute(subscription, [{"body": body} for body in ("first", "second", "third")], queue_retry_policy={})
    print(f"{answer} to the second: {', '.join(asked)}")
server.shutdown()
PYTHON
seen=$(venv/bin/python hooks.py)
echo "$seen"
expected="200 to the second: first, second, third
503 to the second: first, second, third
500 to the second: first, second, third
429 to the second: first, second, third
breaks to the second: first, second, second"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
