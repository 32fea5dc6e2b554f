"""Needs of consumers: places, which notifications are read, and what a contract is proved to give of each place."""

from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._comparison.inclusion import Allowed, allowed_by_schema, inclusion
from notify_contracts._comparison.needs import (
    Answer,
    Applied,
    Consumer,
    Effect,
    Index,
    Items,
    Matching,
    Missing,
    Name,
    Need,
    Path,
    PathError,
    Pattern,
    Read,
    conditions,
    held,
    path,
)
from notify_contracts._comparison.needs.parts import part, put, tree_of
from notify_contracts.catalog import load
from notify_contracts.generate import samples
from notify_contracts.model import Notification
from tests.comparing import PARCEL, PARCELS, changed, parcels
from tests.telling import examples, telling

ACCEPTED = "parcel.accepted-INFO"
TEXTS = {
    "$": (),
    "$.payload.id": (Name("payload"), Name("id")),
    "$.payload[0]": (Name("payload"), Index(0)),
    "$.payload['a b'][*].x": (Name("payload"), Name("a b"), Items(), Name("x")),
    "$.a[?@.key == 'x'].value": (Name("a"), Items((("key",), True, "x")), Name("value")),
    "$.a[?@.b.c == 1.5]": (Name("a"), Items((("b", "c"), True, 1.5))),
    "$.a[?@['b c'] == null]": (Name("a"), Items((("b c",), True, None))),
    "$.a[?@.key]": (Name("a"), Items((("key",), False, None))),
    "$['it\\'s'].é": (Name("it's"), Name("é")),
}


@pytest.mark.parametrize("text", TEXTS)
def test_paths(text):
    """A path is read as its steps, and written so that it is read as the same."""
    assert path(text).steps == TEXTS[text]
    assert path(str(path(text))) == path(text)


WRITTEN = {'$["payload"]["id"]': "$.payload.id", "$[ 'a' ][ 2 ]": "$.a[2]", '$.a[?@.b=="x\\"y"]': "$.a[?@.b == 'x\"y']"}


@pytest.mark.parametrize("text", WRITTEN)
def test_paths_in_one_way(text):
    """However a path was written, it is shown in one way."""
    assert str(path(text)) == WRITTEN[text]


names = st.text(min_size=1, max_size=6)
literals = st.one_of(st.none(), st.booleans(), st.integers(-99, 99), st.text(max_size=6))
wheres = st.tuples(st.lists(st.sampled_from(["a", "b c", "d_1"]), min_size=1, max_size=2).map(tuple), literals).map(
    lambda pair: (pair[0], True, pair[1])
)
steps = st.one_of(names.map(Name), st.integers(0, 1000).map(Index), st.none().map(Items), wheres.map(Items))


@settings(max_examples=examples(200), deadline=None, database=None)
@given(st.lists(steps, max_size=4).map(tuple))
def test_any_path_is_read_as_it_is_written(those):
    """Whatever the names are, what is written is read as the same path."""
    assert path(str(Path(those))) == Path(those)


@settings(max_examples=examples(200), deadline=None, database=None)
@given(st.text(alphabet="$.[]'\"*?@=ab1 \\-ü\x00", max_size=30))
def test_no_text_is_a_surprise(text):
    """Any text is a path, or refused in one line."""
    text = f"${text}"
    try:
        read = path(text)
    except PathError:
        with pytest.raises(PathError, match=r"\A[^\n]+\Z"):
            path(text)
    else:
        assert path(str(read)) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("payload.id", "a path begins with $"),
        ("$..id", "not understood from"),
        ("$.a[-1]", "not understood from"),
        ("$.a[1:2]", "not understood from"),
        ("$.a[?@.b > 1]", "not understood from"),
        ("$.a[1001]", "an index is at most 1000"),
        ("$['\\x']", "not a text or number as JSON has it"),
        ("$" + ".a" * 51, "not understood from"),
        ("$.a[?@" + "['a']" * 50 + "=]", "not understood from"),
    ],
)
def test_no_paths(text, said):
    """What is no path that can be read is refused, and it is said what can."""
    with pytest.raises(PathError, match=said.replace("$", r"\$")):
        path(text)


def _reads(*texts, **options):
    return Read(tuple(map(path, texts)), **options)


