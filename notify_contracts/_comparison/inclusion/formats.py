"""Formats as formulas."""

from functools import cache

from notify_contracts._comparison.inclusion.formulas import Format, Formula, Length, Text, every, made, some
from notify_contracts._schema import LANGUAGES


@cache
def format_formula(name: str, *, positive: bool) -> Formula:
    """Return what texts of a format keep, or those that do not have it; other values keep both."""
    language = LANGUAGES[name]
    surely = [made(Text(language.surely, positive=True))]
    not_surely = [made(Text(language.surely, positive=False))]
    if language.longest is not None:
        surely.append(made(Length(0, language.longest)))
        not_surely.append(made(Length(language.longest + 1, None)))
    if language.is_exact:
        return every(surely) if positive else some(not_surely)
    known = made(Text(language.all, positive=True)) if positive else some(not_surely)
    return every((known, made(Format(name, positive))))
