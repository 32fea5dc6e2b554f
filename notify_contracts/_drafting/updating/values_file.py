"""The shared forms of a catalog: those that it has are referred to, those that it lacks are added."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._base import free
from notify_contracts._drafting.documents import VALUES, Schema, values_document
from notify_contracts._drafting.inference import forms
from notify_contracts._schema import subschemas
from notify_contracts.catalog import Folder

FORMS = "form:"
"""What stands in a reference to a form in place of the file, until it is known where that is."""

_OF_PEOPLE = ("title", "description", "$comment")


class ValuesFile:
    """The forms in ``values.json`` among `files`, the content of a catalog's files by their paths."""

    def __init__(self, folder: Folder, files: dict[str, Any]) -> None:
        self._folder = folder
        self._files = files

    def settle(self, schema: Schema, file: str) -> None:
        """Lead the references to forms in a schema, which is for a file, to where these are."""
        way = "" if file == VALUES else "../" * file.count("/") + VALUES
        for _, inner in list(subschemas(schema)):
            reference = inner.get("$ref")
            if isinstance(reference, str) and reference.startswith(FORMS) and isinstance(inner, dict):
                inner["$ref"] = f"{way}#/$defs/{self._name(reference.rpartition('/')[2], inner.get('type'))}"

    def _name(self, form: str, types: Any) -> str:
        """Return under which name a form is there, and add it if it is not."""
        stated = dict(forms()[form].schema)
        content = self._files.setdefault(VALUES, values_document(self._folder.base, {}))
        known: dict[str, Schema] = content.setdefault("$defs", {})
        for name, schema in known.items():
            rule = rule_of(schema)
            if rule == rule_of(stated) or (types == "string" and rule == {**rule_of(stated), "type": "string"}):
                return name
        name = free(form, known, "_")
        known[name] = stated
        return name


def rule_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a form says without its words."""
    return {keyword: value for keyword, value in schema.items() if keyword not in _OF_PEOPLE}
