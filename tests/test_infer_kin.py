"""What places tell of each other that bear the same name: types, forms, words; and what an object has none of."""

import pytest

from notify_contracts._drafting.documents import write
from notify_contracts._drafting.inference import Drafting, Learned, draft
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts.catalog import Catalog
from tests import small


def _files(**told):
    """Return the files that are learned from payloads, by the last word of their event types."""
    learned = Learned()
    for word, payloads in told.items():
        learned.take((f"a.{word}", "INFO"), list(small.notifications(*payloads, event_type=f"a.{word}")))
    return draft(learned, Drafting("kin"))


def _payload(files, word):
    return files[f"events/a.{word}.json"]["$defs"]["INFO"]["properties"]["payload"]


def _field(files, word, name):
    return _payload(files, word)["properties"][name]


def test_types_of_places_that_have_one_in_common():
    """A text, of which there are few, is no array because one of the name is elsewhere; null it may be."""
    files = _files(
        change=[{"branch": "main", "by": n} for n in range(5)],
        build=[{"branch": [f"b{n}", "Change"], "build": n} for n in range(40)],
        source=[{"branch": None if n % 2 else f"b{n}", "source": n} for n in range(40)],
    )
    assert _field(files, "change", "branch")["type"] == ["string", "null"]
    assert _field(files, "build", "branch")["type"] == "array"


def test_a_type_that_is_common_by_way_of_others():
    """What is a number here and a text there is so everywhere if one place has both."""
    files = _files(
        one=[{"size": 1, "one": True}] * 3,
        two=[{"size": str(n) if n % 2 else n, "two": True} for n in range(40)],
    )
    assert _field(files, "one", "size")["type"] == ["string", "integer"]


def test_few_objects_may_be_null_where_others_are():
    """An object that is null elsewhere may be null where few were seen, and is it no longer where many were."""
    many = [{"strategy": {"name": f"n{n}"} if n % 3 else None, "audit": n} for n in range(60)]

    def types(count):
        few = [{"strategy": {"name": f"n{n}"}, "deleted": n} for n in range(count)]
        return _field(_files(many=many, few=few), "few", "strategy")["type"]

    assert types(10) == ["object", "null"]
    assert types(30) == "object"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([{"duration": 5}, {"flavor": "m1"}], {"duration", "flavor", "message"}),
        ([{"duration": 5}, {"flavor": "m1"}, {"flavor": "m1", "odd": 1}], {"duration", "flavor", "odd"}),
        ([{"duration": 5}, {"duration": 5, "flavor": "m1"}], {"duration", "flavor"}),
    ],
)
def test_few_objects_of_which_others_tell_more(own, expected):
    """What is in few objects of many shapes is told by all of the name, unless something is always in them, or new."""
    shapes = ({"duration": 1}, {"flavor": "m1"}, {"message": "x", "flavor": "m2"})
    often = [{"parameters": shapes[n % 3], "often": n} for n in range(60)]
    files = _files(often=often, failed=[{"parameters": each, "fault": "x"} for each in own])
    assert _field(files, "failed", "parameters")["properties"].keys() == expected


@pytest.mark.parametrize(("value", "expected"), [(5.0, "number"), (5, "integer")])
def test_whole_numbers_with_a_point(value, expected):
    """Whoever writes 5.0 has a number with a fraction, which may be 5.2 the next time."""
    files = _files(sleep=[{"duration": value if n % 2 else 10} for n in range(60)])
    assert _field(files, "sleep", "duration")["type"] == expected


def _times(count, digits):
    return [{"at": f"2026-11-30T10:{n // 60:02}:{n % 60:02}.{'123456'[:digits]}Z", "n": n} for n in range(count)]