HAVING = [
    ("$.a", {}, {"a": 0}, True),
    ("$.a", {}, {"a": None}, False),
    ("$.a", {}, {}, False),
    ("$.a", {}, [], False),
    ("$.a", {}, {"a": ""}, True),
    ("$.a", {"empty_is_absent": True}, {"a": ""}, False),
    ("$.a", {"empty_is_absent": True}, {"a": False}, True),
    ("$.a.b", {}, {"a": "text"}, False),
    ("$.a[1]", {}, {"a": [1]}, False),
    ("$.a[1]", {}, {"a": [None, 1]}, True),
    ("$.a[*].b", {}, {"a": [{}, {"b": 1}]}, True),
    ("$.a[*].b", {}, {"a": []}, False),
    ("$.a[?@.k == 'x'].v", {}, {"a": [{"k": "y", "v": 1}, {"k": "x"}]}, False),
    ("$.a[?@.k == 'x'].v", {}, {"a": [{"k": "x", "v": 1}]}, True),
    ("$.a[?@.k]", {}, {"a": [{"k": None}]}, True),
    ("$.a", {"form": {"type": "integer"}}, {"a": "1"}, False),
    ("$.a", {"form": {"type": "integer"}}, {"a": 1}, True),
    ("$.a[*].b", {"form": {"type": "integer"}}, {"a": [{"b": 1}, {"b": "1"}]}, False),
]


@pytest.mark.parametrize(("text", "options", "value", "has"), HAVING)
def test_conditions(text, options, value, has):
    """What is read is there, is not null, and has the form that is needed; an empty text is there unless it is said."""
    asked = allowed_by_schema(conditions(_reads(text, **options)).together)
    assert asked.opinions(value) == {has}


@pytest.mark.parametrize(
    ("value", "has"),
    [({"a": None, "b": 1}, True), ({"b": 1}, True), ({"a": 1}, True), ({}, False), ({"a": None, "b": None}, False)],
)
def test_the_first_of_several_places(value, has):
    """Of several places one is enough."""
    assert allowed_by_schema(conditions(_reads("$.a", "$.b")).together).opinions(value) == {has}


def test_what_a_transport_adds():
    """Of what a transport adds contracts say nothing, and nothing is asked of them; of a notification it is."""
    read = _reads("$._context_user_id")
    assert conditions(read) is None
    assert conditions(read, with_transport=True) is not None
    assert _only(read).answer is Answer.CANNOT_TELL


MATCHING = [
    ("image.*", Matching.GLOB, ["image.create", "image."], ["image", "my.image.create", "IMAGE.create"]),
    ("image.[cd]*", Matching.GLOB, ["image.create"], ["image.upload"]),
    ("image.create", Matching.GLOB, ["image.create"], ["image.created", "imagexcreate"]),
    ("image.create", Matching.REGEX_PREFIX, ["image.create", "image.created", "imagexcreate"], ["an image.create"]),
    ("a|b", Matching.REGEX_PREFIX, ["ax", "bx"], ["xb"]),
    ("create$", Matching.REGEX, ["image.create"], ["image.created"]),
    ("(?!image\\.c).*", Matching.REGEX_PREFIX, ["image.delete"], ["image.create"]),
]


@pytest.mark.parametrize(("text", "matching", "those", "others"), MATCHING)
def test_matching(text, matching, those, others):
    """Event types are matched as a whole by globs, at their beginning or anywhere by regular expressions."""
    pattern = Pattern(text, matching)
    assert [one for one in those if not pattern.matches(one)] == []
    assert [one for one in others if pattern.matches(one)] == []


def _patterns(*texts):
    return tuple(map(Pattern, texts))


def test_the_last_of_a_group_counts():
    """Of the needs of a group the last that matches counts, even where it does not want the priority."""
    every = Need(_patterns("*"), (_reads("$.a"),), group="g")
    late = Need(_patterns("image.*"), (_reads("$.b"),), _patterns("image.delete"), group="g", priorities={"INFO"})
    free = Need(_patterns("*"), (_reads("$.c"),), only=_patterns("*.create"))
    consumer = Consumer("c", (every, late, free))
    assert list(consumer.needs_of("image.create", "INFO")) == [late, free]
    assert list(consumer.needs_of("image.create", "ERROR")) == [free]
    assert list(consumer.needs_of("image.delete", "INFO")) == [every]
    assert list(consumer.needs_of("task.run", "ERROR")) == [every]


def _answers(catalog, *reads):
    need = Need(_patterns("*"), reads)
    (found,) = held([Consumer("c", (need,))], catalog)
    return {(one.contract.id, str(one.read)): one for one in found.answers}


def _only(read, catalog=None):
    return _answers(catalog or parcels(), read)[ACCEPTED, str(read)]


