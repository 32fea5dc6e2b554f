"""What loggers, brokers' tools and stores write around log lines and message bodies, each as a function of these."""

import base64
import bz2
import csv
import gzip
import html
import io
import json
import lzma
import pprint
import re
import zlib

_DELIVERY = {"exchange": "glance", "routing_key": "notifications.info"}
_PROPERTIES = {"delivery_mode": 2, "content_type": "application/json", "headers": {}}


def _lines(values):
    return "".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values)


def _base64(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def _quoted_once_more(body):
    """Return a body as many languages print a text: in quotation marks, with backslashes."""
    return json.dumps(body)


def _coloured(text):
    """Return JSON as jq colours it: each bracket, colon and key."""
    return re.sub(r'[{}\[\]]|"\w+"(?=:)|:(?= )', "\x1b[34;1m\\g<0>\x1b[0m", text)


def _got(body, **rest):
    facts = {
        "payload_bytes": len(body),
        "redelivered": True,
        **_DELIVERY,
        "message_count": 1,
        "properties": _PROPERTIES,
    }
    return facts | {"payload": body, "payload_encoding": "string"} | rest


def _copied(body):
    headers = {"exchange_name": "glance", "routing_keys": ["notifications.info"], "node": "rabbit@a1"}
    properties = {"headers": headers | {"properties": _PROPERTIES}}
    return _got(body, exchange="amq.rabbitmq.trace", routing_key="publish.glance", properties=properties)


def _traced(body):
    facts = {"timestamp": "2026-10-03 8:15:31:250", "type": "published", "node": "rabbit@a1", "connection": "<1.2.3>"}
    return facts | {
        "exchange": "glance",
        "queue": "none",
        "routed_queues": [],
        "routing_keys": ["notifications.info"],
        "properties": _PROPERTIES,
        "payload": _base64(body),
    }


def _traced_as_text(body):
    head = 'Node:         rabbit@a1\nExchange:     glance\nRouting keys: [<<"notifications.info">>]\n'
    return f"{'=' * 80}\n2026-10-03 8:15:31:250: Message published\n\n{head}Payload: \n{body}\n\n"


def _table(bodies):
    width = max(map(len, bodies))
    line = f"+--------------------+{'-' * (width + 2)}+"
    rows = [f"| notifications.info | {body:<{width}} |" for body in bodies]
    return _lines([line, f"|    routing_key     | {'payload':<{width}} |", line, *rows, line])


def _doubled(body):
    """Return a body as databases write text in lines of cells: with each backslash twice."""
    return body.replace("\\", "\\\\")


def _cell(text):
    return '"' + text.replace('"', '""') + '"'


def _ruby_on_lines(value, indent=4):
    """Return a hash as Logstash's rubydebug prints it."""
    if not isinstance(value, dict) or not value:
        return _ruby(value)
    members = (f"{'':{indent}}{json.dumps(name)} => {_ruby_on_lines(item, indent + 4)}" for name, item in value.items())
    return "{\n" + ",\n".join(members) + f"\n{'':{indent - 4}}}}"


def _javascript(value, indent=2):
    """Return a value as Node's console prints it."""
    if isinstance(value, dict) and value:
        members = (f"{'':{indent}}{name}: {_javascript(item, indent + 2)}" for name, item in value.items())
        return "{\n" + ",\n".join(members) + f"\n{'':{indent - 2}}}}"
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def _struct(value):
    """Return a value as Protocol Buffers write a `google.protobuf.Value` as JSON."""
    if isinstance(value, dict):
        return {"structValue": {"fields": {name: _struct(item) for name, item in value.items()}}}
    if isinstance(value, list):
        return {"listValue": {"values": [*map(_struct, value)]}}
    kinds = {bool: "boolValue", int: "numberValue", str: "stringValue"}
    return {"nullValue": None} if value is None else {kinds[type(value)]: value}


def _cells(bodies, **options):
    written = io.StringIO()
    csv.writer(written, **options).writerows(
        [["routing_key", "payload"], *(["notifications.info", body] for body in bodies)]
    )
    return written.getvalue()


def _stored(body):
    return json.loads(json.loads(body)["oslo.message"])


def _bare(bodies):
    return map(_stored, bodies)


CAPTURES = {
    "rabbitmqadmin get": lambda bodies: json.dumps([_got(body) for body in bodies]),
    "rabbitmqadmin get, one each": lambda bodies: _lines([_got(body)] for body in bodies),
    "rabbitmqadmin get, indented": lambda bodies: json.dumps([_got(body) for body in bodies], indent=1),
    "rabbitmqadmin get, base64": lambda bodies: json.dumps(
        [_got(_base64(body), payload_encoding="base64") for body in bodies]
    ),
    "rabbitmqadmin get, as a table": _table,
    "rabbitmqadmin get, as keys and values": lambda bodies: _lines(
        f'routing_key="notifications.info" exchange="glance" payload="{body}"' for body in bodies
    ),
    "rabbitmqadmin get, long": lambda bodies: _lines(
        f"{'-' * 80}\n     exchange: glance\n      payload: {body}" for body in bodies
    ),
    "tab-separated": lambda bodies: _lines(f"notifications.info\tglance\t{body}" for body in bodies),
    "a traced exchange, JSON": lambda bodies: _lines(map(_traced, bodies)),
    "the firehose": lambda bodies: json.dumps([_copied(body) for body in bodies]),
    "a traced exchange, text": lambda bodies: "".join(map(_traced_as_text, bodies)),
    "elasticdump": lambda bodies: _lines({"_index": "n", "_id": "1", "_source": body} for body in _bare(bodies)),
    "a search engine's answer": lambda bodies: json.dumps(
        {"took": 3, "hits": {"total": 2, "hits": [{"_source": body} for body in _bare(bodies)]}}
    ),
    "a bulk request": lambda bodies: _lines(
        each for body in _bare(bodies) for each in ({"index": {"_index": "n", "_id": "1"}}, body)
    ),
    "logstash": lambda bodies: _lines(
        body
        | {
            "@timestamp": "2026-10-03T08:15:31Z",
            "@version": "1",
            "tags": ["x"],
            "event": {"original": json.dumps(body)},
        }
        for body in _bare(bodies)
    ),
    "mongoexport": lambda bodies: _lines({"_id": {"$oid": "5f" * 12}} | body for body in _bare(bodies)),
    "kcat -J": lambda bodies: _lines(
        {"topic": "notifications.info", "partition": 0, "ts": 1, "key": None, "payload": body} for body in bodies
    ),
    "Kafka's console consumer": lambda bodies: _lines(f"CreateTime:1696320931250\tnull\t{body}" for body in bodies),
    "Kafka Connect": lambda bodies: _lines({"schema": None, "payload": body} for body in _bare(bodies)),
    "Kafka REST": lambda bodies: json.dumps(
        [{"topic": "t", "key": None, "value": _base64(body), "offset": 1} for body in bodies]
    ),
    "SQS": lambda bodies: json.dumps(
        {"Messages": [{"MessageId": "1", "ReceiptHandle": "x", "Body": body} for body in bodies]}
    ),
    "SNS in SQS": lambda bodies: json.dumps(
        {
            "Records": [
                {"messageId": "1", "body": json.dumps({"Type": "Notification", "Message": body})} for body in bodies
            ]
        }
    ),
    "Pub/Sub": lambda bodies: json.dumps(
        [{"ackId": "a", "message": {"data": _base64(body), "messageId": "1", "publishTime": "t"}} for body in bodies]
    ),
    "Pub/Sub, named as an envelope": lambda bodies: _lines(
        {"message_id": "1", "timestamp": "t", "priority": 0, "payload": body} for body in bodies
    ),
    "CloudEvents": lambda bodies: _lines(
        {"specversion": "1.0", "id": "1", "type": "x", "source": "y", "data": body} for body in _bare(bodies)
    ),
    "CloudEvents, base64": lambda bodies: _lines(
        {"specversion": "1.0", "id": "1", "type": "x", "data_base64": _base64(body)} for body in bodies
    ),
    "Event Hubs": lambda bodies: _lines({"SequenceNumber": 1, "Offset": "0", "Body": _base64(body)} for body in bodies),
    "Service Bus": lambda bodies: json.dumps(
        [{"body": json.loads(body), "messageId": "1", "enqueuedTimeUtc": "t"} for body in bodies]
    ),
    "kombu": lambda bodies: _lines(
        {
            "body": _base64(body),
            "content-type": "application/json",
            "headers": {},
            "properties": {"body_encoding": "base64", "delivery_info": _DELIVERY, "priority": 0},
        }
        for body in bodies
    ),
    "amqplib": lambda bodies: _lines(
        {
            "fields": {"exchange": "glance", "routingKey": "notifications.info"},
            "properties": _PROPERTIES,
            "content": {"type": "Buffer", "data": list(body.encode())},
        }
        for body in bodies
    ),
    "zaqar": lambda bodies: json.dumps(
        {"messages": [{"body": body, "age": 1, "ttl": 300, "href": "/v2/q"} for body in _bare(bodies)], "links": []}
    ),
    "a request, recorded": lambda bodies: json.dumps(
        {"log": {"entries": [{"request": {"method": "POST", "postData": {"text": body}}} for body in bodies]}}
    ),
    "requests, logged": lambda bodies: _lines(
        {"method": "POST", "path": "/hook", "status": 204, "body": body} for body in bodies
    ),
    "nginx": lambda bodies: _lines(
        f'192.0.2.7 - - "POST /hook HTTP/1.1" 204 "{body.translate(_NGINX)}"' for body in bodies
    ),
    "Redis": lambda bodies: _lines(
        f'1696320931.2 [0 192.0.2.7:6379] "LPUSH" "q" {_quoted_once_more(body)}' for body in bodies
    ),
    "printed by Python, bytes": lambda bodies: _lines(f" [x] Received {body.encode()!r}" for body in bodies),
    "printed by Python, text": lambda bodies: _lines(f" [x] Received {body!r}" for body in bodies),
    "printed by Python, a dict": lambda bodies: _lines(f"got {body!r}" for body in _bare(bodies)),
    "printed by Python, a list": lambda bodies: f"{[*_bare(bodies)]}\n",
    "printed by Python, a list, prettily": lambda bodies: f"{pprint.pformat([*_bare(bodies)])}\n",
    "printed by Logstash": lambda bodies: _lines(
        _ruby_on_lines(body | {"@version": "1", "@timestamp": "T"}).replace('"T"', "2026-10-03T08:15:31.250Z")
        for body in _bare(bodies)
    ),
    "printed by Node": lambda bodies: _lines(_javascript(body) for body in _bare(bodies)),
    "printed by Node, an array": lambda bodies: (
        "[\n  " + ",\n  ".join(_javascript(body, 4) for body in _bare(bodies)) + "\n]\n"
    ),
    "printed by Node, a text": lambda bodies: _lines(
        f"{{ body: '{body}' }}" for body in map(json.dumps, _bare(bodies))
    ),
    "printed by Python, prettily": lambda bodies: _lines(f"got:\n{pprint.pformat(body)}" for body in _bare(bodies)),
    "printed by Python, prettily and nothing else": lambda bodies: _lines(
        pprint.pformat(body) for body in _bare(bodies)
    ),
    "printed by pika": lambda bodies: _lines(
        f"<Basic.Deliver(['exchange=glance', 'routing_key=notifications.info'])> <BasicProperties> {body.encode()!r}"
        for body in bodies
    ),
    "printed by Ruby": lambda bodies: _lines(f" [x] Received {_quoted_once_more(body)}" for body in bodies),
    "printed by Ruby, a hash": lambda bodies: _lines(f" [x] {_ruby(body)}" for body in _bare(bodies)),
    "printed by Java": lambda bodies: _lines(f" [x] Received '{body}'" for body in bodies),
    "printed by Go": lambda bodies: _lines(f"2026/10/03 08:15:31 Received a message: {body}" for body in bodies),
    "printed by Go, quoted": lambda bodies: _lines(
        f"time=08:15:31 level=info body={_quoted_once_more(body)}" for body in bodies
    ),
    "printed by PHP": lambda bodies: _lines(f'string({len(body)}) "{body}"' for body in bodies),
    "printed indented": lambda bodies: _lines(f"received\n{json.dumps(body, indent=4)}" for body in _bare(bodies)),
    "printed indented behind text": lambda bodies: _lines(
        f"received {json.dumps(body, indent=2)}" for body in _bare(bodies)
    ),
    "printed in colours": lambda bodies: _lines(_coloured(json.dumps(body)) for body in _bare(bodies)),
    "printed in colours, indented": lambda bodies: _lines(
        _coloured(json.dumps(body, indent=2)) for body in _bare(bodies)
    ),
    "printed in colours, within records": lambda bodies: _lines(
        {"message": f"got {_coloured(json.dumps(body))}"} for body in _bare(bodies)
    ),
    "base64 behind text, within records": lambda bodies: _lines(
        {"message": "got", "url": f"data:application/json;base64,{_base64(body)}"} for body in bodies
    ),
    "encoded twice": lambda bodies: _lines(map(json.dumps, bodies)),
    "encoded three times": lambda bodies: _lines(json.dumps(json.dumps(body)) for body in bodies),
    "base64, a line each": lambda bodies: _lines(map(_base64, bodies)),
    "compressed and base64": lambda bodies: _lines({"data": _base64(gzip.compress(body.encode()))} for body in bodies),
    "compressed by kombu and base64": lambda bodies: _lines(
        {"body": _base64(zlib.compress(body.encode())), "headers": {"compression": "application/x-gzip"}}
        for body in bodies
    ),
    "compressed otherwise and base64": lambda bodies: _lines(
        {"data": _base64(pack(body.encode()))} for pack, body in zip((bz2.compress, lzma.compress), bodies, strict=True)
    ),
    "compressed and base64 behind text": lambda bodies: _lines(
        ["begin", *(f"got {_base64(zlib.compress(body.encode()))}." for body in bodies)]
    ),
    "cells of a table": _cells,
    "in cells, behind text": lambda bodies: _lines(
        ["time,message", *(f"08:15:31,{_cell(f'got {body}.')}" for body in bodies)]
    ),
    "cells in which backslashes are doubled": lambda bodies: _lines(
        ["COPY q (id, body) FROM stdin;", *(f"7\t{_doubled(body)}\tt" for body in bodies), "\\."]
    ),
    "cells in which backslashes are doubled, and nothing else": lambda bodies: _lines(map(_doubled, bodies)),
    "cells, separated by semicolons": lambda bodies: _cells(bodies, delimiter=";", quoting=csv.QUOTE_ALL),
    "rows of a database": lambda bodies: _lines(
        "INSERT INTO q VALUES (1, '" + body.replace("\\", "\\\\").replace('"', '\\"') + "');" for body in bodies
    ),
    "elements of XML, with references": lambda bodies: _lines(
        ["<messages>", *(f"<m>{html.escape(body)}</m>" for body in bodies), "</messages>"]
    ),
    "a page": lambda bodies: f"<pre>{html.escape(json.dumps([*_bare(bodies)], indent=1))}</pre>\n",
    "attributes of XML": lambda bodies: _lines(
        ["<messages>", *(f'<m body="{html.escape(body)}"/>' for body in bodies), "</messages>"]
    ),
    "separated by NUL": lambda bodies: "".join(f"{body}\0" for body in bodies),
    "items without their array": lambda bodies: ",\n".join(json.dumps(body, indent=2) for body in _bare(bodies)),
    "arrays, each with a mark of its own": lambda bodies: "".join(
        f"\ufeff{json.dumps([body], indent=1)}\n" for body in _bare(bodies)
    ),
    "pairs, indented": lambda bodies: "".join(
        f"{json.dumps(['notifications.info', body], indent=2)}\n" for body in _bare(bodies)
    ),
    "CouchDB": lambda bodies: json.dumps(
        {"rows": [{"id": "a", "doc": {"_id": "a", "_rev": "1-9"} | body} for body in _bare(bodies)]}
    ),
    "Cosmos DB": lambda bodies: json.dumps(
        [body | {"id": "a", "_rid": "b==", "_self": "dbs/b", "_etag": '"0"', "_ts": 1} for body in _bare(bodies)]
    ),
    "RavenDB": lambda bodies: json.dumps({"Results": [body | {"@metadata": {"@id": "a"}} for body in _bare(bodies)]}),
    "Elastic Agent": lambda bodies: _lines(
        body | {"@timestamp": "t", "data_stream": {"type": "logs"}, "elastic_agent": {"id": "a"}}
        for body in _bare(bodies)
    ),
    "Vector, from AMQP": lambda bodies: _lines(
        body | {"source_type": "amqp", "exchange": "glance", "routing": "notifications.info", "offset": 1}
        for body in _bare(bodies)
    ),
    "found by a search, highlighted": lambda bodies: json.dumps(
        {
            "hits": [
                {"_source": {"message": body}, "highlight": {"message": [body.replace("image", "<em>image</em>")]}}
                for body in bodies
            ]
        }
    ),
    "google.protobuf.Struct": lambda bodies: _lines(_struct(body)["structValue"] for body in _bare(bodies)),
    "an endpoint's arguments and its method": lambda bodies: _lines(
        {"priority": body["priority"].lower(), "ctxt": {}, "publisher_id": body["publisher_id"]}
        | {name: body[name] for name in ("event_type", "payload")}
        | {"metadata": {name: body[name] for name in ("message_id", "timestamp")}}
        for body in _bare(bodies)
    ),
    "elements of XML": lambda bodies: _lines(["<messages>", *(f"<m>{body}</m>" for body in bodies), "</messages>"]),
}
_LONG = 100
_NGINX = {ord('"'): "\\x22", ord("\\"): "\\x5C"}


def _ruby(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}=>{_ruby(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_ruby, value)) + "]"
    return "nil" if value is None else json.dumps(value)


def _docker(line, end="\n"):
    return {"log": line + end, "stream": "stderr", "time": "2026-10-03T08:15:31.25Z"}


def _halves(line):
    middle = len(line) // 2
    return line[:middle], line[middle:]


def _parts(lines, first, last):
    whole = ([last(line)] if len(line) < _LONG else [first(_halves(line)[0]), last(_halves(line)[1])] for line in lines)
    return _lines(each for parts in whole for each in parts)


def _journal(line, **rest):
    return {
        "__REALTIME_TIMESTAMP": "1",
        "PRIORITY": "6",
        "_PID": "7",
        "SYSLOG_IDENTIFIER": "glance-api",
        "MESSAGE": line,
    } | rest


LOGS = {
    "Docker": lambda lines: _lines(map(_docker, lines)),
    "Docker, in parts": lambda lines: _parts(lines, lambda part: _docker(part, ""), _docker),
    "Docker around a structured log": lambda lines: _lines(
        _docker(json.dumps({"message": line, "level": "INFO"})) for line in lines
    ),
    "CRI": lambda lines: _lines(f"2026-10-03T08:15:31.25Z stderr F {line}" for line in lines),
    "CRI, in parts": lambda lines: _parts(
        lines,
        lambda part: f"2026-10-03T08:15:31.25Z stderr P {part}",
        lambda part: f"2026-10-03T08:15:31.25Z stderr F {part}",
    ),
    "CRI around a structured log, in parts": lambda lines: _parts(
        [json.dumps({"msg": line}) for line in lines],
        lambda part: f"2026-10-03T08:15:31.25Z stdout P {part}",
        lambda part: f"2026-10-03T08:15:31.25Z stdout F {part}",
    ),
    "journald": lambda lines: _lines(map(_journal, lines)),
    "journald, bytes": lambda lines: _lines(_journal(list(line.encode() + b"\x1b[0m")) for line in lines),
    "journald, Docker's parts": lambda lines: _parts(
        lines, lambda part: _journal(part, CONTAINER_PARTIAL_MESSAGE="true"), _journal
    ),
    "journald, lines that are too long for it": lambda lines: _parts(
        lines,
        lambda part: _journal(part, _STREAM_ID="a", _LINE_BREAK="line-max"),
        lambda part: _journal(part, _STREAM_ID="a"),
    ),
    "a table": lambda lines: _lines(f'"Oct 3, 2026",{_cell(line)}' for line in lines),
    "Splunk, XML": lambda lines: _lines(f"<field k='_raw'><v>{html.escape(line)}</v></field>" for line in lines),
    "VictoriaLogs": lambda lines: _lines({"_time": "t", "_stream": "{}", "_msg": line} for line in lines),
    "Fluent Bit": lambda lines: _lines(
        {"date": 1.5, "log": line, "kubernetes": {"pod_name": "glance-0"}} for line in lines
    ),
    "Fluent Bit, a container's parts": lambda lines: _parts(
        lines,
        lambda part: {"time": "t", "stream": "stdout", "_p": "P", "log": part},
        lambda part: {"time": "t", "stream": "stdout", "_p": "F", "log": part},
    ),
    "Fluent Bit's output": lambda lines: _lines(
        f"[{number}] kube.glance: [[1696320931.25, {{}}], {_ruby({'log': line, 'stream': 'stdout'})}]"
        for number, line in enumerate(lines)
    ),
    "Fluentd's file": lambda lines: _lines(
        f"2026-10-03T08:15:31+00:00\tglance.api\t{json.dumps({'message': line})}" for line in lines
    ),
    "Fluentd, Docker's parts": lambda lines: _parts(
        lines,
        lambda part: {
            "container_id": "a",
            "log": part,
            "partial_message": "true",
            "partial_id": "1",
            "partial_last": "false",
        },
        lambda part: {
            "container_id": "a",
            "log": part,
            "partial_message": "true",
            "partial_id": "1",
            "partial_last": "true",
        },
    ),
    "Google": lambda lines: json.dumps(
        [{"insertId": "a", "logName": "projects/x", "severity": "INFO", "textPayload": line} for line in lines],
        indent=2,
    ),
    "Google, structured": lambda lines: _lines(
        {"insertId": "a", "jsonPayload": {"message": line, "pid": 7}} for line in lines
    ),
    "CloudWatch": lambda lines: _lines({"timestamp": 1, "ingestionTime": 2, "message": line} for line in lines),
    "Azure": lambda lines: _lines(
        {"time": "t", "category": "ContainerLogV2", "properties": {"LogMessage": line}} for line in lines
    ),
    "Datadog": lambda lines: _lines(
        {"id": "A", "content": {"timestamp": "t", "message": line, "tags": []}} for line in lines
    ),
    "Loki": lambda lines: _lines({"labels": {"app": "glance"}, "line": line, "timestamp": "t"} for line in lines),
    "GELF": lambda lines: _lines(
        {"version": "1.1", "host": "a1", "short_message": line[:200], "full_message": line, "level": 6}
        for line in lines
    ),
    "Vector": lambda lines: _lines(
        {"file": "/x.log", "host": "a1", "message": line, "source_type": "file", "timestamp": "t"} for line in lines
    ),
    "Filebeat": lambda lines: _lines(
        {
            "@timestamp": "t",
            "@metadata": {"beat": "filebeat"},
            "message": line,
            "log": {"offset": 0},
            "event": {"original": line},
        }
        for line in lines
    ),
    "Filebeat, stored": lambda lines: _lines(
        {"_index": "f", "_source": {"@timestamp": "t", "message": line}} for line in lines
    ),
    "Splunk": lambda lines: _lines(
        {"preview": False, "offset": 1, "result": {"_raw": line, "_time": "t"}} for line in lines
    ),
    "OpenTelemetry": lambda lines: _lines(
        {"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "1", "body": {"stringValue": line}}]}]}]}
        for line in lines
    ),
    "structlog": lambda lines: _lines({"event": line, "level": "info", "timestamp": "t"} for line in lines),
    "syslog, structured": lambda lines: _lines(
        {"HOST": "a1", "PROGRAM": "glance-api", "MESSAGE": line} for line in lines
    ),
    "stern": lambda lines: _lines(f"glance-0 api {line}" for line in lines),
    "stern, structured": lambda lines: _lines(
        {"message": line, "namespace": "n", "podName": "glance-0"} for line in lines
    ),
    "docker compose": lambda lines: _lines(f"glance-1  | {line}" for line in lines),
    "kubectl --timestamps": lambda lines: _lines(f"2026-10-03T08:15:31.25Z {line}" for line in lines),
    "syslog, RFC 3164": lambda lines: _lines(f"<134>Oct  3 08:15:31 a1 glance-api[7]: {line}" for line in lines),
    "syslog, RFC 5424": lambda lines: _lines(
        f'<134>1 2026-10-03T08:15:31.25Z a1 glance-api 7 - [meta sequenceId="1"] \ufeff{line}' for line in lines
    ),
    "logfmt": lambda lines: _lines(f"time=08:15:31 level=info msg={json.dumps(line)}" for line in lines),
    "colours": lambda lines: _lines(f"\x1b[00;32m{line}\x1b[00m" for line in lines),
}
