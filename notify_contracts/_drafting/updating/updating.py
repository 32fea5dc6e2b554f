"""A catalog brought up to date with recordings: round by round, until nothing is left that contradicts it."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from copy import deepcopy
from glob import escape
from itertools import islice
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import GroupKey, Selection, Summary
from notify_contracts._drafting.documents import Files, Pair, Schema, Texts, event_path
from notify_contracts._drafting.inference import Drafting, Learned, Learning, merged
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.groups import grouped, kin_of
from notify_contracts._drafting.inference.inferring import Run
from notify_contracts._drafting.inference.rules import Rules
from notify_contracts._drafting.trying import texts_tried, tried
from notify_contracts._drafting.updating.adding import add_contracts
from notify_contracts._drafting.updating.branches import without_empty
from notify_contracts._drafting.updating.cases import restate_cases
from notify_contracts._drafting.updating.content import contents, read_texts, texts_of
from notify_contracts._drafting.updating.contradictions import Contradicting, Contradictions
from notify_contracts._drafting.updating.deliveries import contradicted_deliveries
from notify_contracts._drafting.updating.leaving import Left, left_behind
from notify_contracts._drafting.updating.lifecycles import Lifecycles, Lives
from notify_contracts._drafting.updating.round import Change, Round
from notify_contracts._drafting.updating.values_file import FORMS
from notify_contracts._lint import Problem, faults_of_lifecycles, lint
from notify_contracts._schema import ENGINES, pointer_parts
from notify_contracts.catalog import CASES, LIFECYCLES, MANIFEST, SCHEMAS, Catalog, Contract, kind_of, lifecycles_of
from notify_contracts.errors import CatalogError
from notify_contracts.generate import samples
from notify_contracts.model import Notification, Violation
from notify_contracts.wire.envelopes import reading_as

_MOST_ROUNDS = 12
_JUDGED = 2000  # notifications that both engines are asked about
_MOST_SAMPLED = 200  # contracts
_SAMPLES = 10  # notifications of each that it accepted before
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True)
class Updating:
    """How a catalog is brought up to date.

    What is rare is allowed, too, where `is_rare_allowed`; objects that are new may have more properties than were seen
    where they are `is_open`. `examples` makes the examples of new contracts of recorded ones.
    """

    is_rare_allowed: bool
    is_open: bool
    examples: Callable[[Files], Files]


@dataclass(frozen=True)
class Updated:
    """The files of a catalog before and after, what was changed, and what was not.

    `added` are its new contracts, `lives` says what became of its lifecycles.
    `summary` counts what still breaks the catalog: as a suspect, which is rare, or for a reason in `refused`. `by_hand`
    says of suspects why they would not be allowed either if what is rare were. `problems` are what lint has against the
    cases, `misdelivered` how what came was carried otherwise than the catalog says, and how often, `left_behind` the
    fields of its lifecycles that were always there and came no longer.
    """

    before: Texts
    after: Texts
    learned: Learned
    changes: tuple[Change, ...]
    added: tuple[Pair, ...]
    lives: Lives
    restated: int
    summary: Summary
    refused: dict[GroupKey, str]
    by_hand: dict[GroupKey, str]
    problems: tuple[Problem, ...]
    misdelivered: tuple[tuple[Violation, int], ...]
    left_behind: tuple[Left, ...]

    @property
    def not_rare(self) -> Iterator[tuple[str, int, int]]:
        """By contract how many of how many break it by what is rare each, where that is not rare together."""
        suspected = {key.contract for key in self.summary.groups if key not in self.refused}
        for pair, seen in sorted(self.learned.contracts.items()):
            failed, total = self.summary.failed.get("-".join(pair), 0), seen.count
            if "-".join(pair) in suspected and not is_rare(failed, total):
                yield "-".join(pair), failed, max(failed, total)


def update(root: Path, updating: Updating, selection: Selection, run: Run) -> Updated | None:
    """Return the catalog in the folder `root` with all allowed that recordings, which `run` reads, show.

    None where nothing is in them. Raise CatalogError where the catalog is not sound, or would not be.
    """
    before, catalog = read_texts(root), Catalog(root)
    with reading_as(catalog.envelopes):
        return _updated(catalog, before, updating, selection, run)


def _updated(catalog: Catalog, before: Texts, updating: Updating, selection: Selection, run: Run) -> Updated | None:
    root = catalog.root
    learned = merged(part[0] for part in run(Learning(selection)))
    if not learned.count:
        return None
    kin = kin_of(grouped(learned), learned)
    rules = Rules(kin, is_strict=False, is_open=updating.is_open, values=FORMS)
    widening = _Widening(before, root.name, learned, rules, updating.is_rare_allowed)
    pairs = frozenset(learned.contracts)
    widening.go(lambda now: run(Contradicting(now, pairs, selection)))
    added = _add(widening, updating)
    if added:
        widening.go(lambda now: run(Contradicting(now, pairs, selection)))
    files = widening.files
    lives = Lifecycles(files.get(LIFECYCLES, {}), learned, added).with_steps(
        selection, run, widening.faulty_lifecycles, is_rare_allowed=updating.is_rare_allowed
    )
    if lives.content:
        files[LIFECYCLES] = lives.content
    restated = _finish(root, before, files, added)
    after = texts_of(before, files)
    problems = _require_sound(root, after, learned) if after != before else ()
    return Updated(
        before=before,
        after=after,
        learned=learned,
        changes=(*widening.changes, *lives.changes),
        added=tuple(added),
        lives=lives,
        restated=restated,
        summary=widening.found.summary,
        refused=widening.refused,
        by_hand=widening.by_hand,
        problems=problems,
        misdelivered=tuple(contradicted_deliveries(catalog, learned)),
        left_behind=tuple(left_behind(catalog, contents(before).get(LIFECYCLES, {}), learned)),
    )


class _Widening:
    """Makes `files` wider; `changes` says how, `found` what is left against them, `refused` why that is.

    `by_hand` says of what is left because it is rare why it would be left if it were not.
    """

    def __init__(self, before: Texts, name: str, learned: Learned, rules: Rules, is_rare_allowed: bool) -> None:  # noqa: FBT001
        self.files = contents(before)
        self.changes: list[Change] = []
        self.found = Contradictions()
        self.refused: dict[GroupKey, str] = {}
        self.by_hand: dict[GroupKey, str] = {}
        self.learned = learned
        self._name = name
        self._rules = rules
        self._is_rare_allowed = is_rare_allowed

    def tried(self) -> AbstractContextManager[Catalog]:
        """Give the catalog as it is now."""
        return tried(self.files, self._name)

    def faulty_lifecycles(self, content: Schema) -> set[str]:
        """Return the names of the lifecycles in the content of such a file that lint would have something against."""
        with tried({**self.files, LIFECYCLES: content}, self._name) as now:
            return {pointer_parts(pointer)[0] for pointer, _ in faults_of_lifecycles(now, content)}

    def go(self, judged: Callable[[Catalog], Iterable[Contradictions]]) -> None:
        """Go on until nothing more can be done; raise CatalogError where that has no end."""
        for _ in range(_MOST_ROUNDS):
            with self.tried() as now:
                self.found = Contradictions()
                for part in judged(now):
                    self.found.merge(part)
                this, widened = self._round(now, is_rare_allowed=self._is_rare_allowed)
                self.refused = this.refused
                if not this.changes:
                    every, _ = self._round(now, is_rare_allowed=True)
                    self.by_hand = {key: why for key, why in every.refused.items() if key not in self.refused}
                    return
            self.changes += this.changes
            self.files = {file: _tidied(file, content) for file, content in widened.items()}
        raise CatalogError(f"after {_MOST_ROUNDS} rounds there is still something to allow: change it by hand")

    def _round(self, now: Catalog, *, is_rare_allowed: bool) -> tuple[Round, dict[str, Any]]:
        """Allow what was found in a copy of the files."""
        widened = deepcopy(self.files)
        this = Round(now, widened, self.learned, self._rules, is_rare_allowed=is_rare_allowed)
        this.take(self.found)
        return this, widened


def _add(widening: _Widening, updating: Updating) -> list[Pair]:
    """Add the contracts that are lacking; return of which event types and priorities they are."""
    with widening.tried() as now:
        drafting = Drafting(now.name, is_strict=not updating.is_rare_allowed, is_open=updating.is_open)
        return add_contracts(now, widening.files, widening.learned, drafting, updating.examples)


def _tidied(file: str, content: Any) -> Any:
    if kind_of(file) in SCHEMAS:
        without_empty(content)
    return content


def _finish(root: Path, before: Texts, files: dict[str, Any], added: list[Pair]) -> int:
    """Give new contracts examples that they accept, raise the version, restate the cases; return how many of these."""
    if texts_of(before, files) == before:
        return 0
    with tried(files, root.name) as now:
        for event_type, priority in added:
            contract = files[event_path(event_type)]["$defs"][priority]
            if not all(now.accepts(Notification(example)) for example in contract["examples"]):
                contract["examples"] = [next(samples(now, escape(event_type), priority, seed=1))]
        restated = restate_cases(now, files)
        had = contents(before).get(LIFECYCLES, {})
        bound = {pair for life in lifecycles_of(now) if life.name not in had for pair in life.pairs}
    if (found := _VERSION.fullmatch(str(files[MANIFEST].get("version", "")))) is not None:
        first, second = int(found[1]), int(found[2])
        # what was in any order until now, and is in one of a new lifecycle, may break that
        files[MANIFEST]["version"] = f"{first}.{second + 1}.0" if bound <= {*added} else f"{first + 1}.0.0"
    return restated


def _require_sound(root: Path, after: Texts, learned: Learned) -> tuple[Problem, ...]:
    """Return what lint has against the cases alone.

    Raise CatalogError if it has anything else, if less is accepted than before, or the engines disagree.
    """
    with texts_tried(after, root.name) as now:
        problems = tuple(lint(now.root))
        for problem in problems:
            if not problem.file.startswith(f"{CASES}/"):
                raise CatalogError(f"what came of it is no sound catalog: {problem}")
        for contract, envelope in _accepted_before(Catalog(root)):
            if not now.contract(contract.event_type, contract.priority).is_kept_by(envelope):
                raise CatalogError(f"what came of it accepts less than {contract.id} did")
        judges = [Catalog(now.root, engine) for engine in ENGINES]
        rows = [row for pair in sorted(learned.contracts) for row in learned.contracts[pair].sample]
        for row in rows[:: len(rows) // _JUDGED + 1]:
            if len({judge.accepts(Notification(row)) for judge in judges}) > 1:
                raise CatalogError(f"{' and '.join(ENGINES)} disagree on what was learned of {row['event_type']}")
    return problems


def _accepted_before(catalog: Catalog) -> Iterator[tuple[Contract, dict[str, Any]]]:
    """Yield notifications that a catalog accepts, a few for each contract."""
    contracts = catalog.contracts
    for contract in contracts[:: len(contracts) // _MOST_SAMPLED + 1]:
        try:
            for envelope in islice(samples(catalog, escape(contract.event_type), contract.priority), _SAMPLES):
                yield contract, envelope
        except CatalogError:  # it has a keyword that nothing is generated for
            continue
