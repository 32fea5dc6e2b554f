"""Two catalogs compared: what breaks, in which direction, shown by a notification, and which version is honest."""

import json

import pytest

from notify_contracts._comparison import Direction, Kind, State, compare
from notify_contracts._comparison.statements import without_words
from notify_contracts._report.comparison import COMPARISON_FORMATS, Compared, formatted_comparison, witness_files
from notify_contracts.catalog import Catalog, load
from notify_contracts.errors import UsageError
from tests.comparing import ACCEPTED, PARCEL, changed, difference, of_kind, parcels, told, words

NEW, OLD = "new-sends", "old-sent"


def test_the_same():
    """A catalog and itself differ in nothing, which is proved for each contract in both directions."""
    catalog = parcels()
    found = compare(catalog, load(catalog.root))
    assert (found.findings, found.undecided, found.reworded) == ((), (), ())
    assert {state for states in found.states.values() for state in states.values()} == {State.PROVED}
    assert len(found.states) == len(catalog.contracts)
    assert (found.version.level, found.version.is_honest) == ("none", True)


def test_wider(tmp_path):
    """What NEW allows besides breaks consumers of OLD only, and costs the second number."""
    found = difference(tmp_path, {PARCEL: of_kind("crate")})
    assert told(found) == [(NEW, "rule", "/payload/kind", "enum")]
    assert (found.findings[0].was, found.findings[0].now) == (
        '"letter", "packet", "pallet"',
        '"letter", "packet", "pallet", "crate"',
    )
    assert (found.version.least, found.version.is_honest) == ("0.4.0", False)
    assert found.states["parcel.accepted-INFO"] == {NEW: State.BREAKING, OLD: State.PROVED}


def test_narrower(tmp_path):
    """What OLD allowed besides breaks consumers of NEW only, and costs the first number."""
    found = difference(tmp_path, {PARCEL: of_kind("crate")}, back=True)
    assert told(found) == [(OLD, "rule", "/payload/kind", "enum")]
    assert found.version.least == "1.0.0"


def test_witnesses_are_refused_by_the_other_side_alone(tmp_path):
    """A witness keeps the contract of the side that sends it, and breaks that of the other where the finding says."""

    def change(content):
        content["required"].append("due")
        content["properties"]["grams"]["maximum"] = 20000
        content["properties"]["colour"] = {"type": "string"}

    root = changed(tmp_path, {PARCEL: change})
    old, new = parcels(), load(root)
    found = compare(old, new)
    assert {(one.direction.value, one.keyword) for one in found.findings} == {
        (OLD, "required"), (OLD, "maximum"), (NEW, "additionalProperties"),
    }  # fmt: skip
    for one in found.findings:
        sender, hearer = (new, old) if one.direction is Direction.NEW_SENDS else (old, new)
        assert sender.check(one.witness.notification).conforms
        violations = hearer.check(one.witness.notification).violations
        assert [(each.pointer, each.keyword) for each in violations] == [(one.place, one.keyword)]


def test_a_shared_payload_is_told_once(tmp_path):
    """A change in a file that several contracts share is one finding, with all of them and all its places."""
    found = difference(tmp_path, {PARCEL: of_kind("crate")})
    (one,) = found.findings
    assert one.places == ("/payload/kind", "/payload/parcel/kind")
    assert set(one.contracts) == {"parcel.accepted-INFO", "parcel.lost-WARN", "parcel.lost-ERROR"}
    assert PARCEL in one.stated


def test_what_always_holds_and_a_branch(tmp_path):
    """Where both what always holds and a branch change at one place, each break is told in its own words."""

    def change(content):
        content["properties"]["grams"]["minimum"] = 7
        content["if"] = {"properties": {"kind": {"const": "letter"}}}
        content["then"] = {"properties": {"grams": {"maximum": 500}}}

    found = difference(tmp_path, {PARCEL: change})
    told_of = {one.keyword: (one.was, one.now) for one in found.findings if one.direction.value == OLD}
    assert told_of["minimum"][1] == "at least 7"
    assert told_of["maximum"] == ("anything", '{"maximum":500}')


