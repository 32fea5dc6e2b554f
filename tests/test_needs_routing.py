"""oslo.messaging's routing file as needs: what the real driver accepts is what they say."""

import pytest
import yaml

from notify_contracts._comparison.needs.reading import read_consumers
from notify_contracts.errors import SourceError

ROUTES = """
first:
  messaging: {accepted_events: ['image.*', compute.instance.exists], accepted_priorities: [INFO, 'err*']}
  log: {accepted_priorities: [warn]}
second:
  messaging: {accepted_events: ['task.[rs]*']}
  noop: {accepted_events: image.*}
"""
EVENTS = ("image.create", "image", "compute.instance.exists", "task.run", "task.failure", "Image.create")


def test_as_the_real_driver(tmp_path):
    """For each event type and priority the drivers that have a need are those that the real driver chooses."""
    file = tmp_path / "routing.yaml"
    file.write_text(ROUTES)
    consumers = read_consumers([str(file)])
    pytest.importorskip("oslo_messaging")
    from oslo_messaging.notify._impl_routing import RoutingDriver

    real = RoutingDriver.__new__(RoutingDriver)
    for event_type in EVENTS:
        for priority in ("audit", "debug", "info", "warn", "error", "critical", "sample"):
            chosen = {
                driver
                for group in yaml.safe_load(ROUTES).values()
                for driver in real._get_drivers_for_message(group, event_type, priority)  # noqa: SLF001
            }
            said = {one.name for one in consumers if any(one.needs_of(event_type, priority.upper()))}
            assert said == {f"driver {driver}" for driver in chosen}, (event_type, priority)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "a: {b: {accepted_events: [1]}}",
            "routing.yaml:1: expected accepted_events and accepted_priorities as lists",
        ),
        ("a: {b: {accepted_events: []}}", "routing.yaml:1: the group a accepts nothing for this driver"),
        ("a: {b: {accepted_priorities: [warning]}}", "routing.yaml:1: the group a accepts nothing for this driver"),
        ("a: {b: {accepted_events: ['*']}, c: 5}", "routing.yaml: expected rules of c as a mapping"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, content, said):
    """What the driver would fail on, or could never accept, is said with its line."""
    file = tmp_path / "routing.yaml"
    file.write_text(content)
    with pytest.raises(SourceError, match=said.replace("[", "\\[")):
        read_consumers([str(file)])