SURE, MAYBE, NEVER, UNTOLD = Answer.GUARANTEED, Answer.POSSIBLE, Answer.IMPOSSIBLE, Answer.CANNOT_TELL
INTEGER = {"form": {"type": "integer"}}
ANSWERS = [
    (("$.payload.number",), {}, SURE, ""),
    (("$.payload.number",), {"empty_is_absent": True}, SURE, ""),
    (("$.payload.number",), {"form": {"pattern": "^[A-Z0-9]+$"}}, SURE, ""),
    (("$.payload.number",), INTEGER, NEVER, "$.payload.number is of another form"),
    (("$.payload.grams",), {"form": {"type": "number", "maximum": 30000}}, SURE, ""),
    (("$.payload.grams",), {"form": {"maximum": 100}}, MAYBE, "$.payload.grams may be of another form"),
    (("$.payload.due", "$.payload.number"), INTEGER, NEVER, "$.payload.number is of another form"),
    (("$.payload",), {"form": {"required": ["signature"]}}, NEVER, "$.payload.signature is absent"),
    (("$.payload",), {"form": {"required": ["number", "due"]}}, MAYBE, "$.payload.due may be absent"),
    (("$.payload",), {"form": {"properties": {"number": {"type": "integer"}}}}, NEVER, "number is of another form"),
    (("$.payload.due",), {}, MAYBE, "$.payload.due may be absent"),
    (("$.payload.signature",), {}, NEVER, "$.payload.signature is absent"),
    (("$.payload.nowhere",), {}, NEVER, "$.payload.nowhere is absent"),
    (("$.payload['x-note']",), {}, MAYBE, "$.payload['x-note'] may be absent"),
    (("$.payload.due", "$.payload.number"), {}, SURE, ""),
    (("$.payload.due", "$.payload.labels.de"), {}, MAYBE, "$.payload.due may be absent"),
    (("$.payload.contents[0].name",), {}, SURE, ""),
    (("$.payload.contents[1].name",), {}, MAYBE, "an item of $.payload.contents may be absent"),
    (("$.payload.contents[*].name",), {}, SURE, ""),
    (("$.payload.contents[*].contents[*].name",), {}, MAYBE, ""),
    (("$.payload.contents[?@.name == 'book'].contents",), {}, MAYBE, ""),
    (("$.payload.centimetres[2]",), {}, MAYBE, "$.payload.centimetres may be absent"),
    (("$.payload.centimetres[3]",), {}, NEVER, ""),
    (("$.payload.number.x",), {}, NEVER, "$.payload.number is a text"),
    (("$.timestamp",), {}, SURE, ""),
    (("$._unique_id",), {}, UNTOLD, "what a transport adds is not part of a contract"),
    (("$.payload.due", "$._context_due"), {}, UNTOLD, "what a transport adds is not part of a contract"),
    (("$.payload.number",), {"unclear": "`split` is not understood"}, UNTOLD, "`split` is not understood"),
    ((), {"unclear": "a plugin", "purpose": "trait"}, UNTOLD, "a plugin"),
]


@pytest.mark.parametrize(("texts", "options", "answer", "reason"), ANSWERS)
def test_answers(texts, options, answer, reason):
    """What a contract gives of a place: proved, shown by a notification that lacks it, or not told."""
    read = _reads(*texts, **options)
    found = _only(read)
    assert found.answer is answer
    assert reason in found.reason
    assert (found.effect is None) == (answer is SURE)
    _require_witness(found)


def _require_witness(found):
    """Hold what an answer shows against the contract and what is read, on both engines."""
    if found.answer in (MAYBE, NEVER):
        contract, asked = found.contract, allowed_by_schema(conditions(found.read).together)
        notification = found.witness.notification
        assert Allowed(contract.documents, contract.uri).opinions(notification) == {True}
        assert asked.opinions(notification) == {False}


def test_an_empty_text(tmp_path):
    """What may be an empty text, where that is as good as none, is said to be that, and not null."""
    catalog = load(changed(tmp_path, {PARCEL: lambda content: content["properties"].update(number={"type": "string"})}))
    found = _only(_reads("$.payload.number", empty_is_absent=True), catalog)
    assert (found.answer, found.reason) == (MAYBE, "$.payload.number may be an empty text")


def test_a_text_for_a_payload():
    """A payload that is a text has no fields."""
    found = _answers(parcels(), _reads("$.payload.id"))["locker_door.stuck-INFO", "$.payload.id"]
    assert found.answer is NEVER
    assert found.reason == "$.payload is a text"
    _require_witness(found)


