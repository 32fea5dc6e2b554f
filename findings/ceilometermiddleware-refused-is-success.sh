#!/usr/bin/env bash
# Guess:    the notification objectstore.http.request that ceilometermiddleware sends of a request to Swift has "outcome":
#           "success" where Swift did what was asked, and "failure" where it answered 404, 403 or 503; pycadf has both, and reason
#           for the status.
# Really:   whatever Swift answers is a success. "failure" is said only where an exception came out of the proxy, which answers
#           its clients instead. The status stands nowhere. So storage.objects.incoming.bytes counts what was refused, and
#           storage.objects.outgoing.bytes the text of the error pages.
# Versions: ceilometermiddleware 3.13.0, oslo.messaging 18.3.1, pycadf 4.1.0, webob 1.8.11, Python 3.11
# Source:   run here with the driver test; ceilometermiddleware/swift.py, __call__ and emit_event; CADF (DSP0262), "outcome" and
#           "reason".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ceilometermiddleware==3.13.0 oslo.messaging==18.3.1 pycadf==4.1.0 webob==1.8.11

cat >asking.py <<'PYTHON'
from ceilometermiddleware.swift import Swift
from oslo_messaging.notify import _impl_test
from webob import Request, Response


def proxy(status, body):
    def answer(environment, start_response):
        environment["wsgi.input"].read()
        if status is None:
            raise OSError("no disk")
        return Response(body, status=status)(environment, start_response)

    return answer


for status, body in ((201, ""), (404, "no such container"), (403, "forbidden"), (503, "try again"), (None, "")):
    request = Request.blank("/v1/AUTH_p/images/a", method="PUT", body=b"12345", headers={"X-Project-Id": "p", "X-User-Id": "u"})
    try:
        request.get_response(Swift(proxy(status, body), {"driver": "test", "url": "fake://"}))
    except OSError:
        pass
    _, message, priority, _ = _impl_test.NOTIFICATIONS.pop()
    event = message["payload"]
    measured = {each["metric"]["name"]: each["result"] for each in event["measurements"]}
    print(f"{status}: {message['event_type']} {priority} {event['outcome']}, reason {event.get('reason')}, {measured}")
PYTHON
seen=$(venv/bin/python -W ignore asking.py 2>stderr)
echo "$seen"
expected="201: objectstore.http.request INFO success, reason None, {'storage.api.request': 1, 'storage.objects.incoming.bytes': 5}
404: objectstore.http.request INFO success, reason None, {'storage.api.request': 1, 'storage.objects.incoming.bytes': 5, 'storage.objects.outgoing.bytes': 17}
403: objectstore.http.request INFO success, reason None, {'storage.api.request': 1, 'storage.objects.incoming.bytes': 5, 'storage.objects.outgoing.bytes': 9}
503: objectstore.http.request INFO success, reason None, {'storage.api.request': 1, 'storage.objects.incoming.bytes': 5, 'storage.objects.outgoing.bytes': 9}
None: objectstore.http.request INFO failure, reason None, {'storage.api.request': 1, 'storage.objects.incoming.bytes': 5}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
