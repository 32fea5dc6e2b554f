"""Lifecycles: as data, linted; sequences made from them keep contracts, order, identity and time."""

import json
import re
from dataclasses import replace
from itertools import chain, islice

import pytest
from hypothesis import Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test

from notify_contracts._lint import lint
from notify_contracts._schema.documents import at, pointer_parts
from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import followed_lifecycles, lifecycles_of, load
from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.generate import check_transition, lifecycle_samples, lifecycles
from notify_contracts.generate.machine import LifecycleMachine
from notify_contracts.model import Notification
from tests.every_contract import each_catalog
from tests.telling import examples

FEW = settings(max_examples=examples(25), deadline=None, database=None, derandomize=True)


class Follower:
    """Follows resources by what the file says, on its own: every state that a resource may be in by now."""

    def __init__(self, catalog):
        self.catalog = catalog
        self.lifecycles = lifecycles_of(catalog)
        self.resources = {}
        self.last = ""
        self.ended = 0

    def follow(self, notification):
        """Require that a notification fits what came before."""
        assert self.catalog.check(notification).conforms
        time = notification["timestamp"].replace("T", " ").removesuffix("Z")
        assert time > self.last
        self.last = time
        lifecycle, ways = self._ways(notification)
        identity = tuple(self._named(ways[0][1], field, notification) for field in lifecycle.identity)
        states, kept = self.resources.get((lifecycle.name, identity), ({lifecycle.start}, {}))
        possible = [(state, way) for state, way in ways if state in states and self._has(way, notification)]
        assert possible, f"{notification['event_type']} in {states}"
        if all(state in lifecycle.ends and way.to not in lifecycle.ends for state, way in possible):
            kept = {}
        self.resources[lifecycle.name, identity] = {way.to for _, way in possible}, kept
        self.ended += all(way.to in lifecycle.ends for _, way in possible)
        way = possible[0][1]
        for field, pointer in way.fields.items():
            found = at(notification, pointer_parts(pointer))
            if field in lifecycle.now or field in way.begins:
                continue
            if field in way.changes | way.values.keys():
                kept[field] = found
            assert kept.setdefault(field, found) == found, field

    def _has(self, way, notification):
        return all(
            at(notification, pointer_parts(way.fields[field])) == value
            for field, value in way.values.items()
            if field in way.fields
        )

    def _named(self, way, field, notification):
        found = at(notification, pointer_parts(way.before.get(field, way.fields[field])))
        if field not in way.begins:
            return found
        before, _, after = way.begins[field][0].partition("{}")
        return found.removeprefix(before).partition(after)[0]

    def _ways(self, notification):
        key = notification["event_type"], notification["priority"]
        for lifecycle in self.lifecycles:
            ways = [(state, way) for state, ways in lifecycle.states.items() for way in ways if way[:2] == key]
            if ways:
                return lifecycle, ways
        raise AssertionError(key)


@each_catalog
def test_sampled(catalog_of, name):
    """The seeded generator tells of many lives, interleaved, some to their end; the same seed tells the same."""
    catalog, reference = (catalog_of(name, engine) for engine in ENGINES)
    telling = lifecycle_samples(catalog, seed=5)
    told = list(islice(telling, 600))
    follower = Follower(catalog)
    for notification in told:
        follower.follow(notification)
    assert all(reference.check(notification).conforms for notification in told[:100])
    assert len(follower.resources) > 20
    assert follower.ended > 10
    assert told[:50] == list(islice(lifecycle_samples(catalog, seed=5), 50))
    assert len({notification["message_id"] for notification in told}) == len(told)
    ways = {
        (way.event_type, way.priority) for one in follower.lifecycles for each in one.states.values() for way in each
    }
    for notification in chain(told, islice(telling, 3_000)):  # what is rare may take long to come
        ways.discard((notification["event_type"], notification["priority"]))
        if not ways:
            return
    assert ways == set()


