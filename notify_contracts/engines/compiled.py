"""The fast engine: jsonschema-rs."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from notify_contracts.engines.base import Fault
from notify_contracts.errors import CatalogError
from notify_contracts.formats import FORMATS
from notify_contracts.schemas import Documents, resolve

# Matching time grows linearly with the text, whatever the pattern: no notification can make it hang.
_LINEAR = jsonschema_rs.RegexOptions()


class CompiledValidator:
    """A schema compiled by jsonschema-rs; references are looked up in `documents` and nowhere else."""

    def __init__(self, documents: Documents, uri: str) -> None:
        self._documents = documents
        try:
            validator = jsonschema_rs.Draft202012Validator(
                {"$ref": uri},
                retriever=documents,
                pattern_options=_LINEAR,
                validate_formats=True,
                formats=dict(FORMATS),
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            raise CatalogError(f"{uri}: {str(error).splitlines()[0]}") from None
        self.is_valid = validator.is_valid
        self._errors = validator.iter_errors

    def faults(self, instance: Any, /) -> Iterator[Fault]:
        """Yield every fault."""
        for error in self._errors(instance):
            location = error.absolute_keyword_location or ""
            keyword = error.kind.name
            yield Fault(tuple(error.instance_path), keyword, self._schema_holding(location, keyword))

    def _schema_holding(self, location: str, keyword: str) -> Any:
        holder = location.removesuffix(f"/{keyword}")
        return resolve(self._documents, holder, holder)[1]
