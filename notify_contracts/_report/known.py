"""What somebody looked at and takes upon himself, until a day: what baselines are made of, whatever they are about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from notify_contracts._schema import FORMATS
from notify_contracts._untrusted import NotJsonError, parse, printable, reason_of, shortened
from notify_contracts.errors import SourceError, UsageError

_MOST_BYTES = 16 * 1024 * 1024
_MOST_LINES = 20

Made = TypeVar("Made")
About = TypeVar("About", bound="_OfCatalog")
Key = TypeVar("Key", bound=tuple[str, ...])


class Known(NamedTuple):
    """Why something is known, and the last day on which it is."""

    reason: str = "not looked at yet"
    expires: date | None = None

    def holds(self, today: date) -> bool:
        """Return whether it does not expire before `today`."""
        return self.expires is None or self.expires >= today

    def values(self) -> dict[str, str]:
        """Return it as members of an entry."""
        return {"reason": self.reason, **({} if self.expires is None else {"expires": self.expires.isoformat()})}


class _OfCatalog(Protocol):
    @property
    def catalog(self) -> str: ...


def is_known(known: Mapping[Key, Known], key: Key, today: date) -> bool:
    """Return whether an entry has this key, and holds."""
    return key in known and known[key].holds(today)


def known_entries(
    entries: Sequence[Any], name: str, key: Callable[..., Key], required: Sequence[str], optional: Sequence[str]
) -> dict[Key, Known]:
    """Return what the entries of the list `name` say by their keys, which `required` and `optional` fields make.

    Raise ValueError, with the place, for what is no entry, or is there twice.
    """
    known: dict[Key, Known] = {}
    for number, entry in enumerate(entries):
        place, least = f"{name}/{number}", {*required, "reason"}
        if not isinstance(entry, dict) or not least <= set(entry) <= {*least, *optional, "expires"}:
            said, further = ", ".join(sorted(least)), ", ".join(optional)
            raise ValueError(f"{place}: expected {said}, and {further} or expires where there is one")
        if not all(isinstance(value, str) for value in entry.values()):
            raise ValueError(f"{place}: expected texts")
        if "expires" in entry and not FORMATS["date"](entry["expires"]):  # later Pythons read more as a date
            raise ValueError(f"{place}/expires: expected a date as 2026-12-31")
        expires = date.fromisoformat(entry["expires"]) if "expires" in entry else None
        one = key(**{field: entry.get(field, "") for field in (*required, *optional)})
        if one in known:
            raise ValueError(f"{place}: is there twice")
        known[one] = Known(entry["reason"], expires)
    return known


def is_of_baseline(note: str) -> bool:
    """Whether a note of an outcome says what became of a baseline's entries."""
    return note.startswith(("baseline: ", "baseline, "))


def state_lines(state: str, keys: Sequence[Key], known: Mapping[Key, Known]) -> Iterator[str]:
    """Yield a line for each of the first entries in a state, and how many more there are."""
    for key in keys[:_MOST_LINES]:
        place = " ".join(part for part in key if part)
        yield printable(f"baseline, {state}: {place} ({shortened(known[key].reason)})")
    if len(keys) > _MOST_LINES:
        yield f"baseline, {state}: and {len(keys) - _MOST_LINES} more"


def require_same(about: str, catalog: str, remedy: str) -> None:
    """Raise UsageError if a baseline is about another catalog than the one of this name."""
    if catalog != about:
        told = shortened(printable(about))
        raise UsageError(f'the baseline is about the catalog "{told}", not "{catalog}": {remedy}')


def renewed(path: str, catalog: str | None, read: Callable[[str], About]) -> About | None:
    """Return the baseline in the file to which one of a `catalog` is to be written, None if there is no such file.

    Raise UsageError for a file that holds something else: nothing of that would be left.
    """
    if not Path(path).is_file() or not Path(path).stat().st_size:
        return None
    remedy = "give --write-baseline another file, or delete this one"
    try:
        former = read(path)
    except SourceError:
        raise UsageError(f"{printable(path)} would be overwritten, which is no such baseline: {remedy}") from None
    require_same(former.catalog, former.catalog if catalog is None else catalog, remedy)
    return former


def read_known(path: str, kind: str, remedy: str, made: Callable[[Any], Made]) -> Made:
    """Return what is made of the JSON in a file; raise SourceError if it cannot be read or is no baseline of a kind.

    `made` raises ValueError for what is none.
    """
    name = printable(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: the baseline cannot be read: {reason_of(error)}; {remedy}") from None
    try:
        if len(data) <= _MOST_BYTES:
            return made(parse(data))
        reason = "more than 16 MiB"
    except NotJsonError as error:
        reason = f"not JSON: {error}"
    except ValueError as error:
        reason = shortened(printable(str(error)))
    raise SourceError(f"{name}: is no {kind}: {reason}; {remedy}") from None
