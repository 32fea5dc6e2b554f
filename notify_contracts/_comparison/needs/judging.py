"""What contracts give of what a consumer reads: proved, refuted by a notification, or not decided."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from notify_contracts._comparison.findings import Witness, witness_of
from notify_contracts._comparison.inclusion import Gap, Inclusion
from notify_contracts._comparison.needs.answers import Answer, Answered, Held, Missing
from notify_contracts._comparison.needs.deciding import Deciding
from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Read
from notify_contracts._comparison.needs.paths import Items, Name, Path, Schema, path_to
from notify_contracts._comparison.needs.validators import is_kept
from notify_contracts._schema import validator_of
from notify_contracts._untrusted import dump, printable
from notify_contracts.catalog import Catalog, Contract

SECONDS = 1.0
_TRANSPORT = "what a transport adds is not part of a contract"
_GRAVEST = (Effect.FAILS, Effect.LOST, Effect.DEFAULTED)


def held(consumers: Iterable[Consumer], catalog: Catalog, *, seconds: float = SECONDS) -> Iterator[Held]:
    """Yield what `catalog` gives each of the consumers; what takes longer than about `seconds` is not decided.

    Raise CatalogError for a contract that cannot be used.
    """
    judge = _Judge(seconds)
    contracts = catalog.contracts
    for consumer in consumers:
        about = {contract: tuple(consumer.needs_of(contract.event_type, contract.priority)) for contract in contracts}
        answers = tuple(
            judge.answered(contract, need, read)
            for contract, needs in about.items()
            for need in needs
            for read in need.reads
        )
        event_types = catalog.event_types
        without = [need for need in consumer.needs if not any(map(need.includes, event_types))]
        unheard = [need for need in consumer.needs if need not in without and not _hears(need, contracts)]
        heard = [need for need in consumer.needs if need not in without and need not in unheard]
        in_vain = {need: need.included for need in (*without, *unheard)}
        in_vain |= {need: tuple(_idle(need, event_types)) for need in heard}
        missing = {need: names for need in in_vain if (names := _missing(need, in_vain[need], event_types))}
        unread = tuple(contract for contract, needs in about.items() if not needs)
        idle = [one.text for need in heard for one in in_vain[need] if one.text not in missing.get(need, ())]
        unmatched, unheard = ([need for need in several if need not in missing] for several in (without, unheard))
        lacking = [Missing(need, tuple(_with(need.priorities, names))) for need, names in missing.items()]
        for need in heard:
            named = [one for one in need.included if one not in in_vain[need]]
            without_priority = (
                tuple(_with(priorities, (one.text for one in named)))
                if (priorities := _never_had(need, contracts))
                else ()
            )
            if need.only or any(one.is_wild for one in named):
                idle += without_priority
            elif without_priority:
                lacking.append(Missing(need, without_priority))
        yield Held(consumer, answers, tuple(unmatched), unread, tuple(idle), tuple(unheard), tuple(lacking))


class Conditions(NamedTuple):
    """What a notification keeps that has what is read: something `is_there`, and whatever is there `has_form`."""

    is_there: Schema
    has_form: Schema | None

    @property
    def together(self) -> Schema:
        """Both in one."""
        return self.is_there if self.has_form is None else {"allOf": [self.is_there, self.has_form]}


def conditions(read: Read, *, with_transport: bool = False) -> Conditions | None:
    """Return what a notification keeps that has what is read; None if no path is known but what a transport adds.

    `with_transport` is for a notification that has beside its attributes what a transport adds.
    """
    paths = [path for path in read.paths if with_transport or not path.is_of_transport]
    if not paths:
        return None
    form, empty = dict(read.form), read.empty_is_absent
    there = [
        _first(paths[:number], path.present(empty_is_absent=empty), empty_is_absent=empty)
        for number, path in enumerate(paths)
    ]
    formed = [
        _unless_before(paths[:number], path.well_formed(form, empty_is_absent=empty))
        for number, path in enumerate(paths if form else ())
    ]
    return Conditions(_one_or(there, "anyOf"), _one_or(formed, "allOf") if formed else None)


def _first(before: Sequence[Path], present: Schema, *, empty_is_absent: bool) -> Schema:
    """Return what is kept where `present` is kept and an empty text at one of the paths before does not come first."""
    if not empty_is_absent or not before:
        return present
    return {"allOf": [present, *({"not": path.present()} for path in before)]}


def _unless_before(before: Sequence[Path], formed: Schema) -> Schema:
    """Return what is kept where something at one of the paths before comes first, or `formed` is kept."""
    return {"anyOf": [*(path.present() for path in before), formed]} if before else formed


class _Found(NamedTuple):
    answer: Answer
    effects: frozenset[Effect] = frozenset()
    reasons: tuple[str, ...] = ()
    witness: Mapping[str, Any] | None = None


class _Judge:
    """Answers, each found once: contracts share no work, but the needs of consumers are often the same."""

    def __init__(self, seconds: float) -> None:
        self._deciding = Deciding(seconds)
        self._found: dict[tuple[Contract, tuple[Path, ...], bytes, bool, str], _Found] = {}

    def answered(self, contract: Contract, need: Need, read: Read) -> Answered:
        """Return what a contract gives of a read."""
        found = self._of(contract, read)
        by_path: tuple[tuple[Path, Answer], ...] = ()
        if len(read.paths) > 1 and found.answer is not Answer.GUARANTEED:
            alone = (replace(read, paths=(path,)) for path in read.paths)
            by_path = tuple((one.paths[0], self._of(contract, one).answer) for one in alone)
        effects = {read.absent if effect is Effect.LOST else read.malformed for effect in found.effects}
        effect = next((one for one in _GRAVEST if one in effects), None)
        reason = " or ".join(found.reasons)
        witness = None if found.witness is None else _witness(contract, read, found.witness, reason)
        return Answered(contract, need, read, found.answer, effect, reason, witness, by_path)

    def _of(self, contract: Contract, read: Read) -> _Found:
        key = contract, read.paths, dump(read.form), read.empty_is_absent, read.unclear
        if key not in self._found:
            self._found[key] = self._decided(contract, read)
        return self._found[key]

    def _decided(self, contract: Contract, read: Read) -> _Found:
        """Decide; of the effects, LOST stands for what is absent and FAILS for what has another form."""
        asked = conditions(read)
        either = frozenset((Effect.LOST, Effect.FAILS) if read.form or read.unclear else (Effect.LOST,))
        if asked is None:
            return _Found(Answer.CANNOT_TELL, either, (read.unclear or _TRANSPORT,))
        paths = tuple(path for path in read.paths if not path.is_of_transport)
        may_be_of_transport = _may_be_of_transport(read, paths)
        unclear = read.unclear or (_TRANSPORT if may_be_of_transport else "")
        there = self._deciding.within(contract, asked.is_there, paths)
        formed = Inclusion() if asked.has_form is None else self._deciding.within(contract, asked.has_form, paths)
        gaps = (*there.gaps, *formed.gaps)
        if there.is_proved and formed.is_proved:
            return _Found(Answer.CANNOT_TELL, either, (unclear,)) if unclear else _Found(Answer.GUARANTEED)
        effects = frozenset(
            effect for effect, one in ((Effect.LOST, there), (Effect.FAILS, formed)) if not one.is_proved
        )
        witness = next((gap.witness for gap in gaps), None)
        if len(read.paths) > len(paths) and not there.is_proved:
            return _Found(Answer.CANNOT_TELL, effects, (_TRANSPORT,), witness)
        if not gaps:
            doubt = next(iter((*there.doubts, *formed.doubts)))
            return _Found(Answer.CANNOT_TELL, effects, (f"not decided: {doubt.reason}",))
        possible = self._deciding.ever(contract, asked.together, paths)
        answer = {True: Answer.POSSIBLE, False: Answer.IMPOSSIBLE, None: Answer.CANNOT_TELL}[possible]
        if may_be_of_transport or (unclear and answer is Answer.POSSIBLE):
            return _Found(Answer.CANNOT_TELL, either, (unclear,), witness)
        verb = "is" if answer is Answer.IMPOSSIBLE else "may be"
        reasons = [*(_absent(paths[0], gap.witness, verb) for gap in there.gaps)]
        reasons += [_malformed(_read_at(paths, gap), gap.witness, verb) for gap in formed.gaps]
        return _Found(answer, effects, tuple(dict.fromkeys(reasons)), witness)


def _hears(need: Need, contracts: Iterable[Contract]) -> bool:
    """Whether it reads anything of a notification that has a contract, if no later need of its group does."""
    return any(need.matches(one.event_type) and need.reads_of(one.event_type, one.priority) for one in contracts)


def _missing(need: Need, unheard: Iterable[Pattern], event_types: Collection[str]) -> tuple[str, ...]:
    """Return the names among what is `unheard` of a need that are of a kind of resource of these event types."""
    kinds = {_kind_of_resource(each) for each in event_types}
    named = [one.text for one in unheard if not one.is_wild and need.matches(one.text)]
    missing = (name for name in named if name in event_types or ("." in name and _kind_of_resource(name) in kinds))
    return () if need.only else tuple(missing)


def _never_had(need: Need, contracts: Iterable[Contract]) -> frozenset[str]:
    """Return the priorities that a need reads, and of which there is none of all that it is for."""
    return need.priorities - {
        one.priority
        for one in contracts
        if need.matches(one.event_type) and need.reads_of(one.event_type, one.priority)
    }


def _with(priorities: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Yield event types with each of the priorities, if there are any."""
    ends = [f"-{priority}" for priority in sorted(priorities)] or [""]
    return (f"{name}{end}" for name in names for end in ends)


