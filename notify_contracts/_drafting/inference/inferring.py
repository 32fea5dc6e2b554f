"""From what was learned to a catalog that was tried: every step between the recordings and the folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field, replace
from glob import escape
from itertools import islice
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import Selection, Summary, Work
from notify_contracts._drafting.documents import Files, Pair, Schema, event_documents
from notify_contracts._drafting.inference.drafting import Drafting, draft, drafts
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.lives import identities, lifecycles, unordered
from notify_contracts._drafting.inference.reading import Learning
from notify_contracts._drafting.inference.relating import fields_at
from notify_contracts._drafting.inference.replacing import Replacement
from notify_contracts._drafting.inference.trial import Contradicted, Contradicting, Trial, Trialled
from notify_contracts._drafting.inference.verifying import Verified, Verifying
from notify_contracts._drafting.trying import tried
from notify_contracts._lint import faults_of_lifecycles, lint
from notify_contracts._schema import ENGINES, subschemas
from notify_contracts._untrusted import printable
from notify_contracts.catalog import LIFECYCLES, Catalog
from notify_contracts.errors import CatalogError
from notify_contracts.generate import samples
from notify_contracts.model import Notification

Run = Callable[[Work[Any]], Iterable[Any]]
"""Does a piece of work with every recording, and returns what each came to."""

_ATTEMPTS = 8
_JUDGED = 500  # notifications of the samples that the slower engine is asked about, too


@dataclass(frozen=True)
class Inferred:
    """A catalog's files, what they were learned from, and what was found while they were tried.

    `suspects` counts what the strict catalog has against what it was learned from; `trialled`, by contract, what was
    accepted of notifications that had not been seen, None where that was not asked; `unordered`, by kind of resource,
    in how many steps of how many time runs back, where that is why there is no lifecycle.
    """

    files: Files
    learned: Learned
    suspects: Summary
    trialled: Trialled | None
    is_strict: bool
    unordered: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def infer(drafting: Drafting, selection: Selection, folds: int, run: Run) -> Inferred | None:
    """Return what is inferred from the recordings that `run` reads, several times; None where nothing is in them.

    `folds` is the number of parts for cross-validation, 1 for none.
    """
    by_fold = [Learned() for _ in range(folds)]
    for part in run(Learning(selection, folds)):
        for all_of_fold, learned in zip(by_fold, part, strict=True):
            all_of_fold.merge(learned)
    learned = merged(by_fold)
    if not learned.count:
        return None
    files, verified = _tried_on_all(learned, drafting, selection, run)
    trialled = _trialled(by_fold, drafting, selection, run) if folds > 1 else None
    backwards = unordered(verified.following)
    return Inferred(files, learned, verified.suspects, trialled, drafting.is_strict, backwards)


def with_examples(files: Files, make: Callable[[Any], Any]) -> Files:
    """Return `files` with each example of a contract made anew by `make`."""
    made = dict(files)
    for path, content in event_documents(files):
        contracts = {
            priority: {**contract, "examples": [make(example) for example in contract["examples"]]}
            for priority, contract in content["$defs"].items()
        }
        made[path] = {**content, "$defs": contracts}
    return made


def generated_examples(files: Files) -> Files:
    """Return `files` with one generated example for each contract: nothing of the recording is in it."""
    with tried(files) as catalog:
        made = {
            each.id: next(samples(catalog, escape(each.event_type), each.priority, seed=1))
            for each in catalog.contracts
        }
    return with_examples(files, lambda example: made[_id_of(example)])


def replaced_examples(files: Files) -> Files:
    """Return `files` with the values in the examples replaced; the texts that rules name stay."""
    replacement = Replacement(frozenset(_stated(files)), frozenset(_declared(files)))
    return with_examples(files, replacement.example)


def require_sound(files: Files, learned: Learned) -> None:
    """Raise CatalogError if lint has anything against a catalog, or the engines disagree on what was seen."""
    with tried(files) as catalog:
        judges = [Catalog(catalog.root, engine) for engine in ENGINES]
        for problem in lint(catalog.root, judges):
            raise CatalogError(
                f"what was learned is no sound catalog: {problem.file}{problem.pointer}: {problem.message}"
            )
        each = _JUDGED // len(learned.contracts) + 1
        rows = [row for pair in sorted(learned.contracts) for row in islice(learned.contracts[pair].sample, each)]
        for row in rows:
            if len({judge.accepts(Notification(row)) for judge in judges}) > 1:
                raise CatalogError(f"{' and '.join(ENGINES)} disagree on what was learned of {_id_of(row)}")


def merged(parts: Iterable[Learned]) -> Learned:
    """Return what was learned from several parts, together."""
    learned = Learned()
    for part in parts:
        learned.merge(part)
    return learned


def _trialled(by_fold: list[Learned], drafting: Drafting, selection: Selection, run: Run) -> Trialled:
    """Return what is accepted of each fold by what is learned without it.

    As in what is learned of all, relations are left out that something it was learned from contradicts.
    """
    count, folds = sum(of_fold.count for of_fold in by_fold), len(by_fold)
    known = [number for number, of_fold in enumerate(by_fold) if of_fold.count < count]

    def drafted(number: int, **how: Any) -> Files:
        return draft(merged(by_fold[:number] + by_fold[number + 1 :]), replace(drafting, **how))

    contradicted: Contradicted = {number: set() for number in known}
    trialled = Trialled()
    with _all_tried(drafted(number, is_strict=False) for number in known) as loose:
        catalogs = dict(zip(known, loose, strict=True))
        for part in run(Contradicting(catalogs, folds, selection)):
            for number, fields in part.items():
                contradicted[number] |= fields
        others = [number for number in known if drafting.is_strict or contradicted[number]]
        with _all_tried(drafted(number, unrelated=frozenset(contradicted[number])) for number in others) as made:
            for part in run(Trial(catalogs | dict(zip(others, made, strict=True)), folds, selection)):
                trialled.merge(part)
    return trialled


def _tried_on_all(learned: Learned, drafting: Drafting, selection: Selection, run: Run) -> tuple[Files, Verified]:
    """Return a catalog that accepts everything but what is rare where it is strict, and what was found, with that.

    Relations that only the sample kept to are left out.
    """
    found = identities(learned)
    for _ in range(_ATTEMPTS):
        strict, loose = drafts(learned, (replace(drafting, is_strict=is_strict) for is_strict in (True, False)))
        with _all_tried([strict, loose]) as catalogs:
            examples = _ordinary(learned, catalogs[0])
            seldom = frozenset(learned.contracts.keys() - examples.keys())
            if seldom and not drafting.has_seldom_attributes:  # what a whole contract has is no exception
                is_told = seldom <= drafting.seldom
                drafting = replace(drafting, seldom=drafting.seldom | seldom, has_seldom_attributes=is_told)
                continue
            verified = Verified()
            for part in run(Verifying(catalogs[0], catalogs[1], selection, found)):
                verified = verified.merge(part)
        broken = fields_at(key.pointer for key in verified.exceptions.groups)
        if not broken - drafting.unrelated:
            break
        drafting = replace(drafting, unrelated=drafting.unrelated | broken)
    for key, group in verified.exceptions.groups.items():
        place = f"{key.contract} {key.pointer} ({key.keyword}), {group.example.location}"
        raise CatalogError(f"what was learned refuses what it was learned from: {printable(place)}")
    files = strict if drafting.is_strict else loose
    files = _with_lifecycles(files, lifecycles(found, verified.following))
    return with_examples(
        files, lambda example: examples.get((example["event_type"], example["priority"]), example)
    ), verified


def _with_lifecycles(files: Files, content: Schema) -> Files:
    """Return `files` with those lifecycles that lint has nothing against."""
    if not content:
        return files
    with tried({**files, LIFECYCLES: content}) as catalog:
        faulty = {pointer.split("/")[1] for pointer, _ in faults_of_lifecycles(catalog, content)}
    sound = {kind: one for kind, one in content.items() if kind not in faulty}
    return {**files, LIFECYCLES: sound} if sound else files


def _ordinary(learned: Learned, strict: Catalog) -> Mapping[Pair, Any]:
    """Return by contract the first notification of the sample that has nothing rare."""
    found = {}
    for pair, of_contract in learned.contracts.items():
        row = next((row for row in of_contract.sample if strict.accepts(Notification(row))), None)
        if row is not None:
            found[pair] = row
    return found


def _id_of(envelope: Mapping[str, Any]) -> str:
    return f"{envelope['event_type']}-{envelope['priority']}"


@contextmanager
def _all_tried(several: Iterable[Files]) -> Iterator[Sequence[Catalog]]:
    """Give catalogs of files that are in no folder yet."""
    with ExitStack() as folders:
        yield [folders.enter_context(tried(files)) for files in several]


def _declared(files: Files) -> Iterator[str]:
    """Yield every name of a property that a schema in files speaks of."""
    for schema in _schemas(files):
        yield from schema.get("properties", ())


def _stated(files: Files) -> Iterator[str]:
    """Yield every text that is a constant or one of an enumeration."""
    for schema in _schemas(files):
        values = [*schema.get("enum", ()), schema.get("const")]
        yield from (text for text in values if isinstance(text, str))


def _schemas(files: Files) -> Iterator[Mapping[str, Any]]:
    """Yield every schema in files, in which a property may well be called ``enum``."""
    for content in files.values():
        yield from (schema for _, schema in subschemas(content))
