"""Two fields that tell resources apart together, where none does alone: a name or a number, and whose that is."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path as File
from typing import Any, NamedTuple

from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.lives.fields import IDS, Path, fields_of, key_of, rank
from notify_contracts._drafting.inference.names import words_of
from notify_contracts._drafting.inference.text_forms import NO_FORM, form_of

_NAMES = ("name", "number", "no", "key", "slug")
_OF_SCOPES = frozenset((*IDS, "name"))  # what the name of a field may end with that says whose a name is
_ENOUGH = 10  # notifications that are asked whether a field tells resources apart alone
_SHARED = 0.05  # the share of them that it does not tell apart


class Scoped(NamedTuple):
    """Where notifications hold the two fields; their names; in how many sampled ones the second is of several first."""

    places: Mapping[Pair, tuple[Path, Path]]
    names: tuple[str, str]
    shared: int
    sampled: int

    @property
    def evidence(self) -> str:
        """Why it takes both, in words."""
        scope, name = self.names
        both = f"told apart by {scope} and {name} together"
        return f"{both}: in {self.shared:,} of {self.sampled:,} sampled the same {name} was of another {scope}, too"


def scoped(learned: Learned, words: Sequence[str], ids: Mapping[Pair, Path | None]) -> Scoped | None:
    """Return the fields that tell resources of a kind apart together; None if one does alone, or no two do.

    `ids` are the notifications of the kind that `words` name, each with the place of what is named as its id, if any.
    A name is asked for whose it is, an id only where the same is seen to be of several.
    """
    has_ids = any(path is not None for path in ids.values())
    found: defaultdict[tuple[str, str], dict[Pair, tuple[Path, Path]]] = defaultdict(dict)
    for pair, path in ids.items():
        fields = list(fields_of(learned.contracts[pair].payload, least=1))
        names = [path] if path is not None else [] if has_ids else _names(fields, words)
        for name in names:
            for scope in sorted(_scopes(fields, words), key=lambda each: _order(each, name, words), reverse=True):
                if scope != name and (label := _label(scope)) != name[-1]:
                    found[label, "" if has_ids else name[-1]][pair] = scope, name
    best = min(found, key=lambda key: (-len(found[key]), _priority(key[0], words), key), default=None)
    if best is None:
        return None
    places = found[best]
    ((called, _),) = Counter(name[-1] for _, name in places.values()).most_common(1)
    shares = [_shared(learned, pair, *paths, words) for pair, paths in sorted(places.items())]
    asked = [(shared, count) for shared, count in shares if count >= _ENOUGH]
    if has_ids and not (asked and all(shared >= count * _SHARED for shared, count in asked)):
        return None
    return Scoped(places, (best[0], called), sum(each for each, _ in shares), sum(count for _, count in shares))


@cache
def _words() -> Mapping[str, int]:
    """Return the words that say whose something is, numbered."""
    listed = json.loads(File(__file__).with_name("scopes.json").read_text(encoding="utf-8"))
    return {word: number for number, word in enumerate(listed)}


def _label(path: Path) -> str:
    """Return what the field at a path is called: as the object that it is in, where it is the id or name of that."""
    return path[-2] if len(path) > 1 and path[-1].lower() in _OF_SCOPES else path[-1]


def _scope_in(name: str) -> str:
    """Return what a field that is called so is the id or the name of."""
    words = [word.lower() for word in words_of(name)]
    return "".join(words[:-1] if len(words) > 1 and words[-1] in _OF_SCOPES else words)


def _scopes(fields: Sequence[Path], kind: Sequence[str]) -> Iterator[Path]:
    """Yield the places of what says whose something is: a namespace, a tenant, or what else the kind is named after."""
    return (path for path in fields if _scope_in(_label(path)) in {*_words(), *kind[:-1]})


def _priority(name: str, kind: Sequence[str]) -> int:
    scope = _scope_in(name)
    return -1 if scope in kind[:-1] else _words()[scope]


def _order(scope: Path, name: Path, kind: Sequence[str]) -> tuple[int, bool, int, Path]:
    """Order places by how well each says whose a name is."""
    return _priority(_label(scope), kind), scope[:-1] != name[:-1], len(scope), scope


def _names(fields: Sequence[Path], kind: Sequence[str]) -> list[Path]:
    """Return the place of the field that is best named as the name or the number of a kind; none if there is none."""
    ranked = {path: each for path in fields if (each := rank(path, kind, ("", *_NAMES), _NAMES)) is not None}
    return sorted(ranked, key=lambda path: (ranked[path], len(path), path))[:1]


def _shared(learned: Learned, pair: Pair, scope: Path, name: Path, kind: Sequence[str]) -> tuple[int, int]:
    """Return in how many sampled notifications a name is one of several scopes, and how many there are.

    What has a form that nobody gives twice is no such name, unless the scope is what the kind is named after.
    """
    told: defaultdict[Any, Counter[Any]] = defaultdict(Counter)
    is_of_kind = _scope_in(_label(scope)) in kind[:-1]
    count = 0
    for envelope in learned.contracts[pair].sample:
        payload = envelope.get("payload")
        whose, what = key_of(payload, scope), key_of(payload, name)
        if whose is None or what is None:
            continue
        count += 1
        if is_of_kind or form_of(what) in (NO_FORM, "integer_text"):
            told[what][whose] += 1
    several = sum(scopes.total() for scopes in told.values() if len(scopes) > 1)
    return (0 if is_rare(several, count) else several), count
