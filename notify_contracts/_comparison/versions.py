"""The least honest version that follows from what was found. Source: rule 5 of ``contracts/README.md``."""

from collections.abc import Sequence

from notify_contracts._comparison.findings import Direction, Finding, Level, Reworded, Undecided, Version
from notify_contracts.catalog import Catalog

_WHY = {
    Level.FIRST: "a notification that passed now fails",
    Level.SECOND: "there is more to pass",
    Level.THIRD: "words changed, or the same is stated otherwise",
    Level.NONE: "nothing changed",
}
_PLACES = {Level.FIRST: 0, Level.SECOND: 1, Level.THIRD: 2}


def judged(
    old: Catalog,
    new: Catalog,
    findings: Sequence[Finding],
    undecided: Sequence[Undecided],
    reworded: Sequence[Reworded],
) -> Version:
    """Return the version of `new`, the least one that is honest after that of `old`, and whether it is reached.

    Where something is not decided it is taken for compatible: the least version is one, whatever else may follow.
    Two catalogs of different ids are two, and their versions have nothing to do with each other.
    """
    level = _level(findings, reworded)
    why = _WHY[level]
    if undecided and level is not Level.FIRST:
        why += ", as far as it is decided"
    before, after = (_numbers(catalog.version) for catalog in (old, new))
    if old.base != new.base:
        return Version(old.version, new.version, level, None, "two catalogs with an id of their own", is_honest=True)
    if before is None or after is None:
        return Version(old.version, new.version, level, None, "a version is not like 1.0.0", is_honest=False)
    least = _raised(before, level)
    return Version(old.version, new.version, level, ".".join(map(str, least)), why, is_honest=after >= least)


def _level(findings: Sequence[Finding], reworded: Sequence[Reworded]) -> Level:
    if any(finding.direction is Direction.OLD_SENT for finding in findings):
        return Level.FIRST
    if findings:
        return Level.SECOND
    return Level.THIRD if reworded else Level.NONE


def _raised(numbers: tuple[int, ...], level: Level) -> tuple[int, ...]:
    if level is Level.NONE:
        return numbers
    place = _PLACES[level]
    return (*numbers[:place], numbers[place] + 1, *(0 for _ in numbers[place + 1 :]))


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 10 for part in parts):  # noqa: PLR2004
        return None
    return tuple(map(int, parts))
