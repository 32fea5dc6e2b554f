"""What is learned from notifications as services send them: objects around objects, null or a word, their own forms.

The shapes are those of notifications that Keystone 30, Cinder 29, Neutron 29, Ironic 39 sent; the values are made up.
"""

import json

import pytest

from notify_contracts._drafting.inference import Drafting, Learned, draft
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.replacing import Replacement
from notify_contracts._drafting.inference.text_forms import NO_FORM, form_of, forms
from notify_contracts._schema import matcher
from notify_contracts.catalog import Catalog
from notify_contracts.generate.expressions import examples
from notify_contracts.model import Notification
from tests import small

_STATES = {"create.start": None, "create.end": "off", "power_set.start": "off", "power_set.end": "on"}


def _machine(number, happened):
    """Return a notification as Ironic tells of a machine, of the kind that its versioned objects make."""
    data = {
        "uuid": f"{number:08x}-1111-4111-8111-0123456789ab",
        "power_state": _STATES[happened],
        "target_power_state": "on" if happened == "power_set.start" else None,
        "last_error": None,
        "boot_interface": ("fake", "pxe", None)[number % 3],
    }
    payload = {"acme_object.name": "MachinePayload", "acme_object.version": "1.15", "acme_object.data": data}
    return next(small.notifications(payload, event_type=f"metal.machine.{happened}"))


def _switch(number):
    payload = {
        "acme_object.name": "SwitchPayload", "acme_object.version": "1.15", "acme_object.data": {"ports": number},
    }  # fmt: skip
    return next(small.notifications(payload, event_type="metal.switch.create"))


def _files(envelopes):
    learned = Learned()
    of_type = {}
    for envelope in envelopes:
        of_type.setdefault(envelope["event_type"], []).append(envelope)
    for event_type, several in of_type.items():
        learned.take((event_type, "INFO"), several)
    return draft(learned, Drafting("metal"))


def _catalog(envelopes, folder):
    for name, content in _files(envelopes).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return Catalog(folder)


@pytest.fixture(scope="module")
def metal(tmp_path_factory):
    """Learn from 480 notifications of machines and 30 of switches."""
    machines = [_machine(n, happened) for n in range(120) for happened in _STATES]
    return _catalog([*machines, *map(_switch, range(30))], tmp_path_factory.mktemp("metal"))


@pytest.mark.parametrize(
    ("happened", "field", "value"),
    [
        ("create.start", "power_state", "off"),  # null before it is made
        ("create.end", "power_state", "on"),
        ("power_set.end", "target_power_state", "on"),
        ("power_set.end", "boot_interface", "FAKE"),
        ("power_set.end", "boot_interface", ""),
    ],
)
def test_what_is_within_objects(happened, field, value, metal):
    """What holds for one event holds within objects, too, and where there is null or a word no other word comes."""
    envelope = _machine(1, happened)
    assert metal.check(Notification(envelope)).conforms
    assert metal.check(Notification(_machine(2, happened))).conforms
    envelope["payload"]["acme_object.data"][field] = value
    assert [violation.pointer.rpartition("/")[2] for violation in metal.check(Notification(envelope)).violations] == [
        field
    ]


@pytest.mark.parametrize("name", ["SwitchPayload", "machinePayload"])
def test_names_that_programs_choose(name, metal):
    """What versioned objects call themselves is no name that somebody chose."""
    envelope = _machine(1, "create.end")
    envelope["payload"]["acme_object.name"] = name
    assert not metal.check(Notification(envelope)).conforms


@pytest.mark.parametrize(
    "name", ["typeURI", "type_uri", "className", "event_name", "acme_object.namespace", "__typename"]
)
def test_names_of_programs(name):
    """The type of something is named by a program, whatever the last word is."""
    assert not is_of_people(name)


@pytest.mark.parametrize(
    "name",
    [
        "object_name",
        "volume_type_name",
        "namespace",
        "type_id",
        "name",
        "prototype_name",
        "displayname",
        "volnames",
        "play_pattern",
        "source_container",
        "source_image",
        "check_source",
        "database",
        "user_agent",
    ],
)
def test_names_of_people(name):
    """Names of things, and ids, are chosen."""
    assert is_of_people(name)


def _schema(texts):
    files = _files(list(small.notifications(*({"it": text} for text in texts))))
    return files["events/a.b.json"]["$defs"]["INFO"]["properties"]["payload"]["properties"]["it"]