@each_catalog
def test_drawn(catalog_of, name):
    """What hypothesis draws keeps contracts, order, identity and time, too; no health check complains."""
    catalog = catalog_of(name)
    lengths = set()

    @FEW
    @given(lifecycles(catalog, most=12))
    def follow(told):
        lengths.add(len(told))
        follower = Follower(catalog)
        for notification in told:
            follower.follow(notification)

    follow()
    assert max(lengths) > 4


@each_catalog
def test_machine(catalog_of, name):
    """A state machine derived from ours is told of lives, in every example from the beginning."""
    told = []

    class Machine(LifecycleMachine):
        catalog = catalog_of(name)

        def __init__(self):
            super().__init__()
            self.follower = Follower(self.catalog)

        def notified(self, notification):
            told.append(notification)
            self.follower.follow(notification)

    run_state_machine_as_test(Machine, settings=settings(FEW, max_examples=10, stateful_step_count=15))
    assert len(told) > 10


def test_machine_finds():
    """A consumer that takes an order for granted which is not promised is found out."""

    class Machine(LifecycleMachine):
        lifecycle = "task"

        def notified(self, notification):
            assert notification["event_type"] != "task.failure"

    found = settings(FEW, max_examples=300, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Machine, settings=found)


def test_selection(catalog_of):
    """A glob chooses lifecycles; one that means none is told which there are, and a catalog may state none."""
    catalog = catalog_of("glance-documented")
    assert {one["event_type"].partition(".")[0] for one in islice(lifecycle_samples(catalog, "t*"), 50)} == {"task"}
    with pytest.raises(UsageError, match='no lifecycle "tusk"; there are image, task'):
        lifecycle_samples(catalog, "tusk")


def test_none(parcels_copy):
    """A catalog without the file is a catalog without lifecycles."""
    (parcels_copy / "lifecycles.json").unlink()
    assert lifecycles_of(load(parcels_copy)) == ()
    assert list(lint(parcels_copy)) == []
    with pytest.raises(UsageError, match="parcels states no lifecycles"):
        lifecycle_samples(load(parcels_copy))


@pytest.mark.parametrize(
    "form",
    [
        "[0-9-]{10} [0-9:]{8}",
        "[0-9-]{10}T[0-9:]{8}[.][0-9]{6}",
        "[0-9-]{10}T[0-9:]{8}[.][0-9]{3}Z",
        "[0-9-]{10} [0-9:]{8},[0-9]{9}[+]00:00",
        "[0-9-]{10}T[0-9:]{8}[+-][0-9]{4}",
        "[0-9-]{10} [0-9:]{8}[.][0-9]{1,6}[+]00",
        "[0-9-]{10} [0-9:]{8} (?:UTC|[+]0000)",
    ],
)
def test_form_of_times(parcels_copy, form):
    """Times go on in the form that the contracts demand, whichever that is."""
    path = parcels_copy / "notification.json"
    content = json.loads(path.read_bytes())
    day, _, rest = form.partition("[0-9:]{8}")
    clock = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    day = day.replace("[0-9-]{10}", "20[0-9]{2}-0[1-9]-0[1-9]")
    content["properties"]["timestamp"] = {"title": "time", "type": "string", "pattern": f"^{day}{clock}{rest}$"}
    path.write_text(json.dumps(content))
    told = list(islice(lifecycle_samples(load(parcels_copy), seed=1), 40))
    assert all(re.fullmatch(form, one["timestamp"]) for one in told)


def test_no_times_and_no_ids(parcels_copy):
    """Notifications that tell neither a time nor an id of their own tell of lives all the same."""
    path = parcels_copy / "notification.json"
    content = json.loads(path.read_bytes())
    for name in ("message_id", "timestamp"):
        content["required"].remove(name)
        del content["properties"][name]
    path.write_text(json.dumps(content))
    told = list(islice(lifecycle_samples(load(parcels_copy), seed=1), 40))
    assert not any(one.keys() & {"message_id", "timestamp"} for one in told)
    assert all(load(parcels_copy).check(Notification(one)).conforms for one in told)