def test_the_envelope_is_told_once(tmp_path):
    """A change of the envelope is one finding, not one for each contract."""

    def change(content):
        content["properties"]["publisher_id"]["maxLength"] = 40

    found = difference(tmp_path, {"notification.json": change})
    assert told(found) == [(OLD, "rule", "/publisher_id", "maxLength")]
    assert found.findings[0].everywhere


def test_what_chooses_the_contract(tmp_path):
    """A contract whose schema lets the priority be missing breaks whoever reads it, whatever tool judges by it."""
    found = difference(tmp_path, {"notification.json": lambda content: content["required"].remove("priority")})
    assert told(found) == [(NEW, "rule", "/priority", "required")]


def test_a_renamed_field(tmp_path):
    """A field that only bears another name is told as renamed, in both directions."""

    def change(content):
        content["properties"]["tracking_number"] = content["properties"].pop("number")
        content["required"][0] = "tracking_number"

    found = difference(tmp_path, {PARCEL: change})
    assert {(one.kind, one.was, one.now) for one in found.findings} == {(Kind.RENAMED, "number", "tracking_number")}
    assert [one.direction for one in found.findings] == [Direction.NEW_SENDS, Direction.OLD_SENT]


def test_another_field_is_no_renamed_one(tmp_path):
    """What came and allows something else than what went is not the same field by another name."""

    def change(content):
        del content["properties"]["due"]
        content["properties"]["owed"] = {"type": "integer"}

    found = difference(tmp_path, {PARCEL: change})
    assert {one.kind for one in found.findings} == {Kind.RULE}
    assert {one.place for one in found.findings} == {"/payload/due", "/payload/owed"}


def _renamed(root, old, new):
    path = root / "events" / f"{old}.json"
    text = path.read_text("utf-8").replace(old, new)
    path.unlink()
    (root / "events" / f"{new}.json").write_text(text, "utf-8")


def test_a_renamed_event_type(tmp_path):
    """An event type whose contracts only bear another name is told as renamed, with an example of each side."""
    root = changed(tmp_path, {})
    _renamed(root, "parcel.lost", "parcel.missing")
    found = compare(parcels(), load(root))
    assert told(found)[:2] == [
        (OLD, "renamed-event-type", "parcel.lost", "unknown-event"),
        (NEW, "renamed-event-type", "parcel.lost", "unknown-event"),
    ]
    assert {one.change for one in found.findings[:2]} == {"parcel.lost → parcel.missing"}


def test_what_came_and_went(tmp_path):
    """An event type, and a priority, that only one side has breaks the other side alone."""
    root = changed(tmp_path, {"events/parcel.lost.json": lambda content: _without(content, "WARN")})
    (root / "events" / "locker_door.stuck.json").unlink()
    found = compare(parcels(), load(root))
    assert told(found)[:2] == [
        (OLD, "event-type", "locker_door.stuck", "unknown-event"),
        (OLD, "priority", "WARN", "no-contract"),
    ]
    assert found.states["parcel.lost-WARN"] == {NEW: State.ABSENT, OLD: State.BREAKING}
    back = compare(load(root), parcels())
    assert {one.direction for one in back.findings if one.kind is not Kind.LIFECYCLE} == {Direction.NEW_SENDS}
    assert back.version.level == ("second" if all(one.direction.value == NEW for one in back.findings) else "first")


def _without(content, priority):
    del content["$defs"][priority]
    content["oneOf"] = [{"$ref": f"#/$defs/{name}"} for name in content["$defs"]]