@pytest.mark.parametrize(
    ("form", "text", "wrong"),
    [
        ("word_uuid4", "req-{0:08x}-1111-4111-8111-0123456789ab", "req-0-1111-4111-8111-0123456789ab"),
        ("word_uuid", "volume-{0:08x}-1111-2111-8111-0123456789ab", "{0:08x}-1111-2111-8111-0123456789ab"),
        ("word_uuid", "urn:uuid:{0:08x}-1111-2111-8111-0123456789ab", "urn:{0:08x}"),
        ("word_uuid4", "flows.task-run.{0:08x}-1111-4111-8111-0123456789ab", "flows.task-run.{0:08x}"),
        ("iso_time_plain_offset", "2026-11-29T21:25:{0:02}.662871+0000", "2026-11-29T21:25:20.662871+00:00"),
        ("iso_time_plain_offset", "2026-11-29T21:25:{0:02}-0730", "2026-11-29T21:25:20-0760"),
        ("mac", "fa:16:3e:00:1c:{0:02x}", "FA:16:3E:00:1C:0A"),
        ("mac_any", "FA:16:3E:00:1C:{0:02X}", "FA-16-3E-00-1C-0A"),
        ("ipv4_network", "10.{0}.0.0/24", "10.300.0.0/24"),
        ("ulid", "01M8NQ9NH1DYEE76XV0MQQB{0:03X}", "01M8NQ9NH1DYEE76XV0MQQBIL0"),
        ("lower_ulid", "01m8nq9nh1dyee76xv0mqqb{0:03x}", "01M8NQ9NH1DYEE76XV0MQQB007"),
        ("word_ulid", "order_01h455vb4pex5vsknk084sn{0:03x}", "order_01h455vb4pex5vsknk084sn2"),
        ("eui64", "00:15:8d:00:02:c9:af:{0:02x}", "::1"),
        ("octets", "40:50:62:E5:BE:FD:e4:af:{0:02x}:97", "40:50:62:E5:BE:FD:e4:af:{0:02x}:9"),
        ("ipv4_port", "10.0.0.{0}:9100", "10.0.0.{0}:"),
        ("oslo_time_short_offset", "2026-11-22 09:32:55.73{0:02}+00", "2026-11-22 09:32:55.73{0:02}"),
        (
            "prefixed_hex40",
            "0x69b5e3C75f6e0aa1c831c9f930d98485fdeff1{0:02x}",
            "0x69b5e3C75f6e0aa1c831c9f930d98485fdef{0:02x}",
        ),
        ("prefixed_hex64", f"0x{'6d938ce5' * 7}044431{{0:02x}}", f"0x{'6d938ce5' * 7}044431{{0:02X}}g"),
        ("prefixed_number", "0x{0:x}", "0x0{0:x}"),
        ("prefixed_hex", "0x0{0:X}", "0{0:X}"),
        ("prefixed_hex", "0x8b4bb683ab60{0:04x}", "8b4bb683ab60{0:04x}"),  # an id, of which the next may begin with 0
        ("hex", "{0:04x}9f86d081884c7d659a2feaa0c55ad0", "{0:04x}9f86d081884c7d659a2feaa0c55ag0"),
        ("upper_hex32", "{0:04X}9F86D081884C7D659A2FEAA0C55A", "{0:04X}9F86D081884C7D659A2FEAA0C55a"),
        ("word_hex", "sha256:9f86d081884c7d659a2feaa0c55a{0:04x}", "9f86d081884c7d659a2feaa0c55a{0:04x}"),
        ("word_hex", "abc-0a1b2c3d4e5f60{0:03x}", "abc-0a1b2c3d4e5f60 {0:03x}"),
        ("base64", "aWQg{0:04}Nw==", "aWQg{0:04}Nw="),
        ("curly", '{{"size": {0}}}', '{{"size": {0}'),
        ("curly", '{{"note": "' + 80 * "long\n" + '{0}"}}', '{{"note": "{0}"}}~'),
        ("square", '["{0}"]', '"{0}"'),
        ("round", "({0}, 'x')", "{0}, 'x')"),
        ("angled", "<rabbit@host.{0}.0>", "rabbit@host.{0}.0"),
    ],
)
def test_forms_of_services(form, text, wrong, tmp_path):
    """Ids with a word before them, offsets without a colon, MAC addresses, brackets: forms, in examples, too."""
    texts = [text.format(n) for n in range(40)]
    assert _schema(texts)["$ref"].endswith(f"/{form}")
    catalog = _catalog(list(small.notifications(*({"it": each} for each in texts))), tmp_path)
    (told,) = small.notifications({"it": wrong.format(7)})
    assert not catalog.check(Notification(told)).conforms
    assert catalog.check(Notification(next(small.notifications({"it": text.format(41)})))).conforms
    replaced = [Replacement((), ("it",)).example({"payload": {"it": each}})["payload"]["it"] for each in texts]
    assert {form_of(each) for each in replaced} == {form}
    assert "time" in form or replaced != texts


