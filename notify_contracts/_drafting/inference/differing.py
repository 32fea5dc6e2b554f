"""Which texts of contracts with payloads of the same shape have a form in some of these only: ids here, names there."""

from collections.abc import Iterator, Sequence
from math import log

from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import log_ways
from notify_contracts._drafting.inference.rules import CHANCE, forms_of
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.text_forms import Form, covering
from notify_contracts._drafting.inference.texts import Texts

Path = tuple[str, ...]
"""The names that lead from a payload to a property in it."""


def differing(payloads: Sequence[Seen], stated: Schema, path: Path = ()) -> Iterator[Path]:
    """Yield the paths to texts whose form depends on the contract; `stated` is the schema of all payloads."""
    objects = [payload.objects for payload in payloads if payload.objects is not None]
    for name, declared in stated.get("properties", {}).items():
        inner = [each.properties[name] for each in objects if name in each.properties]
        if not declared.keys() & {"$ref", "const", "enum"} and _depends([each.texts for each in inner if each.texts]):
            yield (*path, name)
        yield from differing(inner, declared, (*path, name))


def _depends(parts: Sequence[Texts]) -> bool:
    """Whether the texts without the form of most are in few of the parts, and that can hardly be by chance.

    By chance `strange` texts all fall into one choice of parts with `share`, and into any of as many choices.
    """
    form = _commonest(parts)
    if form is None:
        return False
    counts = [forms_of(texts) for texts in parts]
    strange = [sum(n for name, n in each.items() if name not in form.covers) for each in counts]
    within = sum(map(bool, strange))
    total = sum(each.total() for each in counts)
    share = sum(each.total() for each, n in zip(counts, strange, strict=True) if n) / total
    if not 0 < share < 1:
        return False
    return log_ways(len(parts), within) + sum(strange) * log(share) <= log(CHANCE)


def _commonest(parts: Sequence[Texts]) -> Form | None:
    """Return the form that most texts are of that are in a part in which all have one."""
    told: dict[str, int] = {}
    found: dict[str, Form] = {}
    for texts in parts:
        form = covering(forms_of(texts).keys())
        if form is not None:
            found[form.name] = form
            told[form.name] = told.get(form.name, 0) + texts.count
    return found[max(told, key=lambda name: (told[name], name))] if told else None
