#!/usr/bin/env bash
# Guess:    events that are valid in Bluesky's event model, the documents of experiments at synchrotrons, packed into a page with
#           event-model's own pack_event_page and unpacked again are the same events; what cannot stand in one page is refused.
# Really:   columns are filled by whoever has a value, and read from the top: where only the second event says filled: {"img":
#           False}, that its image is not loaded yet, the first one says so afterwards, and the second one does not. Of two files
#           of one resource, {"frame": 1} and {"roi": 2}, the first one is {"frame": 1, "roi": 2} and the second one {}. Events of
#           two streams all belong to the last one's. Each of the pages is valid, and nothing is raised. That a value has the type
#           which the descriptor names, a number, nobody looks at, neither when an event is composed nor in its schema.
# Versions: event-model 1.24.0, Python 3.11
# Source:   run here; event_model/__init__.py, pack_event_page (descriptor=event["descriptor"]), pack_datum_page,
#           _transpose_list_of_dicts (append) and _transpose_dict_of_lists (zip, strict=False); the schemas event.json (filled is
#           optional) and event_page.json of event-model.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check event-model==1.24.0

cat >pages.py <<'PYTHON'
import event_model

IMAGE = {"dtype": "array", "shape": [2], "source": "camera", "external": "FILESTORE:"}
KEYS = {"size": {"dtype": "number", "shape": [], "source": "camera"}, "img": IMAGE}
NOW = {"size": 1.0, "img": 1.0}


def valid(name, document):
    event_model.schema_validators[event_model.DocumentNames[name]].validate(document)
    return document


def told(name, before, page, after):
    print(f"{name}: {before} packed {page} unpacked {after}")


run = event_model.compose_run()
primary = run.compose_descriptor(name="primary", data_keys=KEYS)
first = primary.compose_event(data={"size": 1, "img": "file/1"}, timestamps=NOW)
second = primary.compose_event(data={"size": 2, "img": "file/2"}, timestamps=NOW, filled={"img": False})
events = [valid("event", event) for event in (first, second)]
page = valid("event_page", event_model.pack_event_page(*events))
again = list(event_model.unpack_event_page(page))
told("filled", [event["filled"] for event in events], page["filled"], [event["filled"] for event in again])

resource = run.compose_resource(spec="TIFF", root="/", resource_path="files", resource_kwargs={})
data = [valid("datum", resource.compose_datum(datum_kwargs=kwargs)) for kwargs in ({"frame": 1}, {"roi": 2})]
page = valid("datum_page", event_model.pack_datum_page(*data))
again = list(event_model.unpack_datum_page(page))
told("datum_kwargs", [datum["datum_kwargs"] for datum in data], page["datum_kwargs"], [datum["datum_kwargs"] for datum in again])

other = run.compose_descriptor(name="baseline", data_keys=KEYS)
third = valid("event", other.compose_event(data={"size": 3, "img": "file/3"}, timestamps=NOW))
page = valid("event_page", event_model.pack_event_page(first, third))
streams = {primary.descriptor_doc["uid"]: "primary", other.descriptor_doc["uid"]: "baseline"}
again = list(event_model.unpack_event_page(page))
told("stream", ["primary", "baseline"], streams[page["descriptor"]], [streams[event["descriptor"]] for event in again])

text = valid("event", primary.compose_event(data={"size": "big", "img": "file/4"}, timestamps=NOW))
print("size, a number:", repr(text["data"]["size"]), "is valid")
PYTHON
seen=$(venv/bin/python -W ignore pages.py)
echo "$seen"
expected="filled: [{}, {'img': False}] packed {'img': [False]} unpacked [{'img': False}, {}]
datum_kwargs: [{'frame': 1}, {'roi': 2}] packed {'frame': [1], 'roi': [2]} unpacked [{'frame': 1, 'roi': 2}, {}]
stream: ['primary', 'baseline'] packed baseline unpacked ['baseline', 'baseline']
size, a number: 'big' is valid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
