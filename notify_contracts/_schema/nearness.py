"""Which of several names a text was perhaps meant to be: the same start or end, or nearly the same letters."""

from bisect import bisect
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_LONGEST_COMPARED = 64  # difflib's time grows with the square of the length
_LONGEST = 256  # characters of an option
_SHORTEST_PART = 4
_LEAST_LIKENESS = 0.8
_MOST_COMPARED = 200
_BESIDE = _MOST_COMPARED // 4  # of more options, so many are compared on either side, in two orders


def near(text: Any, options: Iterable[Any]) -> str | None:
    """Return the option that `text` resembles, None where there is none; not for long texts."""
    if not isinstance(text, str) or len(text) > _LONGEST_COMPARED:
        return None
    comparable = tuple(option for option in options if isinstance(option, str) and len(option) <= _LONGEST)
    return _near(text, comparable) if comparable else None


@lru_cache(maxsize=256)  # one fault in each of many notifications is looked at once
def _near(text: str, options: tuple[str, ...]) -> str | None:
    folded = text.casefold()
    by_folded = _around(folded, options)
    from difflib import get_close_matches

    for candidate, option in by_folded.items():
        short, long = sorted((folded, candidate), key=len)
        if len(short) >= _SHORTEST_PART and (long.startswith(short) or long.endswith(short)):
            return option
    comparable = [option for option in by_folded if len(option) <= _LONGEST_COMPARED]
    close = get_close_matches(folded, comparable, 1, _LEAST_LIKENESS)
    return by_folded[close[0]] if close else None


def _around(folded: str, options: tuple[str, ...]) -> dict[str, str]:
    """Return the options to compare, by what they are without case.

    Of very many these are those that `folded` begins or ends with, and those that begin or end most as it does.
    """
    if len(options) <= _MOST_COMPARED:
        return {option.casefold(): option for option in options}
    by_folded, forwards, backwards = _sorted(options)
    parts = (part for size in range(len(folded), _SHORTEST_PART - 1, -1) for part in (folded[:size], folded[-size:]))
    ends = (name[::-1] for name in _beside(backwards, folded[::-1]))
    near_by = (*filter(by_folded.__contains__, parts), *_beside(forwards, folded), *ends)
    return {name: by_folded[name] for name in near_by}


@lru_cache(maxsize=16)
def _sorted(options: tuple[str, ...]) -> tuple[dict[str, str], list[str], list[str]]:
    """Return the options without case, and in the order of their letters, forwards and backwards."""
    by_folded = {option.casefold(): option for option in options}
    return by_folded, sorted(by_folded), sorted(name[::-1] for name in by_folded)


def _beside(names: list[str], name: str) -> list[str]:
    place = bisect(names, name)
    return names[max(0, place - _BESIDE) : place + _BESIDE]
