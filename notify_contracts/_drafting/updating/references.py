"""A reference to a rule that no longer holds here: it leads elsewhere, and what others refer to stays as it is."""

from collections.abc import Collection, Mapping, Sequence

from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference import forms
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.text_forms import covering
from notify_contracts._drafting.updating.values_file import FORMS, rule_of
from notify_contracts._drafting.updating.widening import Draft, allow_either, is_any_text, said_of, values_of

_NO_RULE = ("title", "description", "$comment", "$id", "$schema", "$defs", "examples", "type", "$ref")


def widen_reference(
    schema: Schema, targets: Sequence[Schema], keywords: Collection[str], seen: Seen, draft: Draft
) -> str:
    """Have a schema whose reference leads to `targets`, one after the other, accept what was `seen`, too.

    `keywords` are those of the targets that it breaks. Return what it came to, in words.
    """
    if {"const", "enum"} & {*keywords} and (values := values_of(seen)):
        branch: Schema = {"const": values[0]} if len(values) == 1 else {"enum": values}
    else:
        branch = draft(seen)
    types = next((target["type"] for target in targets if "type" in target), None)
    if set(keywords) <= {"pattern", "format"} and (form := _wider(targets, seen)) is not None:
        schema["$ref"] = f"{FORMS}#/$defs/{form}"
        if types is not None:
            schema.setdefault("type", types)
        return f"also {said_of(draft(seen))}"
    title = next((str(target["title"]) for target in targets if "title" in target), "as before")
    if is_any_text(branch) and not {*keywords} - {"pattern", "format", "minLength", "maxLength"}:
        return _leave(schema, types, title)
    return allow_either(schema, "$ref", branch, title)


def _leave(schema: Schema, types: object, title: str) -> str:
    """Take a reference away and leave of what it leads to the types alone."""
    items = [("type", types) if keyword == "$ref" else (keyword, value) for keyword, value in schema.items()]
    schema.clear()
    schema.update((keyword, value) for keyword, value in items if value is not None)
    return f"no longer {title} alone"


def _wider(targets: Sequence[Mapping[str, object]], seen: Seen) -> str | None:
    """Return the form that holds of all texts so far and of what was seen, None where there is none or more is said."""
    rule = {key: value for each in targets for key, value in each.items() if key not in _NO_RULE}
    old = next((form for form in forms().values() if rule_of(form.schema) == rule), None)
    if old is None or seen.texts is None:
        return None
    wider = covering({old.name, *seen.texts.forms})
    return None if wider is None else wider.name