def _edited(folder, *place, value):
    path = folder / "lifecycles.json"
    content = json.loads(path.read_bytes())
    holder = content["parcel"]
    for part in place[:-1]:
        holder = holder[part]
    holder[place[-1]] = value
    path.write_text(json.dumps(content))
    return [(problem.file, problem.pointer.removeprefix("/parcel"), problem.message) for problem in lint(folder)]


@pytest.mark.parametrize(
    ("place", "value", "where", "said"),
    [
        (("identity",), "weight", "/fields/parcel", 'lacks "weight", the identity'),
        (("start",), "nowhere", "/start", '"nowhere" is no state'),
        (("now",), ["seen"], "/now/0", '"seen" is no field'),
        (("states", "at home", 0, "to"), "gone", "/states/at home/0/to", '"gone" is no state'),
        (("states", "at home", 0, "fields"), "box", "/states/at home/0/fields", '"box" is no form'),
        (("states", "at home", 0, "values"), {"x": 1}, "/states/at home/0/values/x", "is no field"),
        (("states", "at home", 0, "values"), {"grams": 1}, "/states/at home/0", "nothing was found that keeps it"),
        (("states", "at home", 0, "event_type"), "parcel.x", "/states/at home/0", "parcel.x"),
        (("states", "unseen"), [], "/states/unseen", "no transition leads there"),
        (("ends",), ["gone"], "/ends/0", '"gone" is no state'),
        (("rests",), ["gone"], "/rests/0", '"gone" is no state'),
        (("states", "late", 1, "to"), "late", "/states/late", "leads to no end"),
        (("states", "late", 1, "priority"), "WARN", "/states/late/1", 'cannot be told from the transition to "late"'),
        (("states", "late", 0, "fields"), "parcel", "/states/late/0/fields", "another form"),
        (("states", "late", 1, "changes"), ["x"], "/states/late/1/changes/0", "is no field"),
        (
            ("fields", "loss", "kind"),
            {"pointer": "/payload/kind", "before": "/payload/old"},
            "/fields/loss/kind",
            "only a field",
        ),
        (
            ("within",),
            {"lifecycle": "van", "by": "number", "ended_by": ["van.x"]},
            "/within/lifecycle",
            "no other lifecycle",
        ),
        (
            ("within",),
            {"lifecycle": "parcel", "by": "kind", "ended_by": ["van.x"]},
            "/within/by",
            "no field of the identity",
        ),
        (("sates",), {}, "/sates", "expected no property"),
        (
            ("fields", "parcel", "grams"),
            "/payload/gram",
            "/fields/parcel/grams",
            'leads to nothing in parcel.accepted-INFO; did you mean "grams"?',
        ),
        (
            ("fields", "loss", "number"),
            "/payload/number",
            "/fields/loss/number",
            "leads to no text or whole number in parcel.lost-WARN and 1 more",
        ),
        (("fields", "loss", "number"), "/payload/parcel", "/fields/loss/number", "leads to no text or whole number"),
        (
            ("fields", "loss", "number"),
            {"pointer": "/payload/parcel/number", "before": "/payload/parcel/old"},
            "/fields/loss/number/before",
            "leads to no text or whole number",
        ),
        (
            ("fields", "loss", "number"),
            {"pointer": "/payload/parcel/grams", "begins": ["parcel {} is"]},
            "/fields/loss/number/pointer",
            "leads to no text in",
        ),
        (("began",), ["grams"], "/fields/parcel/grams", "leads to no text in"),
    ],
)
def test_lint(parcels_copy, place, value, where, said):
    """What a file of lifecycles says of what is not there, or cannot be, is found at its place."""
    problems = _edited(parcels_copy, *place, value=value)
    assert any(pointer == where and said in message for _, pointer, message in problems), problems
    assert {file for file, *_ in problems} == {"lifecycles.json"}


