"""Runs Ceilometer's own code over notifications: a program for an environment that has the package.

    python ceilometer_agent.py FOLDER < NOTIFICATIONS > OUTCOMES

FOLDER has event_definitions.yaml, meters.yaml and gnocchi_resources.yaml. A line of NOTIFICATIONS is [context,
envelope]; one of OUTCOMES says which traits and samples came out of it, or what was raised.
"""

import json
import sys
from pathlib import Path

from ceilometer import declarative, service
from ceilometer.event import converter
from ceilometer.meter import notifications
from ceilometer.publisher import gnocchi
from stevedore import extension


def main(folder):
    """Answer each line."""
    conf = service.prepare_service(argv=[], config_files=[])
    conf.set_override("definitions_cfg_file", str(folder / "event_definitions.yaml"), group="event")
    conf.set_override("meter_definitions_dirs", [str(folder / "meters.d")], group="meter")
    plugins = extension.ExtensionManager(namespace="ceilometer.event.trait_plugin")
    events = converter.setup_events(conf, plugins)
    meters = notifications.ProcessMeterNotifications(conf, None)
    content = declarative.load_definitions(conf, {}, str(folder / "gnocchi_resources.yaml"))
    resources = [gnocchi.ResourcesDefinition(one, "low", None, plugins) for one in content["resources"]]
    for line in sys.stdin:
        context, envelope = json.loads(line)
        sys.stdout.write(json.dumps(outcome(context, envelope, events, meters, resources)) + "\n")


def outcome(context, envelope, events, meters, resources):
    """Return what comes of a message, as oslo.messaging's dispatcher hands it on."""
    message = {
        "ctxt": context,
        "publisher_id": envelope.get("publisher_id"),
        "event_type": envelope.get("event_type"),
        "payload": envelope.get("payload"),
        "metadata": {"message_id": envelope.get("message_id"), "timestamp": envelope.get("timestamp")},
    }
    priority = envelope.get("priority", "").lower()
    found = {}
    if priority in ("info", "error"):
        found["event"] = guarded(event_of, priority, message, events, resources)
    if priority in ("info", "sample"):
        found["samples"] = guarded(samples_of, message, meters)
    return found


def guarded(function, *arguments):
    """Return what a function returns, or what it raises."""
    try:
        return function(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, the agent loses the message by it
        return {"raised": repr(error)[:200]}


def event_of(priority, message, events, resources):
    """Return the traits of the event, and the resources that it is about: whether each is known by its id."""
    event = events.to_event(priority, message)
    about = {
        one.cfg["resource_type"]: "id" in one.event_attributes(event)
        for one in resources
        if one.event_match(event.event_type)
    }
    return {"traits": sorted(trait.name for trait in event.traits), "resources": about}


def samples_of(message, meters):
    """Return what the samples have, by the names of their meters."""
    return [
        {
            "name": sample.name,
            "has": [name for name in ("volume", "resource_id") if getattr(sample, name) is not None],
            "metadata": sorted(sample.resource_metadata),
            "user_id": sample.user_id,
            "project_id": sample.project_id,
        }
        for sample in meters.build_sample(message)
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
