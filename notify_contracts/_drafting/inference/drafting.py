"""From what was learned to the files of a catalog."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import (
    PAYLOADS,
    VALUES,
    Files,
    Pair,
    Schema,
    Source,
    contract,
    document,
    event_document,
    event_path,
    uri_of,
    values_document,
)
from notify_contracts._drafting.inference.differing import differing
from notify_contracts._drafting.inference.evidence import said
from notify_contracts._drafting.inference.groups import Group, grouped, kin_of
from notify_contracts._drafting.inference.kin import Kin
from notify_contracts._drafting.inference.kinds import as_type, types_of
from notify_contracts._drafting.inference.learned import Learned, OfContract
from notify_contracts._drafting.inference.refining import Refining, steady_fields
from notify_contracts._drafting.inference.relating import Related, being, related, with_relations
from notify_contracts._drafting.inference.rules import CHANCE, Rules
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.text_forms import forms
from notify_contracts._drafting.inference.ways import transport
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire.envelopes import EnvelopeForm

_NOTHING = {"title": "no payload", "not": {}}
"""The schema of what is never there."""


@dataclass(frozen=True)
class Drafting:
    """How a catalog is drafted: its name, whether what is rare breaks it, whether objects may have more properties.

    Relations that end in one of the fields `unrelated` are left out. It states the envelope in which events came.
    Contracts of `seldom` came so seldom that what is rare among others is usual with them: they may have it, and
    anything what is rare in the envelope if it `has_seldom_attributes`.
    """

    name: str
    is_strict: bool = False
    is_open: bool = False
    unrelated: frozenset[str] = frozenset()
    seldom: frozenset[Pair] = frozenset()
    has_seldom_attributes: bool = False
    envelopes: tuple[EnvelopeForm, ...] = ()


@dataclass(frozen=True)
class _Grounds:
    """What was learned, as every catalog that is drafted of it looks at it."""

    learned: Learned
    groups: Sequence[Group]
    kin: Kin
    ranks: Mapping[str, int]
    related: Related
    being: Sequence[Related]  # of each group
    steady: frozenset[tuple[str, ...]]


def draft(learned: Learned, drafting: Drafting, among: Learned | None = None) -> Files:
    """Return the files of a catalog of what was learned; the first example of each contract is a recorded one.

    It may be a part of more that was learned; what holds `among` all of that is known of the part, too.
    """
    return next(drafts(learned, [drafting], among))


def drafts(learned: Learned, draftings: Iterable[Drafting], among: Learned | None = None) -> Iterator[Files]:
    """Yield the files of catalogs of what was learned, each drafted in its way."""
    groups = grouped(learned)
    every, of_every = (learned, groups) if among is None else (among, grouped(among))
    kin = kin_of(of_every, every)
    sample = list(_samples(every, sorted(every.contracts)))
    of_each = [being(_samples(learned, group.pairs), group.payload) for group in groups]
    grounds = _Grounds(learned, groups, kin, _ranks(sample), related(sample), of_each, steady_fields(every))
    for drafting in draftings:
        yield _drafted(grounds, drafting)


def _drafted(grounds: _Grounds, drafting: Drafting) -> Files:
    learned, source = grounds.learned, _source(grounds.learned, drafting)
    base = source.base
    usual = Rules(grounds.kin, drafting.is_strict, drafting.is_open, ranks=grounds.ranks)
    lenient = replace(usual, is_strict=False)
    seldom = drafting.seldom if drafting.is_strict else frozenset[Pair]()
    files = source.files(_envelope(learned, lenient if drafting.has_seldom_attributes else usual, drafting.envelopes))
    events: dict[str, dict[str, Schema]] = {}
    for group, of_group, pairs, rules in _parts(grounds, seldom, usual, lenient):
        if not group.payload.count:
            schema = stated = {} if drafting.is_open else dict(_NOTHING)
        else:
            schema = stated = with_relations(
                rules.schema(group.payload), (grounds.related, of_group), drafting.unrelated
            )
        payloads = [learned.contracts[pair].payload for pair in group.pairs]
        refining = Refining(rules, grounds.steady, frozenset(differing(payloads, stated)))
        if len(group.pairs) > 1 and group.payload.count:  # what is narrower stands beside a reference
            path = f"{PAYLOADS}/{group.name}{'--seldom' if pairs[0] in seldom else ''}.json"
            what = f"The payload of {len(pairs)} contract{'s' if len(pairs) > 1 else ''}."
            files[path] = document(uri_of(base, path), group.name, what, schema)
            schema = {"$ref": f"../{path}"}
        for pair in pairs:
            own = learned.contracts[pair]
            narrower = refining.refinements(own.payload, group.payload, stated)
            payload = {**schema, "properties": narrower} if narrower else schema
            words = f"Learned from {own.count:,} notifications.", said(own.count, own.count)
            made = contract(pair, words, payload, list(own.sample)[:1], _always(own, learned))
            events.setdefault(pair[0], {})[pair[1]] = made
    for event_type, contracts in sorted(events.items()):
        files[event_path(event_type)] = event_document(base, event_type, source.comment, contracts)
    files[VALUES] = values_document(
        base, {name: dict(form.schema) for name, form in forms().items() if name in usual.used}
    )
    return files


def _parts(
    grounds: _Grounds, seldom: frozenset[Pair], usual: Rules, lenient: Rules
) -> Iterator[tuple[Group, Related, list[Pair], Rules]]:
    """Yield each group, with what is related in it, and those of its contracts that are made by the same rules."""
    for group, of_group in zip(grounds.groups, grounds.being, strict=True):
        for are_seldom, rules in ((False, usual), (True, lenient)):
            if pairs := [pair for pair in group.pairs if (pair in seldom) is are_seldom]:
                yield group, of_group, pairs, rules


def _always(own: OfContract, learned: Learned) -> list[str]:
    """Return which attributes are always in the notifications of a contract, hardly by chance, and not in all others.

    That of a payload is no chance: it is what its contract is about.
    """
    every = learned.envelope.objects.properties if learned.envelope.objects else {}
    shares = {name: seen.count / learned.count for name, seen in every.items()}
    if any(each.payload.count < each.count for each in learned.contracts.values()):
        shares["payload"] = 0
    return [
        name
        for name, count in sorted(own.few_names.items())
        if count == own.count and shares.get(name, 1) < 1 and (name == "payload" or shares[name] ** count < CHANCE)
    ]


def _samples(learned: Learned, pairs: Iterable[Pair]) -> Iterator[Any]:
    for pair in pairs:
        yield from learned.contracts[pair].sample


def _ranks(sample: Iterable[Any]) -> Mapping[str, int]:
    """Return the names of properties, numbered as they come in the sample, in which order they are written down."""
    ranks: dict[str, int] = {}

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                ranks.setdefault(key, len(ranks))
                visit(item)
        elif isinstance(value, list):
            for item in value:
                visit(item)

    for envelope in sample:
        visit(envelope)
    return ranks


def _source(learned: Learned, drafting: Drafting) -> Source:
    return Source(
        drafting.name,
        f"What {drafting.name} sends",
        f"Learned from {learned.count:,} notifications.",
        f"{learned.count:,} recorded notifications",
        "Learned from a recording.",
        transport(learned.carried),
        envelope=drafting.envelopes[0].templates if drafting.envelopes else {},
    )


def _envelope(learned: Learned, rules: Rules, envelopes: Iterable[EnvelopeForm]) -> Schema:
    own = replace(rules, kin=Kin(), values=VALUES)
    schema = own.schema(learned.envelope)
    for source in chain.from_iterable(form.sources for form in envelopes):
        if source.attribute == "event_type":  # of which there will be others
            for path in filter(None, source.paths):
                _list_no_words(schema, learned.envelope, path, replace(own, lists_words=False))
    payloads = [of_contract.payload for of_contract in learned.contracts.values()]
    types = types_of(kind for payload in payloads for kind in payload.kinds)
    properties = schema.setdefault("properties", {})  # of too many attributes there are none
    properties["event_type"] = {"type": "string"}
    properties["priority"] = {"type": "string", "enum": sorted({priority for _, priority in learned.contracts})}
    properties["payload"] = {"type": as_type(types)} if types else {}
    required = set(schema.get("required", ()))
    if sum(payload.count for payload in payloads) == learned.count:
        required.add("payload")
    schema["required"] = [
        *(key for key in ENVELOPE_ATTRIBUTES if key in required),
        *sorted(required - {*ENVELOPE_ATTRIBUTES}),
    ]
    return schema


def _list_no_words(schema: Schema, seen: Seen, path: Sequence[str], rules: Rules) -> None:
    """Make anew by the rules what a schema says of a place."""
    name, *rest = path
    inner = None if seen.objects is None else seen.objects.properties.get(name)
    properties = schema.get("properties", {})
    if inner is None or name not in properties:
        return
    if rest:
        _list_no_words(properties[name], inner, rest, rules)
    else:
        properties[name] = rules.schema(inner, name)