def _kind_of_resource(event_type: str) -> str:
    """Return what ``image.member`` is of ``image.member.create``."""
    return event_type.rpartition(".")[0]


def _idle(need: Need, event_types: Iterable[str]) -> Iterator[Pattern]:
    """Yield the patterns of a need that no event type matches."""
    return (one for one in need.included if not any(map(one.matches, event_types)))


def _may_be_of_transport(read: Read, paths: Sequence[Path]) -> bool:
    """Whether what a transport adds may come before the last of `paths`: no contract speaks of its form."""
    if not read.form and not read.empty_is_absent:
        return False
    return any(path.is_of_transport for path in read.paths[: read.paths.index(paths[-1])])


def _one_or(schemas: Sequence[Schema], keyword: str) -> Schema:
    return schemas[0] if len(schemas) == 1 else {keyword: list(schemas)}


def _absent(path: Path, witness: Any, verb: str) -> str:
    """Return in a phrase what a witness lacks of a path."""
    value, at = witness, "$"
    for number, step in enumerate(path.steps):
        expected = dict if isinstance(step, Name) else list
        if not isinstance(value, expected):
            return f"{at} {verb} {_kind(value)}"
        above, at = at, str(Path(path.steps[: number + 1]))
        if isinstance(step, Items) or not _has(value, step.key):
            return f"{at if isinstance(step, Name) else f'an item of {above}'} {verb} absent"
        key: Any = step.key
        value = value[key]
    return f"{at} {verb} {'null' if value is None else 'an empty text'}"


def _malformed(path: Path, witness: Any, verb: str) -> str:
    """Return in a phrase what is not of the form that is read: a place, or what a form wants to be there."""
    is_there = is_kept(validator_of(path.present()), witness)
    return printable(f"{path} {verb} of another form" if is_there else _absent(path, witness, verb))


def _read_at(paths: Sequence[Path], gap: Gap) -> Path:
    """Return where something of another form stands; where only all paths together are of it, the one that is read."""
    if gap.pointer:
        return path_to(gap.pointer, gap.witness)
    return next((path for path in paths if is_kept(validator_of(path.present()), gap.witness)), paths[-1])


def _has(value: Any, key: str | int) -> bool:
    return key in value if isinstance(key, str) else key < len(value)


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    kinds = {str: "a text", int: "a number", float: "a number", list: "an array", dict: "an object"}
    return kinds[type(value)]


def _witness(contract: Contract, read: Read, value: Mapping[str, Any], reason: str) -> Witness:
    """Return the notification, without its secrets where it keeps its contract without them."""
    hidden = contract.schemas.secrets.hidden(value)
    shown = hidden if contract.is_kept_by(hidden) else value
    return witness_of(contract, f"{read}: {reason}", shown)