@pytest.mark.parametrize(
    ("key", "value"), [("exchange", "post"), ("topic", "news"), ("routing_key", "v1.{topic}.{priority}")]
)
def test_where_it_is_sent(tmp_path, key, value):
    """Another exchange, topic or routing key breaks both sides, each shown by what the other refuses."""
    found = difference(tmp_path, {"catalog.json": lambda content: content["transport"].update({key: value})})
    keyword = key.replace("_", "-")
    assert told(found) == [(side, "transport", keyword, keyword) for side in (NEW, OLD)]
    assert all(one.witness.delivery is not None for one in found.findings)


def test_one_more_exchange(tmp_path):
    """An exchange that came beside the old one breaks consumers of OLD alone."""
    both = {"exchange": ["parcels", "post"]}
    found = difference(tmp_path, {"catalog.json": lambda content: content["transport"].update(both)})
    assert told(found) == [(NEW, "transport", "exchange", "exchange")]


def _unheard(content):
    life = next(iter(content.values()))
    for ways in life["states"].values():
        ways[:] = [way for way in ways if (way["event_type"], way["priority"]) != ("parcel.lost", "WARN")]


def test_another_order(tmp_path):
    """An order that only one lifecycle has is told with its steps; fields that are bound otherwise are told, too."""
    found = difference(tmp_path, {"lifecycles.json": _unheard})
    last = {one.direction.value: one.witness.steps[-1] for one in found.findings if one.keyword == "order"}
    # What NEW does not follow it may send anywhere, and with OLD's it comes to what is nowhere in its life.
    assert last == {OLD: "parcel.lost ERROR", NEW: "parcel.lost WARN"}


def test_what_was_never_sent_has_no_order(tmp_path):
    """A notification that is new breaks nobody who hears OLD by having a place in a life; one that was sent does."""

    def fields(root):
        return {one.direction.value for one in compare(load(root), parcels()).findings if one.keyword == "fields"}

    sent = changed(tmp_path, {"lifecycles.json": _unheard}, "sent")
    lost = {"events/parcel.lost.json": lambda content: _without(content, "WARN")}
    assert fields(sent) == {OLD}
    assert fields(changed(tmp_path, {"lifecycles.json": _unheard, **lost}, "unsent")) == set()


def test_a_lifecycle_of_what_was_never_sent(tmp_path):
    """A lifecycle that came or went is a break for what the other side sends, and none where it sends nothing of it."""

    def directions(*files):
        other = changed(tmp_path, {}, f"without{len(files)}")
        for file in files:
            (other / file).unlink()
        pairs = (load(other), parcels()), (parcels(), load(other))
        found = [[one for one in compare(*pair).findings if one.kind is Kind.LIFECYCLE] for pair in pairs]
        return [[one.direction.value for one in each] for each in found]

    assert directions("lifecycles.json") == [[OLD], [NEW]]
    steps = "events/parcel.accepted.json", "events/parcel.lost.json"
    assert directions("lifecycles.json", *steps) == [[], []]


VALUES = [
    (lambda one: {"values": {"kind": one}}, 'kind "packet"'),
    (lambda one: {"changes": ["kind"]} if one == "packet" else {}, "another kind"),
]


@pytest.mark.parametrize(("given", "said"), VALUES)
def test_the_same_order_with_other_values(tmp_path, given, said):
    """Where two lifecycles know the same orders, and not with the same values or changes, such an order is told."""

    def change(here, there):
        def changed(content):
            states = next(iter(content.values()))["states"]
            states["on its way"][0].update(given(here))
            states["late"][0].update(given(there))

        return changed

    one, other = (changed(tmp_path / name, {"lifecycles.json": change(*kinds)}) for name, kinds in
                  (("one", ("letter", "packet")), ("other", ("packet", "letter"))))  # fmt: skip
    found = [each for each in compare(load(one), load(other)).findings if each.kind is Kind.LIFECYCLE]
    assert {each.direction.value for each in found} == {OLD, NEW}
    assert {each.keyword for each in found} == {"order"}
    assert any(said in each.witness.steps[-1] for each in found)
    assert compare(load(one), load(one)).findings == ()