@pytest.mark.parametrize(("count", "expected"), [(60, "iso_time_z_any"), (300, "iso_time_z_micro")])
def test_a_finer_form_by_chance(count, expected):
    """Where one time in twenty has fewer digits, an event that happened to have none like that allows it, too.

    Google's protobuf writes as many digits of a fraction as are needed: three, six or nine.
    """
    often = [*_times(1000, 6), *_times(50, 3)]
    seldom = [{"at": told["at"], "seldom": True} for told in _times(count, 6)]
    files = _files(often=often, seldom=seldom)
    assert _field(files, "often", "at")["$ref"].endswith("/iso_time_z_any")
    assert _field(files, "seldom", "at")["$ref"].endswith(f"/{expected}")


def test_a_form_of_few_that_others_of_the_name_show():
    """One version alone is no form, for a number it may be by chance; where others have versions it is."""
    versions = [{"thing": {"version": f"1.{n % 9}"}, "n": n} for n in range(200)]
    audits = [{"version": "1.2", "audit": n} for n in range(60)]
    assert "$ref" not in _field(_files(audit=audits), "audit", "version")
    assert _field(_files(audit=audits, thing=versions), "audit", "version")["$ref"].endswith("/number_text")


def test_empty_until_there_is_something_to_tell():
    """A text that was empty in one event so far, and a time in others, is a time or empty."""
    files = _files(
        start=[{"finished": "", "start": n} for n in range(30)],
        end=[{"finished": f"2026-11-30 10:00:{n:02}" if n % 9 else "", "end": n} for n in range(60)],
    )
    assert _field(files, "start", "finished")["title"].endswith(", or empty")


def test_a_constant_among_many():
    """What is the same in one event is a constant, though the name has more values in all than are told apart."""
    others = {f"of{n}": [{"code": f"E{n:03}", f"of{n}": True}] * 3 for n in range(80)}
    one = [{"code": "Q001", "query": n} for n in range(130)]
    assert _field(_files(one=one, **others), "one", "code").get("const") == "Q001"
    many = [{"code": "Q001" if n % 300 else f"M{n}", "many": n} for n in range(30_000)]
    assert "const" not in _field(_files(one=one, many=many, **others), "one", "code")  # it may be by chance


def test_a_constant_of_one_event_of_many_alike():
    """So it is where all events have the same payload."""
    codes = {f"of{n}": [{"code": f"E{n:03}", "level": "debug"}] * 30 for n in range(80)}
    stated = _payload(_files(**codes), "of7")["properties"]["code"]
    assert stated["const"] == "E007"


def test_words_of_others():
    """Words that came too seldom for an enumeration are one where others of the name show it by themselves."""
    states = ("new", "paid", "sent", "lost")
    orders = [{"state": states[n % 4], "order": n} for n in range(200)]
    returns = [{"state": states[n % 3], "return": n} for n in range(30)]
    returns.append({"state": "lost", "return": 30})
    assert "enum" not in _field(_files(back=returns), "back", "state")
    assert _field(_files(back=returns, order=orders), "back", "state")["enum"] == sorted(states)
    returns.append({"state": "odd", "return": 31})
    assert "enum" not in _field(_files(back=returns, order=orders), "back", "state")


@pytest.mark.parametrize(
    ("payloads", "wrong"),
    [
        ([{"radius": 1}, {"side": 2}], {}),
        ([{"of": {"radius": n} if n % 2 else {"side": n}} for n in range(2)], {"of": {}}),
        ([{"of": {f"port-{n}": 1, f"port-{n + 1}": 2}} for n in range(60)], {"of": {}}),
    ],
)
def test_an_object_that_never_was_empty(payloads, wrong, tmp_path):
    """What has nothing is refused where everything had something, though nothing is always there."""
    write(_files(shape=payloads), tmp_path)
    catalog = Catalog(tmp_path)
    for payload in payloads[:2]:
        assert catalog.check(next(small.notifications(payload, event_type="a.shape"))).conforms
    verdict = catalog.check(next(small.notifications(wrong, event_type="a.shape")))
    assert [each.keyword for each in verdict.violations] == ["minProperties"]