@pytest.mark.parametrize("name", [name for name, form in forms().items() if "pattern" in form.schema])
def test_examples_of_a_form(name):
    """What stands in place of a text has its form, whichever that is: else the example would break its contract."""
    pattern = forms()[name].schema["pattern"]
    texts = [text for text in examples(pattern, 64) if form_of(text) == name]
    replaced = [Replacement((), ("it",)).example({"payload": {"it": each}})["payload"]["it"] for each in texts]
    assert [text for text in replaced if not matcher(pattern)(text)] == []


@pytest.mark.parametrize("made", ["10.0.{0}.{1}", "fa:16:3e:00:{0:02x}:{1:02x}", "10.{0}.{1}.0/24", "{1}"])
def test_examples_of_different_texts(made, tmp_path):
    """Where no text came twice in an array, none does in an example, though there are more than addresses for these."""
    texts = list(dict.fromkeys(made.format(n // 200, n % 200) for n in range(3000)))
    catalog = _catalog(list(small.notifications(*({"hosts": texts[n : n + 400]} for n in range(40)))), tmp_path)
    first, twice = small.notifications({"hosts": texts[:400]}, {"hosts": texts[:2] * 2})
    example = Replacement((), ("hosts",)).example(first)
    assert not catalog.check(twice).conforms
    assert catalog.check(example).conforms
    assert len(example["payload"]["hosts"]) > 1


@pytest.mark.parametrize("text", ["disk-20230710121412345600000006", "order_00000000000000000000000042"])
def test_time_and_number_behind_a_word(text):
    """26 digits behind a word, of a time and a number, are no ULID, which nearly always has letters."""
    assert form_of(text) == NO_FORM
    assert form_of(text[:-1] + "a").endswith("ulid")


def test_two_ids_that_are_one():
    """Two UUIDs that stand together are no word and a UUID, though a few may all begin with a letter."""
    texts = [f"{n:x}{n:07x}-1111-4111-8111-0123456789ab_{n:08x}-1111-4111-8111-0123456789ab" for n in range(10, 16)]
    assert "$ref" not in _schema(texts)


def test_no_time_yet(tmp_path):
    """The time that programs in Go write where there is none yet is a time, too."""
    never = "0001-01-01T00:00:00Z"
    texts = [*[never] * 40, *(f"2026-11-22T09:32:{n:02}.{n + 7}Z" for n in range(40))]
    catalog = _catalog(list(small.notifications(*({"ends_at": each} for each in texts))), tmp_path)
    told = small.notifications(*({"ends_at": each} for each in (never, texts[-1], "never", never[:-1], "0001-01-01")))
    assert [catalog.check(Notification(each)).conforms for each in told] == [True, True, False, False, False]


@pytest.mark.parametrize(("count", "expected"), [(30, {"const": "ready"}), (19, {})])
def test_always_one_of_the_words_that_others_have(count, expected):
    """What is always the same in one event is a constant there sooner where others of the name have a few words."""
    jobs = list(
        small.notifications(*({"state": ("ready", "busy")[n % 2], "job": n} for n in range(80)), event_type="a.b")
    )
    reports = list(small.notifications(*({"state": "ready", "free": n} for n in range(count)), event_type="a.c"))
    schema = _files([*jobs, *reports])["events/a.c.json"]["$defs"]["INFO"]["properties"]["payload"]
    stated = schema["properties"]["state"]
    assert {keyword: stated[keyword] for keyword in ("const", "enum") if keyword in stated} == expected


@pytest.mark.parametrize(("last", "expected"), [("0" * 32, 1), ("", None)])
def test_ids_of_few_are_not_empty(last, expected):
    """Ids of a few users, too few for their form to be a rule, are at least not empty if none ever was."""
    users = [f"{n % 3:032x}" for n in range(150)]
    files = _files(list(small.notifications(*({"user_id": user} for user in (*users, last)))))
    payload = files["events/a.b.json"]["$defs"]["INFO"]["properties"]["payload"]
    assert payload["properties"]["user_id"].get("minLength") == expected


@pytest.mark.parametrize("empty", [1, 20])
def test_empty_or_of_a_form(empty):
    """A text that is empty where there is nothing to tell has the form of the others or is empty."""
    times = [f"2026-11-22T09:32:{n:02}Z" for n in range(40)]
    schema = _schema([*times, *[""] * empty])
    assert schema["title"].endswith(", or empty")
    stated, nothing = schema["anyOf"]
    assert stated["$ref"].endswith("time_z_whole")
    assert nothing["const"] == ""
    assert {"anyOf", "$ref"}.isdisjoint(_schema([""] * 40))


def test_a_constant_where_there_is_little():
    """What is the same wherever it is told is so where it was told a few times only; what differs is not."""
    many = [{"part": "hub", "zone": zone, "n": n} for n in range(100) for zone in ("north", "south")]
    few = [{"part": "hub", "zone": "north", "other": True}] * 3
    envelopes = [*small.notifications(*many), *small.notifications(*few, event_type="c.d")]
    stated = _files(envelopes)["events/c.d.json"]["$defs"]["INFO"]["properties"]["payload"]["properties"]
    assert stated["part"]["const"] == "hub"
    assert stated["zone"].keys().isdisjoint({"const", "enum"})


@pytest.mark.parametrize(
    ("wrong", "keyword"),
    [({"note": ""}, "minLength"), ({"ended": {"at": 1}}, "type"), ({"host": {"at": 1}}, "type")],
)
def test_what_others_of_the_name_tell(wrong, keyword, tmp_path):
    """What 25 notifications of an event cannot tell is told by all with a field of the name, as it is for fewer."""
    envelopes = []
    for n in range(625):
        kind = n % 25
        payload = {f"of{kind}": n, "note": f"note {n}", "ended": None, "host": None if kind else f"host {n}"}
        envelopes += small.notifications(payload, event_type=f"door{kind}.open")
    fine = dict(envelopes[1])  # learning takes the payloads out
    catalog = _catalog(envelopes, tmp_path)
    assert catalog.check(fine).conforms
    verdict = catalog.check(fine | {"payload": fine["payload"] | wrong})
    assert [each.keyword for each in verdict.violations] == [keyword]


def test_mostly_empty_objects():
    """An object that is mostly empty is no map: its names are those of its properties."""
    gateways = [*[{}] * 11, *[{"network": f"n{n}"} for n in range(4)], {"network": "n", "ips": ["a"], "snat": True}]
    schema = _schema(gateways)
    assert schema["properties"].keys() == {"network", "ips", "snat"}
    assert schema["additionalProperties"] is False


def _of_kind(kind, thing, number):
    payload = {"thing": thing, "told_by": f"req-{number:08x}-1111-4111-8111-0123456789ab"}
    return next(small.notifications(payload, event_type=f"identity.{kind}.created"))


def _ids(count, seed):
    return [f"{seed:04x}{n:08x}4111811112345678902a"[:32] for n in range(count)]


def test_a_form_in_some_contracts():
    """Where the form of a text depends on the contract, each has its own: ids of users, but names of regions."""
    kinds = ["user", "group", "role", "service", "policy", "domain"]
    told = [_of_kind(kind, each, n) for at, kind in enumerate(kinds) for n, each in enumerate(_ids(60, at))]
    told += [_of_kind("region", f"Region {n}", n) for n in range(30)]
    told += [_of_kind("endpoint", each, n) for n, each in enumerate(_ids(5, 77))]
    files = _files(told)

    def thing(kind):
        payload = files[f"events/identity.{kind}.created.json"]["$defs"]["INFO"]["properties"]["payload"]
        return payload.get("properties", {}).get("thing", {})

    assert {thing(kind).get("$ref", "").rpartition("/")[2] for kind in kinds} == {"plain_uuid4"}
    assert thing("region") == thing("endpoint") == {}  # there it is a name, and there too little is known


def test_a_form_that_is_no_matter_of_contracts():
    """Where any contract may tell of names now and then, one that happened not to is not held to ids."""
    kinds = [f"kind{n}" for n in range(30)]
    told = []
    for at, kind in enumerate(kinds):
        things = [*_ids(25, at)]
        if at % 2:
            things[at % 25] = "Region"
        told += [_of_kind(kind, each, n) for n, each in enumerate(things)]
    files = _files(told)
    assert not any(
        "thing"
        in files[f"events/identity.{kind}.created.json"]["$defs"]["INFO"]["properties"]["payload"].get("properties", {})
        for kind in kinds
    )


def test_a_relation_whose_state_one_event_never_has(run, made, tmp_path):
    """What goes together in others is not said of an event of another shape, where it never holds."""
    payloads = [("parcel.update", {"status": ("gone", "here")[n % 2], "at": (None, n)[n % 2]}) for n in range(200)]
    payloads += [("parcel.here", {"status": "here", "at": n, "more": n}) for n in range(150)]
    lines = (
        json.dumps(
            {
                "message_id": str(number),
                "publisher_id": "parcels",
                "event_type": event,
                "priority": "INFO",
                "timestamp": "2026-11-28 10:00:00.000000",
                "payload": payload,
            }
        )
        for number, (event, payload) in enumerate(payloads)
    )
    ran = run("catalog", "infer", made("\n".join(lines).encode()), "--output", tmp_path / "new")
    assert (ran.status, ran.err) == (0, "")
    assert "relation" in ran.out
    assert '"gone"' not in (tmp_path / "new/events/parcel.here.json").read_text()


@pytest.mark.parametrize(("count", "expected"), [(60, None), (240, ["active", "warning"])])
def test_several_words_of_an_event(count, expected):
    """Where an event came with several of the words there are, it takes more to say that the others never come."""
    words = ("active", "warning", "error", "deleting")
    told = [
        *small.notifications(*({"status": words[n % 2], "n": n} for n in range(count)), event_type="node.check"),
        *small.notifications(*({"status": words[n % 4], "n": n} for n in range(400)), event_type="node.delete"),
    ]
    payload = _files(told)["events/node.check.json"]["$defs"]["INFO"]["properties"]["payload"]
    assert payload.get("properties", {}).get("status", {}).get("enum") == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([6084516415245213000], None),
        ([6084516415245213000 + n for n in range(12)], 0),
        ([17_179_869_184], 0),
        ([8080], 0),
        ([0, 3, 7], 0),
    ],
)
def test_hashes_have_a_sign(numbers, expected):
    """One great number again and again, of a configuration perhaps, does not tell that none is below zero."""
    files = _files(list(small.notifications(*({"it": number} for number in numbers * 30))))
    stated = files["events/a.b.json"]["$defs"]["INFO"]["properties"]["payload"]["properties"]["it"]
    assert stated.get("minimum") == expected


@pytest.mark.parametrize("place", ["envelope", "payload"])
def test_what_a_seldom_event_has(place, run, tmp_path):
    """With --strict what all of an event type have is no exception, though it is rare among all; what is rare is."""

    def told(number, kind, action):
        envelope = next(small.notifications({"number": number, "action": action}, event_type=f"queue.{kind}"))
        return {**envelope, "action": envelope["payload"].pop("action")} if place == "envelope" else envelope

    rows = [told(number, kind, kind) for number in range(250) for kind in ("added", "waiting")]
    rows += [told(number, "drained", "drained") for number in range(2)]
    rows += [told(300 + number, "added", "adding") for number in range(2)]
    (tmp_path / "queue.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    learned = run("catalog", "infer", tmp_path / "queue.jsonl", "--output", tmp_path / "strict", "--strict")
    assert learned.status == 0
    checked = run("check", "--catalog", tmp_path / "strict", tmp_path / "queue.jsonl", "--format", "json")
    broken = {group["contract"]: group["count"] for group in json.loads(checked.out)["groups"]}
    assert broken == ({"queue.added-INFO": 2} if place == "payload" else {})


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("application/json",), ["application/json"]),
        (("image/png", "text/html"), None),
        (("", "application/pdf", "image/png"), None),
        (("a/b", "b/c"), ["a/b", "b/c"]),
    ],
)
def test_media_types(texts, expected):
    """A service may always send one media type; where there are several, others will come."""
    schema = _schema(texts * 130)
    assert ([schema["const"]] if "const" in schema else schema.get("enum")) == expected


@pytest.mark.parametrize(
    ("arrays", "expected"),
    [
        ([[1.5, -2, 30 + n] for n in range(120)], (3, 3)),
        ([[1.5, -2, 30 + n] for n in range(119)], (1, None)),
        ([[1.5, -2, 30 + n] for n in range(150)] + [[1.5, 2]], (1, None)),
        ([[n] for n in range(150)], (1, None)),
        ([[n / 7, n, n, n, n] for n in range(150)], (1, None)),
        ([[80, 443] for _ in range(150)], (1, None)),
        ([["a", str(n)] for n in range(150)], (1, None)),
    ],
)
def test_coordinates(arrays, expected):
    """An array of a few numbers that always has as many has as many: they are told apart by their places.

    More may be one for each core, and the same ones again a list of ports.
    """
    schema = _schema(arrays)
    assert (schema["minItems"], schema.get("maxItems")) == expected
