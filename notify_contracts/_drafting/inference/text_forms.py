"""Forms that texts may have, finest first, and which of them a text has: the data are in ``text_forms.json``."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._schema import FORMATS

NO_FORM = ""
"""The form of a text that has none of them."""

EMPTY = "empty"
"""The form of a text without characters."""

_LONGEST = 256  # characters: a form that is as long may be longer
_REMEMBERED = 1 << 14  # texts whose form is known: names and words come again and again


@dataclass(frozen=True)
class Form:
    """A form of texts, and the schema that states it.

    `expression` is what a text of it and of none finer looks like, empty where every text of it has a finer one; where
    `has_finer` it also fits those. `length` is the least and the most characters, of which 256 stands for any number.
    One that `is_ambiguous` a text may have by chance, and so may some that are all alike one that has `differing`: how
    many must differ, and in how many first characters. `wider` names the forms that a text of this one has as well,
    and `covers` all that a text of this one may have as its finest.
    """

    name: str
    schema: Mapping[str, Any]
    expression: str
    length: tuple[int, int]
    wider: tuple[str, ...]
    has_finer: bool
    is_ambiguous: bool
    differing: tuple[int, int] = (0, 0)

    @cached_property
    def many(self) -> re.Pattern[str]:
        """What matches any number of texts of this form, each with a line end behind it."""
        return re.compile(f"(?:{self.expression}\n)*+")

    @cached_property
    def holds(self) -> Callable[[str], bool] | None:
        """What tells of a text that fits `expression` whether it has this form; None where it has."""
        return FORMATS.get(self.schema.get("format", ""))

    def shown_by(self, texts: Iterable[str] | None) -> "Form":
        """Return this form if these different texts show it, None for very many, else the next wider one."""
        least, characters = self.differing
        if texts is None or len({text[:characters] for text in texts}) >= least:
            return self
        return forms()[self.wider[0]]

    @cached_property
    def covers(self) -> frozenset[str]:
        """The names of this form and of all finer ones."""
        finer = (other.covers for other in forms().values() if self.name in other.wider)
        return frozenset({self.name}).union(*finer)


@cache
def forms() -> Mapping[str, Form]:
    """Return every form by its name, finer ones before wider ones."""
    data = json.loads(Path(__file__).with_name("text_forms.json").read_text(encoding="utf-8"))
    return {name: _form(name, values) for name, values in data.items()}


def _form(name: str, data: Mapping[str, Any]) -> Form:
    shortest, longest = data.get("length", (0, 0))
    wider, has_finer = tuple(data.get("wider", ())), data.get("has_finer", False)
    is_ambiguous = data.get("is_ambiguous", False)
    least, characters = data.get("differing", (0, 0))
    length, differing, expression = (shortest, longest), (least, characters), data.get("expression", "")
    return Form(name, data["schema"], expression, length, wider, has_finer, is_ambiguous, differing)


def covering(names: Collection[str]) -> Form | None:
    """Return the finest form that all texts have whose finest forms are these; None if one has none, or no form is."""
    return _covering(frozenset(names))


@lru_cache
def _covering(names: frozenset[str]) -> Form | None:
    return next((form for form in forms().values() if form.covers.issuperset(names)), None)


def form_of(text: str) -> str:
    """Return the name of the finest form of a text, `NO_FORM` if it has none."""
    return _remembered(text) if len(text) < _LONGEST else _found(text)


def _found(text: str) -> str:
    found = _of_length(min(len(text), _LONGEST)).fullmatch(text)
    if found is None or found.lastgroup is None:
        return NO_FORM
    form = forms()[found.lastgroup]
    return form.name if form.holds is None or form.holds(text) else NO_FORM


_remembered = lru_cache(_REMEMBERED)(_found)


@cache
def _of_length(length: int) -> re.Pattern[str]:
    """Return what matches, under its name, each of the forms that texts of this length may have."""
    fitting = [form for form in forms().values() if form.expression and form.length[0] <= length <= form.length[1]]
    return re.compile("|".join(_alternatives(fitting)) or "(?!)")


def _alternatives(fitting: Iterable[Form]) -> Iterator[str]:
    """Yield expressions of forms under their names, of those with a date in front together: a date is a long one."""
    date = forms()["date"].expression
    for begins_so, several in groupby(fitting, lambda form: form.expression.startswith(date)):
        common = date if begins_so else ""
        yield f"{common}(?:{'|'.join(f'(?P<{form.name}>{form.expression[len(common) :]})' for form in several)})"


def all_have(texts: Sequence[str], form: Form) -> bool:
    """Whether every one of `texts` has `form` and none finer; where one may have a finer one, it does not say so."""
    if form.has_finer or form.holds is not None or form.length[1] == _LONGEST:  # those may hold line ends
        return False
    joined = "\n".join(texts) + "\n"
    found = form.many.match(joined)
    return found is not None and found.end() == len(joined) and joined.count("\n") == len(texts)
