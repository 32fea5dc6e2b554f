"""Runs Ceilometer's own code over notifications: a program for an environment that has the package.

    python ceilometer_agent.py FOLDER < NOTIFICATIONS > OUTCOMES

FOLDER has event_definitions.yaml, meters.yaml and gnocchi_resources.yaml. A line of NOTIFICATIONS is [context,
envelope]; one of OUTCOMES says which traits and samples came out of it, or what was raised.
"""
# ruff: noqa: SLF001 - what is inside is what is tried

import json
import sys
from functools import cache
from pathlib import Path
from unittest.mock import Mock

import ply.yacc
from ceilometer import declarative, service
from ceilometer.event import converter
from ceilometer.meter import notifications
from ceilometer.pipeline.sample import SamplePipeline
from ceilometer.publisher import gnocchi
from stevedore import extension

# jsonpath-rw makes its parser, always the same, anew for each path: that took most of the time.
ply.yacc.yacc = cache(ply.yacc.yacc)


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
    publisher = publisher_of(resources)
    for line in sys.stdin:
        context, envelope = json.loads(line)
        sys.stdout.write(json.dumps(outcome(context, envelope, events, meters, publisher)) + "\n")


def outcome(context, envelope, events, meters, publisher):
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
        found["event"] = guarded(event_of, priority, message, events, publisher)
    if priority in ("info", "sample"):
        found["samples"] = guarded(samples_of, message, meters, publisher)
    return found


def guarded(function, *arguments):
    """Return what a function returns, or what it raises."""
    try:
        return function(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, the agent loses the message by it
        return {"raised": repr(error)[:200]}


def publisher_of(resources):
    """Return Gnocchi's publisher but for its client: there is no Gnocchi, so what it is told is only recorded."""
    made = gnocchi.GnocchiPublisher.__new__(gnocchi.GnocchiPublisher)
    made.resources_definition, made.archive_policies_definition = resources, []
    made.metric_map = {metric: one for one in resources for metric in one.metrics}
    made.enable_filter_project = False
    made.cache, made._already_configured_archive_policies = None, True
    made._already_logged_event_types, made._already_logged_metric_names = set(), set()
    return made


def event_of(priority, message, events, publisher):
    """Return the traits of the event, and the resources that it is about: whether each is known by its id."""
    event = events.to_event(priority, message)
    about = {
        one.cfg["resource_type"]: "id" in one.event_attributes(event)
        for one in publisher.resources_definition
        if one.event_match(event.event_type)
    }
    first = publisher._get_resource_definition_from_event(event.event_type)
    if first:
        about[first[0].cfg["resource_type"]] = is_published(publisher, event)
    return {"traits": sorted(trait.name for trait in event.traits), "resources": about}


def is_published(publisher, event):
    """Whether Gnocchi is told of an event, and of which resource."""
    publisher._gnocchi = Mock()
    publisher._gnocchi.resource.search.return_value = []
    try:
        publisher.publish_events([event])
    except KeyError:  # the publisher's own, for want of an id
        return False
    creates = publisher._gnocchi.resource.create.call_args_list
    return bool(publisher._gnocchi.resource.update.called or any("id" in call.args[1] for call in creates))


def samples_of(message, meters, publisher):
    """Return what the samples have, by the names of their meters."""
    return [
        {
            "name": sample.name,
            "has": has_volume(sample) + has_resource(sample, publisher),
            "metadata": sorted(sample.resource_metadata),
            "user_id": sample.user_id,
            "project_id": sample.project_id,
        }
        for sample in meters.build_sample(message)
    ]


def has_volume(sample):
    """Return whether the pipeline takes the volume for one, as a list.

    What float() does not even look at, such as a list, is put back in the queue for ever.
    """
    try:
        return ["volume"] if SamplePipeline._validate_volume(None, sample) else []
    except TypeError:
        return []


def has_resource(sample, publisher):
    """Return whether Gnocchi is told of the resource of a sample, as a list; of what it does not know it never is."""
    publisher._gnocchi = Mock()
    if sample.name not in publisher.metric_map:
        return ["resource_id"] if isinstance(sample.resource_id, str) else []
    try:
        publisher.publish_samples([sample])
    except AttributeError as error:
        if "replace" not in str(error):  # the publisher's own, for what is no text
            raise
        return []
    return ["resource_id"] if publisher._gnocchi.metric.batch_resources_metrics_measures.called else []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