@pytest.mark.parametrize(
    ("change", "keyword"),
    [
        (lambda life: life.update(rests=[life["start"]]), "order"),
        (lambda life: life["states"][life["start"]][0].update(changes=["kind"]), "fields"),
    ],
)
def test_other_lifecycles(tmp_path, change, keyword):
    """Where a life may rest, and what its notifications say of fields, is compared, too."""
    found = difference(tmp_path, {"lifecycles.json": lambda content: change(next(iter(content.values())))})
    assert {one.keyword for one in found.findings} == {keyword}


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        (["depot"], ["ship"], True),
        ({"at": "depot"}, {"at": "ship"}, True),
        ("password=abc", "password=xyz", True),
        ("a" * 400, "a" * 399 + "b", True),
        (1, 1.0, False),
        ({"at": [1, 2]}, {"at": [1.0, 2]}, False),
    ],
    ids=["arrays", "objects", "secrets", "long texts", "numbers", "numbers in arrays"],
)
def test_values_that_read_the_same(tmp_path, one, other, is_told):
    """Values of a step are compared as JSON values, not as they are shown, which is never whole and without secrets."""
    sides = [
        load(changed(tmp_path / name, {"lifecycles.json": lambda content, value=value: _give(content, value)}))
        for name, value in (("one", one), ("other", other))
    ]
    for pair in (sides, sides[::-1]):
        found = [each for each in compare(*pair).findings if each.kind is Kind.LIFECYCLE]
        assert bool(found) == is_told
        assert not any(word in repr(found) for word in ("abc", "xyz"))
        assert all(each.was != each.now for each in found if "a" * 400 not in (one, other))


def test_steps_that_one_side_does_not_follow(tmp_path):
    """What a lifecycle does not follow may come anywhere: whoever sends it may break one that does, and not else."""

    def short(content, *more):
        states = content["parcel"]["states"]
        late, *_, lost = states.pop("late")
        states["on its way"] = [lost, *({**late, "to": "on its way"} for _ in more)]

    def longer(content):
        short(content, "late")

    one, other = (load(changed(tmp_path, {"lifecycles.json": each}, each.__name__)) for each in (short, longer))
    for pair, direction in (((one, other), OLD), ((other, one), NEW)):
        found = [each for each in compare(*pair).findings if each.kind is Kind.LIFECYCLE]
        assert {each.direction.value for each in found} == {direction}
        (order,) = (each for each in found if each.keyword == "order")
        assert order.witness.steps == ("parcel.lost WARN",)


def _give(content, value):
    content["parcel"]["states"]["at home"][0]["values"] = {"kind": value}


def test_only_words(tmp_path):
    """What changed only in words breaks nothing, is listed apart, and costs the third number."""
    found = difference(tmp_path, {PARCEL: words, ACCEPTED: words})
    assert (found.findings, found.undecided) == ((), ())
    assert [(one.file, one.what) for one in found.reworded] == [(ACCEPTED, "only words"), (PARCEL, "only words")]
    assert found.version.least == "0.3.2"


def test_words_are_where_a_schema_has_them():
    """A member of a constant, or a name of a property, that is called as what is said to people is no words."""
    rule = {"const": {"title": "a"}, "dependentSchemas": {"title": {"type": "object"}}, "required": ["description"]}
    assert without_words({**rule, "title": "b", "$comment": "c"}) == rule


def test_the_same_stated_otherwise(tmp_path):
    """A rule that is written in another way and allows the same is compatible, and said to be stated otherwise."""

    def change(content):
        content["properties"]["kind"]["enum"].reverse()

    found = difference(tmp_path, {PARCEL: change})
    assert found.findings == ()
    assert [one.what for one in found.reworded] == ["stated otherwise"]


@pytest.mark.parametrize(("version", "honest"), [("0.3.9", False), ("0.4.0", True), ("1.0.0", True), ("0.2.0", False)])
def test_the_version(tmp_path, version, honest):
    """A version is honest from the least one on that the findings ask for."""
    found = difference(
        tmp_path, {PARCEL: of_kind("crate"), "catalog.json": lambda content: content.update(version=version)}
    )
    assert found.version.is_honest is honest


