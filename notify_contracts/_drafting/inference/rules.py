"""From what was seen at one place to the schema of that place, with the evidence in ``$comment``."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import FEW, bound, is_rare, said, unseen
from notify_contracts._drafting.inference.kinds import as_type, types_of
from notify_contracts._drafting.inference.names import is_attached, is_of_people
from notify_contracts._drafting.inference.numbers import Numbers
from notify_contracts._drafting.inference.seen import Arrays, Objects, Seen
from notify_contracts._drafting.inference.text_forms import EMPTY, NO_FORM, Form, covering, form_of
from notify_contracts._drafting.inference.texts import Texts
from notify_contracts._schema import listed

_MOST_WORDS = 24  # values of an enumeration
_UNSEEN = 0.005  # the share of values that may be still to come where an enumeration is stated
_REPEATED = 10  # how often values of an enumeration came on average
_EXCEPTIONS = 0.005  # the share of them that must be unlikely where nothing else speaks for a rule
_FEW_EXCEPTIONS = 0.025  # the share of them that must be unlikely where all values were the same
_SEVERAL = 3
_ALIKE = 5  # different texts of a form that other texts may have, too
CHANCE = 0.001  # that what holds for some holds by chance, and not because of what they are
_NUMBERED, _SHARING = 8, 4  # names that may be numbered, and how many of them share what is not their number
_DIGITS = re.compile("[0-9]+")
_WORD = re.compile(r"[A-Za-z][0-9A-Za-z_.:/-]{0,39}")
_HOST = re.compile(
    r"[^/]*\.[^/]*/.*|.*\.(?:arpa|com|corp|dev|home|internal|io|lan|local|localdomain|net|org)(?::[0-9]+)?"
)


@dataclass(frozen=True)
class Rules:
    """Makes schemas; what was seen of all fields of the same name is in `kin`, by that name.

    What is rare is left out where `is_strict`, and allowed otherwise. Objects are closed unless `is_open`.
    `used` collects the names of the forms that are referred to, which are at `values`. `ranks` orders
    properties.
    """

    kin: Mapping[str, Seen] = field(default_factory=dict)
    is_strict: bool = False
    is_open: bool = False
    values: str = "../values.json"
    used: set[str] = field(default_factory=set)
    ranks: Mapping[str, int] = field(default_factory=dict)

    def schema(self, seen: Seen, name: str = "") -> Schema:
        """Return the schema of what was seen under a name."""
        if name in self.kin and self._is_too_little(seen):
            few = replace(self, kin={}, is_strict=False)  # too few for any of them to be rare
            return few.of_values(self.kin[name], name, is_borrowed=True)
        return self.of_values(seen, name, is_borrowed=False)

    @staticmethod
    def _is_too_little(seen: Seen) -> bool:
        """Whether others of the same name tell more; objects are told by their properties, which may borrow."""
        if seen.kinds["null"] == seen.count:
            return bound(seen.count) > _FEW_EXCEPTIONS
        has_objects = seen.kinds["object"] or (seen.arrays is not None and seen.arrays.items.kinds["object"])
        return seen.count < FEW and not has_objects

    def of_values(self, seen: Seen, name: str, *, is_borrowed: bool) -> Schema:
        """Return the schema; values are not enumerated where what is known of them `is_borrowed` from others."""
        types = self._types(seen)
        if not types:
            return {"$comment": "never seen"}
        if types == ["null"] and bound(seen.count) > _FEW_EXCEPTIONS:
            return {"$comment": f"only null was seen, {seen.count:,} times: too few to say that nothing else comes"}
        comments = [said(seen.count, seen.count), *_rare(seen.kinds, seen.count)]
        schema: Schema = {"type": as_type(types)}
        if "string" in types and seen.texts is not None:
            is_one = len(seen.texts.distinct.counts or ()) == 1
            alone = set(types) <= {"string", "null"} and (is_one or not is_borrowed)
            schema |= self._of_texts(seen.texts, name, comments, alone=alone)
            if "null" in types and (stated := listed(schema)):
                schema = {"type": schema["type"], "enum": [*stated, None]}
        if seen.numbers is not None and ("integer" in types or "number" in types):
            schema |= _of_numbers(seen.numbers, is_measured="number" in types)
        if "object" in types and seen.objects is not None:
            schema |= self._of_objects(seen.objects, name)
        if "array" in types and seen.arrays is not None:
            schema |= self._of_arrays(seen.arrays, name)
        return {"$comment": "; ".join(comments), **schema}

    def _types(self, seen: Seen) -> list[str]:
        kinds = [kind for kind, n in seen.kinds.items() if n and not (self.is_strict and is_rare(n, seen.count))]
        return types_of(kinds)

    def _of_texts(self, texts: Texts, name: str, comments: list[str], *, alone: bool) -> Schema:
        words, texts = self._words(texts, name) if alone else ((), texts)
        if words:
            counts: Mapping[str, int] = texts.distinct.counts or {}
            listed = [word for word in words if not (self.is_strict and is_rare(counts[word], texts.count))]
            comments.append(f"each of {len(listed)} again and again" if len(listed) > 1 else "never another")
            comments += _rare({word: counts[word] for word in words}, texts.count)
            return {"const": listed[0]} if len(listed) == 1 else {"enum": listed}
        if stated := self.of_form(texts, name):
            return stated
        kin = self.kin[name].texts if name in self.kin else None
        of_name = texts if kin is None else kin
        is_alike = covering(forms_of(of_name)) is not None  # of too few to state the form
        likely = _FEW_EXCEPTIONS if is_alike else _EXCEPTIONS
        return {"minLength": 1} if of_name.shortest > 0 and bound(of_name.count) <= likely else {}

    def of_form(self, texts: Texts, name: str) -> Schema:
        """Return the schema of the form that texts under a name have; an empty one if they have none."""
        form, or_empty = self._form(texts, name)
        if form is None:
            return {}
        self.used.add(form.name)
        stated = {"$ref": f"{self.values}#/$defs/{form.name}"}
        if not or_empty:
            return stated
        title = form.schema["title"]
        branches = [{"title": title, **stated}, {"title": "empty", "const": ""}]
        return {"title": f"{title}, or empty", "anyOf": branches}

    def _words(self, texts: Texts, name: str) -> tuple[tuple[str, ...], Texts]:
        """Return the values of an enumeration, and the texts that show it: these, or all under its name."""
        words, kin = enumeration(texts, name), self.kin.get(name)
        if kin is not None and kin.texts is not None:
            counts, told = kin.texts.distinct.counts, enumeration(kin.texts, name)
            if not words and told and _is_one(texts):  # one of several that others of the name have, and always that
                words = tuple(filter(None, texts.distinct.counts or ()))
            if not words:  # what is the same everywhere is so where there is little of it, too
                return (told, kin.texts) if counts and len(counts) == 1 else ((), texts)
            if counts is None or by_chance(words, counts, texts.count):
                return told, kin.texts
        return words, texts

    def _form(self, texts: Texts, name: str = "") -> tuple[Form | None, bool]:
        """Return the finest form of all but empty texts, where strict of all but rare ones; and if some are empty."""
        counts = forms_of(texts)
        total = counts.total()
        needed = {form for form, n in counts.items() if not (self.is_strict and is_rare(n, total))}
        or_empty = EMPTY in needed
        form = covering(needed - {EMPTY}) if needed - {EMPTY} else None
        is_sure = form is not None and (
            not form.is_ambiguous or total - or_empty >= _ALIKE or (_come_again(texts) and not is_of_people(name))
        )
        return form if is_sure else None, or_empty

    def _of_objects(self, objects: Objects, name: str) -> Schema:
        kin = self.kin[name].objects if name in self.kin else None
        if is_map(objects, name) or (kin is not None and is_map(kin, name)):
            return self._of_map(objects, name)
        if objects.most and not objects.properties:  # it was too deep to be looked at
            return {}
        properties, required = {}, []
        for key, seen in sorted(objects.properties.items(), key=self._rank):
            is_suspect, missing = is_rare(seen.count, objects.count), objects.count - seen.count
            if self.is_strict and is_suspect:
                continue
            properties[key] = schema = self.schema(seen, key)
            if missing:
                share = f"{'rare: ' if is_suspect else ''}{said(seen.count, objects.count)}"
                schema["$comment"] = f"{share}; {schema['$comment']}"
            if not missing or (self.is_strict and is_rare(missing, objects.count)):
                required.append(key)
        made: Schema = {"required": required} if required else {}
        made["properties"] = properties
        return made if self.is_open or not objects.most else {**made, "additionalProperties": False}

    def _of_map(self, objects: Objects, name: str) -> Schema:
        values, names = objects.together()
        schema: Schema = {}
        form, or_empty = self._form(names) if names.count and not is_attached(name) else (None, False)
        if form is not None and not or_empty:
            self.used.add(form.name)
            schema["propertyNames"] = {"$ref": f"{self.values}#/$defs/{form.name}"}
        if stated := self.of_named(values, name):
            schema["additionalProperties"] = stated
        return schema

    def of_named(self, values: Seen, name: str) -> Schema:
        """Return the schema of values that stand under names that are data, in objects of a name."""
        if is_attached(name):  # what somebody attached says little of what others may
            types, stated = self._types(values), {"$comment": "what people attach"}
            return {**stated, "type": types[0]} if len(types) == 1 and types != ["null"] else stated
        return self.schema(values) if values.count else {}

    def _rank(self, item: tuple[str, Seen]) -> tuple[int, str]:
        return self.ranks.get(item[0], len(self.ranks)), item[0]

    def _of_arrays(self, arrays: Arrays, name: str) -> Schema:
        schema: Schema = {}
        if arrays.items.count:
            schema["items"] = self.schema(arrays.items, f"{name}[]")
        if arrays.longer >= FEW and not arrays.repeating and set(arrays.items.kinds) == {"string"}:
            schema["uniqueItems"] = True
        if arrays.least > 0 and arrays.count >= FEW:
            schema["minItems"] = 1
        return schema


def _of_numbers(numbers: Numbers, *, is_measured: bool) -> Schema:
    """Return that none is below zero, where none was; what is measured far from zero does not tell (a latitude)."""
    is_far = is_measured and numbers.least > numbers.greatest - numbers.least
    return {"minimum": 0} if numbers.least >= 0 and numbers.count >= _SEVERAL and not is_far else {}


def forms_of(texts: Texts) -> Counter[str]:
    """Return how many texts have which finest form; while these are few, what repeats is evidence once."""
    return texts.forms if texts.distinct.counts is None else Counter(map(form_of, texts.distinct.counts))


def enumeration(texts: Texts, name: str) -> tuple[str, ...]:
    """Return the values of an enumeration, sorted, of which one may be empty; none if others are not unlikely."""
    counts = texts.distinct.counts
    if counts is None or is_of_people(name) or not _come_again(texts):
        return ()
    return tuple(sorted(counts)) if all(is_word(text) for text in counts if text) else ()


def _is_one(texts: Texts) -> bool:
    """Whether there was never another one, and not only a few times."""
    return texts.count >= FEW and len(texts.distinct.counts or ()) == 1


def _come_again(texts: Texts) -> bool:
    """Whether the same few texts came again and again: the evidence bounds what was not seen."""
    counts = texts.distinct.counts
    if counts is None or len(counts) > _MOST_WORDS:
        return False
    singles = sum(count == 1 for count in counts.values())
    if texts.count < FEW or texts.count < _REPEATED * len(counts) or unseen(singles, texts.count) > _UNSEEN:
        return False
    if singles and not is_rare(1, texts.count):
        return False
    return len(counts) > 1 or bound(texts.count) <= _FEW_EXCEPTIONS


def is_word(text: str) -> bool:
    """Whether a text may be one of an enumeration: a word, without spaces, of no form, and no host or what one has."""
    return _WORD.fullmatch(text) is not None and form_of(text) == NO_FORM and not is_host(text)


def is_host(text: str) -> bool:
    """Whether a text looks like a host, or what is on one."""
    return _HOST.fullmatch(text.lower()) is not None


def _rare(counts: Mapping[str, int], total: int) -> list[str]:
    """Return what was rare, in words."""
    return [f"rare: {what} in {n:,}" for what, n in sorted(counts.items()) if is_rare(n, total)]


def by_chance(words: Iterable[str], counts: Mapping[str, int], number: int) -> bool:
    """Whether `number` values that are all among `words` may be that by chance, where others are counted, too."""
    within = sum(counts[word] for word in words)
    return within < sum(counts.values()) and (within / sum(counts.values())) ** number > CHANCE


def is_map(objects: Objects, name: str = "") -> bool:
    """Whether the names of properties are data: many, none common, or numbered, or of a form that only data have.

    Objects called `name` may be what people attach to things: then none is always there.
    """
    properties = objects.properties
    if objects.values is not None:
        return True
    if not properties:
        return False
    if len(properties) > 1 and NO_FORM not in objects.together()[1].forms:
        return True
    told = objects.count - objects.empty
    commonest = max(seen.count for seen in properties.values())
    if is_attached(name):
        return commonest < objects.count
    if commonest == told >= _SEVERAL or commonest * 2 >= objects.count:  # whenever there is anything it is there
        return False
    rare = sum(seen.count <= max(2, objects.count // 50) for seen in properties.values())
    return _are_numbered(properties) or (len(properties) >= _SEVERAL and rare * 2 >= len(properties))


def _are_numbered(names: Collection[str]) -> bool:
    """Whether many names are few names with different numbers: ``temp-0`` to ``temp-39``."""
    return len(names) >= _NUMBERED and len({_DIGITS.sub("", name) for name in names}) * _SHARING <= len(names)