def test_each_place_of_several():
    """Where several places are read and none is sure, there is an answer for each of them."""
    found = _only(_reads("$.payload.due", "$.payload.nowhere"))
    assert [(str(one), answer) for one, answer in found.by_path] == [
        ("$.payload.due", MAYBE),
        ("$.payload.nowhere", NEVER),
    ]


@pytest.mark.parametrize(
    ("absent", "malformed", "form", "effect"),
    [
        ("lost", "fails", {}, "lost"),
        ("lost", "fails", {"maxLength": 4}, "fails"),
        ("fails", "lost", {"maxLength": 4}, "fails"),
        ("defaulted", "lost", {"maxLength": 4}, "lost"),
        ("lost", "fails", {"format": "date"}, "lost"),
    ],
)
def test_the_gravest_effect(absent, malformed, form, effect):
    """Of what can happen the gravest counts: what is absent and what is of another form may do different things."""
    read = _reads("$.payload.due", form=form, absent=Effect(absent), malformed=Effect(malformed))
    assert _only(read).effect is Effect(effect)


NONE = {"title": "nothing", "not": {}}
LETTER = {"properties": {"kind": {"const": "letter"}}}
RELATED = [
    ({"if": LETTER, "then": {"required": ["due"]}, "else": {"required": ["due"]}}, "$.payload.due", SURE),
    ({"if": LETTER, "then": {"required": ["due"]}}, "$.payload.due", MAYBE),
    (
        {"if": LETTER, "then": {"properties": {"due": NONE}}, "else": {"properties": {"due": NONE}}},
        "$.payload.due",
        NEVER,
    ),
    ({"oneOf": [{"required": ["due"]}, {"required": ["labels"]}]}, "$.payload.due", MAYBE),
    (
        {"oneOf": [{"required": ["due"]}, {"title": "no number", "not": {"required": ["number"]}}]},
        "$.payload.due",
        SURE,
    ),
    ({"allOf": [{"required": ["due"]}]}, "$.payload.due", SURE),
    ({"minProperties": 9}, "$.payload.labels", MAYBE),
    ({"propertyNames": {"title": "a name without d", "pattern": "^[^d]"}}, "$.payload.due", NEVER),
]


@pytest.mark.parametrize(("rule", "text", "answer"), RELATED)
def test_relations(tmp_path, rule, text, answer):
    """What follows only from a condition, from alternatives or from names is found, too."""
    found = _only(_reads(text), load(changed(tmp_path, {PARCEL: lambda content: content.update(rule)})))
    assert found.answer is answer
    _require_witness(found)


def test_unmatched_and_unread():
    """Needs without a contract and contracts that nobody reads are told apart."""
    names = ("parcel.lost", "letter.*", "parcel.found", "parcel.*.found")
    needs = tuple(Need(_patterns(name), (_reads("$.payload"),)) for name in names)
    (found,) = held([Consumer("c", needs)], parcels())
    assert found.unmatched == (needs[1], needs[3])
    assert found.missing == (Missing(needs[2], ("parcel.found",)),)
    assert {one.event_type for one in found.unread} == {"locker_door.stuck", "parcel.accepted"}


ANY = {"required": [], "properties": {"a": True}}
OPEN = {"required": [], "properties": {"a": {"required": [], "properties": {"b": True}}}}


@pytest.mark.parametrize(
    ("schema", "paths", "expected"),
    [
        (
            {"type": "object", "required": ["a", "b"], "properties": {"a": {"minimum": 1}}, "minProperties": 3},
            ["$.a"],
            {"type": "object", "required": ["a"], "properties": {"a": {"minimum": 1}}},
        ),
        ({"additionalProperties": False}, ["$.a.b"], {"required": [], "properties": {"a": False}}),
        ({"properties": {"a": {"oneOf": []}}}, ["$.a.b"], OPEN),
        ({"patternProperties": {"b": {}}, "additionalProperties": False}, ["$.a"], ANY),
        ({"properties": {}}, ["$.a", "$"], None),
        ({"properties": {}}, ["$[0]"], None),
    ],
)
def test_parts(schema, paths, expected):
    """A part of a schema says what the schema says of some members, and allows at least what the schema does."""
    assert part(schema, tree_of(map(path, paths))) == (schema if expected is None else expected)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "name", ["glance-documented", "glance-emitted", str(PARCELS)], ids=["documented", "emitted", "parcels"]
)
def test_what_is_decided_at_once_is_decided_of_each(name, catalog_of):
    """What is decided once for all contracts that say the same of a place is what each of them as a whole gives."""
    catalog = catalog_of(name)
    need = Need(_patterns("*"), tuple(_random_reads(catalog, Random(7), 10)))
    (found,) = held([Consumer("c", (need,))], catalog)
    allowed = {one.id: Allowed(one.documents, one.uri) for one in catalog.contracts}
    wrong = []
    for one in found.answers:
        asked, contract = conditions(one.read), allowed[one.contract.id]
        is_sure = all(inclusion(contract, allowed_by_schema(each)).is_proved for each in asked if each is not None)
        is_never = inclusion(contract, allowed_by_schema({"not": asked.together})).is_proved
        if (is_sure, is_never) != (one.answer is SURE, one.answer is NEVER):
            wrong.append((one.contract.id, str(one.read), one.read.form, one.answer, is_sure, is_never))
    assert wrong == []