def test_two_catalogs_have_two_versions(catalog_of):
    """Versions of catalogs with different ids are not compared; what they disagree about is all found, and shown."""
    found = compare(catalog_of("glance-documented"), catalog_of("glance-emitted"))
    assert (found.version.least, found.version.is_honest, found.undecided) == (None, True, ())
    by = {(one.place, contract) for one in found.findings for contract in one.contracts}
    for known in (
        ("/payload", "image.delete-INFO"),
        ("/payload/task_id", "task.run-INFO"),
        ("/payload/owner_id", "image.send-INFO"),
        ("/payload/destination_ip", "image.send-INFO"),
        ("WARN", "image.create-WARN"),
    ):
        assert known in by
    assert all(one.witness for one in found.findings if one.kind is not Kind.LIFECYCLE)
    sentences = [(one.direction, one.place, one.keyword, one.change) for one in found.findings]
    assert len(set(sentences)) == len(sentences)  # what several files state alike is told once


def test_nothing_in_common(tmp_path, catalog_of):
    """Catalogs of two services, and one without contracts, are not compared: that would be a green about nothing."""
    with pytest.raises(UsageError, match=r"nothing was compared.*no contract in common"):
        compare(catalog_of("glance-emitted"), parcels())
    root = changed(tmp_path, {})
    for path in (root / "events").iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="NEW, parcels, has no contract"):
        compare(parcels(), Catalog(root))


def test_huge_enumerations(tmp_path):
    """Of enumerations of thousands it is told how many values each has, and which only one has."""

    def many(content, count):
        content["properties"]["kind"]["enum"] = [f"kind-{number}" for number in range(count)]

    old = load(changed(tmp_path, {PARCEL: lambda content: many(content, 1000)}, "old"))
    new = load(changed(tmp_path, {PARCEL: lambda content: many(content, 1001)}, "new"))
    found = compare(old, new)
    assert [one.change for one in found.findings] == ['1,000 values → 1,001 values, with "kind-1000"']


def test_secrets_are_not_shown(tmp_path):
    """A witness has no secret of an example in it where it shows the same without."""

    def example(content):
        content["$defs"]["INFO"]["examples"][0]["payload"]["x-token"] = "hunter2"

    folders = [changed(tmp_path, {ACCEPTED: example}, name) for name in ("old", "new")]
    path = folders[1] / PARCEL
    content = json.loads(path.read_text("utf-8"))
    of_kind("crate")(content)
    path.write_text(json.dumps(content), "utf-8")
    (one,) = compare(*map(load, folders)).findings
    assert "hunter2" not in json.dumps(one.witness.notification)


def test_a_secret_that_matters_is_in_no_form(tmp_path):
    """Where only a secret shows what breaks, the file of the witness has it, and no form shows it."""

    def limited(content, longest):
        content["properties"]["pin_token"] = {
            "title": "pin",
            "type": "string",
            "pattern": "^[a-z]{4,9}$",
            "maxLength": longest,
        }

    def example(content):
        content["$defs"]["INFO"]["examples"][0]["payload"]["pin_token"] = "sesame"

    folders = [
        changed(tmp_path, {PARCEL: lambda content, most=most: limited(content, most), ACCEPTED: example}, f"to{most}")
        for most in (9, 5)
    ]
    catalogs = tuple(map(load, folders))
    found = compare(*catalogs)
    (one,) = found.findings
    token = one.witness.notification["payload"]["pin_token"]
    assert catalogs[1].check(one.witness.notification).violations[0].pointer == "/payload/pin_token"
    assert any(token in content for _, _, content in witness_files(found))
    for name in COMPARISON_FORMATS:
        assert token not in formatted_comparison(Compared(found, catalogs), name).decode()
