"""What Ceilometer's files are read as, beside what its own code makes of notifications: the two must be the same."""

import json
from pathlib import Path

import pytest

from notify_contracts._comparison.needs import held
from notify_contracts._comparison.needs.reading import read_consumers
from notify_contracts.capture import Recording
from notify_contracts.catalog import builtin_names, load
from notify_contracts.model import Notification
from tests.ceilometer_cases import ODD_DEFINITIONS, disagreements, folder_of, generated, invented, nested, outcomes
from tests.environments import environment
from tests.test_needs_ceilometer import METERS, RESOURCES

EXAMPLES = Path(__file__).parent.parent / "examples"

pytestmark = pytest.mark.exhaustive


def test_the_real_code_makes_what_is_predicted(tmp_path):
    """Which traits and samples come out, which are lost, and what raises is as Ceilometer 27.0.0 itself does it."""
    made = environment("ceilometer", "ceilometer==27.0.0")
    package = next(made.glob("lib/python*/site-packages/ceilometer"))
    names = (
        "pipeline/data/event_definitions.yaml",
        "data/meters.d/meters.yaml",
        "publisher/data/gnocchi_resources.yaml",
    )
    files = [Path(package, name) for name in names]
    (consumer,) = read_consumers(map(str, files))
    notifications = invented(consumer, 1000, 2)
    for catalog in map(load, builtin_names()):
        notifications += generated(catalog, 1000, 1)
        notifications += [Notification(dict(one)) for each in catalog.contracts for one in each.examples]
    for file in sorted(EXAMPLES.glob("glance-33*")):
        with Recording(str(file)) as recording:
            notifications += [one for one, _ in recording if isinstance(one, Notification)]
    said = outcomes(made / "bin" / "python", folder_of(files, tmp_path), notifications)
    (found,) = held([consumer], load("glance-emitted"))
    own = [one for one in found.answers if str(one.read).startswith("$.payload") and len(one.read.paths) == 1]
    taken_of_glance = [one for one in own if one.contract.priority == "INFO" and "resource " not in one.need.purpose]
    assert len(taken_of_glance) == 54
    assert ["absent" in one.reason for one in taken_of_glance].count(True) == 1
    compared, differing = disagreements(consumer, notifications, said)
    assert differing == []
    assert compared > 30_000  # of 3,000 generated ones, the examples and three recordings


def test_every_kind_of_path_leads_where_it_really_leads(tmp_path):
    """A path that is understood finds what Ceilometer finds with it, whatever stands there, and raises as it does."""
    made = environment("ceilometer", "ceilometer==27.0.0")
    odd = json.dumps(ODD_DEFINITIONS)
    contents = {"event_definitions.yaml": odd, "meters.yaml": METERS, "gnocchi_resources.yaml": RESOURCES}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    files = [tmp_path / name for name in contents]
    (consumer,) = read_consumers(map(str, files))
    notifications = list(nested(8000, 4))
    said = outcomes(made / "bin" / "python", folder_of(files, tmp_path / "agent"), notifications)
    compared, differing = disagreements(consumer, notifications, said)
    assert differing == []
    assert compared > 36_000  # of 8,000 payloads, a third of which Ceilometer loses
