"""From what was seen at one place to the schema of that place, with the evidence in ``$comment``."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import VALUES, Schema
from notify_contracts._drafting.inference.arrays import Arrays
from notify_contracts._drafting.inference.evidence import FEW, FEW_EXCEPTIONS, bound, is_rare, said
from notify_contracts._drafting.inference.kin import Kin
from notify_contracts._drafting.inference.kinds import as_type, types_of
from notify_contracts._drafting.inference.maps import is_map
from notify_contracts._drafting.inference.names import is_a_name, is_attached, is_of_kind, is_of_people
from notify_contracts._drafting.inference.numbers import Numbers
from notify_contracts._drafting.inference.seen import Objects, Seen
from notify_contracts._drafting.inference.text_forms import EMPTY, Form, covering, form_of
from notify_contracts._drafting.inference.texts import Texts
from notify_contracts._drafting.inference.words import are_shared, come_again, enumeration, is_one
from notify_contracts._schema import listed

_EXCEPTIONS = 0.005  # the share of them that must be unlikely where nothing else speaks for a rule
_SEVERAL = 3
_GREAT, _SIGNED = 1 << 53, 10  # numbers that are hashes rather than sizes; different ones, hardly of one sign
_TIME = 1_000_000_000  # seconds since 1970: what is measured so far from zero is a time
_MOST_PLACES = 4  # of a position, a colour, a box, a rotation
_ALIKE = 5  # different texts of a form that other texts may have, too
CHANCE = 0.001  # that what holds for some holds by chance, and not because of what they are


@dataclass(frozen=True)
class Rules:
    """Makes schemas; what was seen of all fields of the same name is in `kin`, by that name.

    What is rare is left out where `is_strict`, and allowed otherwise. Objects are closed unless `is_open`. Which texts
    came says nothing of others unless `lists_words`.
    `used` collects the names of the forms that are referred to, which are at `values`. `ranks` orders
    properties.
    """

    kin: Kin = field(default_factory=Kin)
    is_strict: bool = False
    is_open: bool = False
    lists_words: bool = True
    values: str = f"../{VALUES}"
    used: set[str] = field(default_factory=set)
    ranks: Mapping[str, int] = field(default_factory=dict)

    def schema(self, seen: Seen, name: str = "") -> Schema:
        """Return the schema of what was seen under a name."""
        kin = self.kin.of(name, seen.kinds)
        if kin is not None and self._is_too_little(seen, kin):
            few = replace(self, kin=Kin(), is_strict=False)  # too few for any of them to be rare
            return few.of_values(kin, name, is_borrowed=True)
        schema = self.of_values(seen, name, is_borrowed=False)
        if kin is not None and kin.kinds["null"] and seen.count < FEW and "type" in schema:
            schema["type"] = as_type(types_of([*self._types(seen), "null"]))
        return schema

    @staticmethod
    def _is_too_little(seen: Seen, kin: Seen) -> bool:
        """Whether others of the same name tell more; objects are told by their properties, which may borrow."""
        if seen.kinds["null"] == seen.count:
            return bound(seen.count) > FEW_EXCEPTIONS
        if seen.count >= FEW:
            return False
        if seen.objects is not None:
            return kin.objects is not None and _is_part(seen.objects, kin.objects)
        return seen.arrays is None or not seen.arrays.items.kinds["object"]

    def of_values(self, seen: Seen, name: str, *, is_borrowed: bool) -> Schema:
        """Return the schema; values are not enumerated where what is known of them `is_borrowed` from others."""
        types = self._types(seen)
        if not types:
            return {"$comment": "never seen"}
        if types == ["null"] and bound(seen.count) > FEW_EXCEPTIONS:
            return {"$comment": f"only null was seen, {seen.count:,} times: too few to say that nothing else comes"}
        comments = [said(seen.count, seen.count), *_rare(seen.kinds, seen.count)]
        schema: Schema = {"type": as_type(types)}
        if "string" in types and seen.texts is not None:
            is_one = len(seen.texts.distinct.counts or ()) == 1
            alone = self.lists_words and set(types) <= {"string", "null"} and (is_one or not is_borrowed)
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
        if "integer" in kinds and seen.numbers is not None and seen.numbers.has_points:
            kinds.append("number")
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
        of_name = self.kin.texts(name) or texts
        is_alike = covering(forms_of(of_name)) is not None  # of too few to state the form
        likely = FEW_EXCEPTIONS if is_alike else _EXCEPTIONS
        return {"minLength": 1} if of_name.shortest > 0 and bound(of_name.count) <= likely else {}

    def of_form(self, texts: Texts, name: str) -> Schema:
        """Return the schema of the form that texts under a name have; an empty one if they have none."""
        form, or_empty = self._form_of_kin(texts, name) or self._form(texts, name)
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
        words, kin = enumeration(texts, name), self.kin.texts(name)
        if kin is not None:
            counts, told = kin.distinct.counts, enumeration(kin, name)
            if not words and told and is_one(texts):  # one of several that others of the name have, and always that
                words = tuple(filter(None, texts.distinct.counts or ()))
            if not words:  # what is the same everywhere is so where there is little of it, too
                return (told, kin) if counts and (len(counts) == 1 or are_shared(texts, counts, name)) else ((), texts)
            share = self.kin.share(name, words)
            if share is not None and share**texts.count > CHANCE:
                return told, kin
        return words, texts

    def _form_of_kin(self, texts: Texts, name: str) -> tuple[Form | None, bool] | None:
        """Return the form of all texts under a name, and if some are empty, where these are of it, too, and tell less.

        They are too few to tell a form, or are by chance of a finer one, or none of them empty.
        """
        kin = self.kin.texts(name)
        form, or_empty = (None, False) if kin is None else self._form(kin, name)
        own = forms_of(texts)
        if kin is None or form is None or own.keys() - {EMPTY} - form.covers:
            return None
        if self._form(texts, name)[0] is not None and not _is_by_chance(own, forms_of(kin)):
            return None
        return form, or_empty or EMPTY in own

    def _form(self, texts: Texts, name: str = "") -> tuple[Form | None, bool]:
        """Return the finest form of all but empty texts, where strict of all but rare ones; and if some are empty."""
        counts = forms_of(texts)
        total = counts.total()
        needed = {form for form, n in counts.items() if not (self.is_strict and is_rare(n, total))}
        or_empty = EMPTY in needed
        form = covering(needed - {EMPTY}) if needed - {EMPTY} else None
        form = form and form.shown_by(texts.distinct.counts)
        is_sure = form is not None and (
            not (form.is_ambiguous or is_a_name(name))
            or total - or_empty >= _ALIKE
            or (come_again(texts) and not is_of_people(name))
        )
        return form if is_sure else None, or_empty

    def _of_objects(self, objects: Objects, name: str) -> Schema:
        kin = self.kin.of(name, ["object"])
        are_data = kin is not None and kin.objects is not None and is_map(kin.objects, name)
        if is_map(objects, name) or (are_data and not self.kin.has_names_of_places(name)):
            return self.of_map(objects, name)
        if objects.most and not objects.properties:  # it was too deep to be looked at
            return {}
        properties, required = {}, []
        for key, seen in sorted(objects.properties.items(), key=self._rank):
            is_suspect, missing = is_rare(seen.count, objects.count), objects.count - seen.count
            if self.is_strict and is_suspect:
                continue
            is_label = missing and is_attached(name) and not is_of_kind(key)
            rules = replace(self, lists_words=False) if is_label else self
            properties[key] = schema = rules.schema(seen, key)
            if missing:
                share = f"{'rare: ' if is_suspect else ''}{said(seen.count, objects.count)}"
                schema["$comment"] = f"{share}; {schema['$comment']}"
            if not missing or (self.is_strict and is_rare(missing, objects.count)):
                required.append(key)
        made: Schema = {"required": required} if required else _never_empty(objects)
        made["properties"] = properties
        return made if self.is_open or not objects.most else {**made, "additionalProperties": False}

    def of_map(self, objects: Objects, name: str) -> Schema:
        """Return the schema of objects whose names of properties are data."""
        values, names = objects.together()
        schema = _never_empty(objects) if objects.count >= FEW and not is_attached(name) else {}
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
        if _are_tuples(arrays):
            schema["minItems"] = schema["maxItems"] = arrays.least
        return schema


def _is_part(few: Objects, every: Objects) -> bool:
    """Whether few objects have what others of `every` one have, too, and nothing is always in them, here or there."""
    names = few.properties.keys()
    if not names or not names <= every.properties.keys():
        return False
    is_elsewhere = all(every.properties[name].count > few.properties[name].count for name in names)
    return is_elsewhere and not any(
        seen.count == each.count for each in (few, every) for seen in each.properties.values()
    )


def _never_empty(objects: Objects) -> Schema:
    """Return that an object has properties, where each had some: which, none of them says."""
    return {"minProperties": 1} if objects.least > 0 else {}


def _of_numbers(numbers: Numbers, *, is_measured: bool) -> Schema:
    """Return that none is below zero, where none was; what is measured far from zero does not tell (a latitude).

    What is as far from it as times are is one. Of great numbers, which may be hashes with a sign, it needs many
    different ones: the same again tells nothing.
    """
    is_far = is_measured and numbers.greatest - numbers.least < numbers.least < _TIME
    counts = numbers.distinct.counts
    if counts is not None and numbers.greatest >= _GREAT and len(counts) < _SIGNED:
        return {}
    return {"minimum": 0} if numbers.least >= 0 and numbers.count >= _SEVERAL and not is_far else {}


def _are_tuples(arrays: Arrays) -> bool:
    """Whether arrays are of numbers that mean something by their place, as coordinates: there are always as many.

    Where there are more, they may be one for each core, or disk; where the same come again, they may be a list.
    """
    is_so = 1 < arrays.least == arrays.most <= _MOST_PLACES and set(arrays.items.kinds) <= {"integer", "number"}
    numbers = arrays.items.numbers
    are_measured = numbers is not None and numbers.distinct.counts is None
    return is_so and are_measured and bound(arrays.count) <= FEW_EXCEPTIONS


def forms_of(texts: Texts) -> Counter[str]:
    """Return how many texts have which finest form; while these are few, what repeats is evidence once."""
    return texts.forms if texts.distinct.counts is None else Counter(map(form_of, texts.distinct.counts))


def _is_by_chance(own: Mapping[str, int], every: Mapping[str, int]) -> bool:
    """Whether own values that are all of some forms may be that by chance, where others are of more."""
    within, total = sum(every[form] for form in own if form in every), sum(every.values())
    return within < total and (within / total) ** sum(own.values()) > CHANCE


def _rare(counts: Mapping[str, int], total: int) -> list[str]:
    """Return what was rare, in words."""
    return [f"rare: {what} in {n:,}" for what, n in sorted(counts.items()) if is_rare(n, total)]