def test_put():
    """What was found of a part is put into a whole value, and what it lacks is taken out of it."""
    tree = tree_of(map(path, ["$.a.b", "$.c"]))
    assert put({"a": {"b": 1, "x": 2}, "c": 3, "d": 4}, tree, {"a": {}, "z": 0}) == {"a": {"x": 2}, "d": 4}
    assert put({"a": "text"}, tree, {"a": {"b": 1}, "c": 0}) == {"a": {"b": 1}, "c": 0}


FORMS = ({}, {"type": "string"}, {"type": "integer"}, {"minLength": 2}, {"enum": ["active", "INFO", 5]})


def _places(value, below=()):
    """Yield the places that a value has."""
    yield Path(below)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _places(one, (*below, Name(key) if isinstance(key, str) else Index(key)))


def _random_reads(catalog, random, count):
    known = sorted({one for contract in catalog.contracts for one in _places(contract.example())}, key=str)
    for _ in range(count):
        paths = random.sample(known, random.choice((1, 1, 1, 2)))
        if random.random() < 0.2:
            paths[0] = Path((*paths[0].steps, Name("nowhere")))
        yield Read(tuple(paths), random.choice(FORMS), empty_is_absent=random.random() < 0.2)


@pytest.mark.parametrize(
    "name",
    telling(["glance-documented", "glance-emitted", str(PARCELS)], [str(PARCELS)]),
    ids=["documented", "emitted", "parcels"],
)
def test_no_notification_contradicts(name, catalog_of):
    """No notification lacks what is guaranteed, none has what is impossible, and witnesses show what they should."""
    catalog, random = catalog_of(name), Random(18)
    need = Need(_patterns("*"), tuple(dict.fromkeys(_random_reads(catalog, random, examples(25)))))
    consumer = Consumer("c", (need,))
    (found,) = held([consumer], catalog)
    applied = Applied(consumer)
    wrong = []
    for number, contract in enumerate(catalog.contracts):
        answers = {id(one.read): one for one in found.answers if one.contract is contract}
        made = [*contract.examples, *islice(samples(catalog, contract.event_type, contract.priority, seed=number), 12)]
        for one in made:
            lacking = {id(lack.read) for lack in applied.lacks(Notification(one))}
            wrong += [
                (contract.id, str(each.read), each.read.form, each.answer)
                for key, each in answers.items()
                if (each.answer is SURE and key in lacking) or (each.answer is NEVER and key not in lacking)
            ]
        for one in islice((one for one in answers.values() if one.witness is not None), 3):
            _require_witness(one)
    assert wrong == []
    assert {one.answer for one in found.answers} >= {SURE, MAYBE, NEVER}


@pytest.mark.parametrize(
    ("places", "answer"),
    [
        (("$._context_kind", "$.payload.kind"), Answer.CANNOT_TELL),
        (("$.payload.kind", "$._context_kind"), Answer.GUARANTEED),
        (("$._context_kind", "$.payload"), Answer.CANNOT_TELL),
        (("$.payload", "$._context_kind"), Answer.IMPOSSIBLE),
        (("$._kind",), Answer.IMPOSSIBLE),
    ],
)
def test_a_form_of_what_a_transport_adds(parcels, places, answer):
    """Where what a transport adds may come first, a form is neither guaranteed nor impossible; other names are none."""
    read = Read(tuple(map(path, places)), {"type": "string"})
    consumer = Consumer("a", (Need((Pattern("parcel.accepted"),), (read,)),))
    (found,) = held([consumer], load(parcels))
    assert {one.answer for one in found.answers} == {answer}