@pytest.mark.parametrize("place", ["/payload/x-weight", "/payload/labels/de", "/payload/contents/0/contents/3/name"])
def test_open_places(parcels_copy, place):
    """A field may be where an object is open, in a map or in an array: whether it is there, notifications tell."""
    assert _edited(parcels_copy, "fields", "parcel", "grams", value=place) == []


def test_possible_transitions():
    """What no example proves possible is asked of all that keeps the contract; what nothing can have is an error."""
    catalog = load("glance-emitted")
    ways = [way for each in lifecycles_of(catalog) for some in each.states.values() for way in some if way.values]
    for way in ways[:: len(ways) // 3]:
        contract = catalog.contract(way.event_type, way.priority)
        assert check_transition(contract, way) is None
        assert check_transition(replace(contract, schema={"examples": [{"payload": 1}, {}]}), way) is None
        with pytest.raises(CatalogError, match="nothing was found that keeps it"):
            check_transition(contract, way._replace(values={field: ["no such value"] for field in way.values}))


FAULTY = {
    "no shape": (lambda _, __: {"parcel": {"states": []}}, "#/parcel"),
    "no object": (lambda _, __: [], "#: expected"),
    "a mistyped keyword": (lambda one, _: one.update(restz=one.pop("rests", [])), '"restz"'),
    "a state that rests": (lambda one, _: one.update(rests=["nowhere"]), '/rests/0: "nowhere" is no state'),
    "a start": (lambda one, _: one.update(start="nowhere"), '/start: "nowhere" is no state'),
    "a time": (
        lambda one, way: one.update(now=["grams"]) or way.update(values={"grams": 1}),
        "/values/grams: is the time of a notification by now or began",
    ),
    "a state to come": (lambda _, way: way.update(to="nowhere"), '/to: "nowhere" is no state'),
    "a form": (lambda _, way: way.update(fields="other"), '/fields: "other" is no form'),
    "a field": (lambda _, way: way.update(values={"other": 1}), "/values/other: is no field"),
    "an identity": (lambda one, _: one.update(identity="other"), 'lacks "other", the identity'),
    "a holder": (
        lambda one, _: one.update(within={"lifecycle": "other", "by": one["identity"], "ended_by": ["x"]}),
        '/within/lifecycle: "other" is no other lifecycle',
    ),
    "an event type": (lambda _, way: way.update(event_type="parcel.los"), 'found "parcel.los"'),
    "a place": (
        lambda one, _: one["fields"]["parcel"].update(grams="/payload/gram"),
        '/fields/parcel/grams: leads to nothing in parcel.accepted-INFO; did you mean "grams"?',
    ),
    "a priority": (lambda _, way: way.update(priority="WARNING"), 'found "WARNING"'),
}


@pytest.mark.parametrize("what", FAULTY)
def test_faulty(what, parcels_copy):
    """Whoever follows lives by a file without its shape, or naming what is not or cannot be there, is told where."""
    change, said = FAULTY[what]
    path = parcels_copy / "lifecycles.json"
    content = json.loads(path.read_bytes())
    one = next(iter(content.values()))
    changed = change(one, next(way for ways in one["states"].values() for way in ways))
    path.write_text(json.dumps(content if changed is None else changed))
    with pytest.raises(CatalogError) as raised:
        list(followed_lifecycles(load(parcels_copy)))
    assert said in str(raised.value)
    assert str(raised.value).endswith("; run catalog lint")


def test_faulty_when_asked(parcels_copy, run, made):
    """`check --lifecycles` with such a file ends with status 2, and without --lifecycles it is not read."""
    path = parcels_copy / "lifecycles.json"
    path.write_text(path.read_text().replace('"to":', '"too":'))
    source = made(json.dumps(load(parcels_copy).contracts[0].example()).encode())
    assert run("check", source, "--catalog", parcels_copy).status == 0
    ran = run("check", source, "--catalog", parcels_copy, "--lifecycles")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