@pytest.mark.parametrize("empty", [{}, {"metadata": {}}])
def test_an_object_that_may_be_empty(empty):
    """What was empty once may be, and so may what people attach, which they need not."""
    told = [{"metadata": {f"k{n % 7}": "v"}} if n % 2 else {"size": n} for n in range(60)]
    files = _files(shape=[*told, empty])
    assert ("minProperties" in _payload(files, "shape")) == bool(empty)
    assert "minProperties" not in _field(files, "shape", "metadata")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("node_status", False), ("hostState", False), ("file_format", False), ("node", True), ("node_name", True),
     ("host_1", True), ("status", False), ("msg", True)],
)  # fmt: skip
def test_the_state_of_what_somebody_named(name, expected):
    """The state, the type, the format of a host are a program's words, though its name is not."""
    assert is_of_people(name) == expected


@pytest.mark.parametrize("name", ["files", "reviewers", "user_aliases", "cities", "host_addresses"])
def test_several_of_what_people_choose(name):
    """The items of an array are chosen by people as one of them is."""
    assert is_of_people(f"{name}[]")
    files = _files(push=[{name: ["ann", "bob"][n % 2 :], "states": ["new", "old"][n % 2 :]} for n in range(90)])
    assert "enum" not in _field(files, "push", name)["items"]
    assert _field(files, "push", "states")["items"]["enum"] == ["new", "old"]


def test_signs_are_words():
    """Signs that came again and again, as of units, are words; what has letters of other scripts is none."""
    units = ("%", "°C", "kWh")
    told = [{"unit": units[n % 3], "called": ("李雷", "韓梅")[n % 2]} for n in range(90)]
    files = _files(sensor=told)
    assert _field(files, "sensor", "unit")["enum"] == sorted(units)
    assert "enum" not in _field(files, "sensor", "called")


@pytest.mark.parametrize(
    ("name", "is_free", "is_map"), [("asked", False, False), ("asked", True, True), ("labels", False, True)]
)
def test_names_of_each_event(name, is_free, is_map):
    """Names that are others in each of many events, and always the same in one, are no data, unless somewhere they are.

    What people attach may be the same by chance.
    """
    told = {f"of{n}": [{name: {f"size{n}": k, f"zone{n}": "x"}, f"of{n}": k} for k in range(25)] for n in range(60)}
    if is_free:
        told["free"] = [{name: {f"key of {k}": k}, "free": k} for k in range(25)]
    stated = _field(_files(**told), "of7", name)
    assert stated.get("required") == (None if is_map else ["size7", "zone7"])
    assert ("properties" in stated) != is_map


@pytest.mark.parametrize(("uuids", "form"), [(1, "lower_uuid"), (30, "lower_uuid"), (0, "uuid7")])
def test_a_version_that_uuids_have_by_chance(uuids, form):
    """The version of UUIDs is stated where they differ in more than what counts on: else the next has another."""
    counting = [f"02fc0000-0001-7ea5-a102-{number:012x}" for number in range(uuids)] * (90 // (uuids or 90))
    apart = [f"0199{number:04x}-{number:04x}-7{number:03x}-a102-00000000000{number % 10}" for number in range(60)]
    files = _files(one=[{"play_uuid": text, "n": n} for n, text in enumerate(counting or apart)])
    assert _field(files, "one", "play_uuid")["$ref"].endswith(f"/{form}")


@pytest.mark.parametrize(
    ("name", "words", "are_listed"),
    [
        ("level", ["step-17", "step-18", "step-19"], False),
        ("level", ["step-17", "pause-18", "end-19"], True),
        ("family", ["ipv4", "ipv6"], True),
        ("runner_ident", ["alpha", "beta"], False),
        ("account", ["main", "other"], False),
    ],
)
def test_words_of_one_run(name, words, are_listed):
    """Words that count on, or name a run, are those of a recording: the next has others."""
    files = _files(one=[{name: word, "n": n} for n, word in enumerate(words * 60)])
    assert ("enum" in _field(files, "one", name)) == are_listed
