"""What is not rare of what was seen where a rule was broken; the rest is suspicious, and no reason to allow it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.numbers import Numbers
from notify_contracts._drafting.inference.seen import Objects, Seen
from notify_contracts._drafting.inference.text_forms import NO_FORM, form_of
from notify_contracts._drafting.inference.texts import Texts
from notify_contracts._drafting.inference.words import is_host
from notify_contracts._drafting.updating.widening import LONGEST_WORD

EACH = frozenset(("const", "enum"))
"""The keywords that name single values."""


def common(seen: Seen, keywords: frozenset[str], total: int) -> Seen | None:
    """Return what was seen without the types that are rare among `total`, None if nothing is left.

    Of texts those of a rare form are left out, too, and where `keywords` are about single values, those that are rare.
    """
    kinds = Counter({kind: n for kind, n in seen.kinds.items() if n and not is_rare(n, total)})
    if not kinds:
        return None if is_rare(seen.count, total) or not seen.count else seen
    made = Seen(seen.depth)
    made.kinds, made.count = kinds, kinds.total()
    if "string" in kinds and seen.texts is not None:
        made.texts = _texts(seen.texts, total, is_each=bool(keywords & EACH))
    if kinds.keys() & {"integer", "number"} and seen.numbers is not None:
        made.numbers = _numbers(seen.numbers, total) if keywords & EACH else seen.numbers
    made.objects = seen.objects if "object" in kinds else None
    made.arrays = seen.arrays if "array" in kinds else None
    return made


def _texts(texts: Texts, total: int, *, is_each: bool) -> Texts:
    counts, forms = texts.distinct.counts, texts.forms
    if counts is not None:
        if is_each:
            chosen = {text: n for text, n in counts.items() if not is_rare(n, total)}
        else:
            chosen = {text: n for text, n in counts.items() if not is_rare(forms[form_of(text)], total)}
        kept = _texts_of(chosen)
    else:
        kept = Texts()
        kept.merge(texts)
        kept.leave_out({form for form, n in forms.items() if is_rare(n, total)})
    return kept if kept.forms else texts


def _texts_of(counts: Mapping[str, int]) -> Texts:
    texts = Texts()
    texts.add(counts)
    return texts


def of_nobody(seen: Seen, known: Iterable[Any], name: str) -> Seen:
    """Return what was seen under a name without the texts that no rule should name, unless `known` are of their form.

    Those are of people, by the name, or sentences, hosts, ids and what else has a form.
    """
    counts = None if seen.texts is None else seen.texts.distinct.counts
    if counts is None:
        return seen
    forms = {form_of(each) for each in known if isinstance(each, str)} | {NO_FORM}
    chosen = {text: n for text, n in counts.items() if not is_of_people(name) and _is_of_nobody(text, forms)}
    made = Seen(seen.depth)
    made.merge(seen)
    made.texts = _texts_of(chosen) if chosen else None
    made.kinds["string"] = sum(chosen.values())
    made.count = made.kinds.total()
    return made


def _is_of_nobody(text: str, forms: Collection[str]) -> bool:
    is_word = len(text) <= LONGEST_WORD and text.isprintable() and not any(map(str.isspace, text))
    return is_word and form_of(text) in forms and not is_host(text)


def _numbers(numbers: Numbers, total: int) -> Numbers:
    counts: dict[Any, int] = dict(numbers.distinct.counts or {})
    chosen = {number: n for number, n in counts.items() if not is_rare(n, total)}
    if not chosen:
        return numbers
    kept = Numbers()
    kept.add(chosen)
    return kept


def common_names(objects: Objects, total: int) -> Objects:
    """Return the properties of objects without those that are rare among `total`, unless all together are not rare."""
    common = {name: seen for name, seen in objects.properties.items() if not is_rare(seen.count, total)}
    if objects.values is not None or (not common and not is_rare(objects.count, total)):
        return objects
    kept = Objects(objects.depth)
    kept.properties = common
    kept.count, kept.empty = objects.count, objects.empty
    kept.least, kept.most = objects.least, objects.most
    return kept
