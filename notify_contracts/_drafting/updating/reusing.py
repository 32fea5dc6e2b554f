"""Payloads that a catalog has already, for contracts that are new to it: the same shape stands once."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._drafting.documents import PAYLOADS, Files
from notify_contracts._drafting.inference.learned import OfContract
from notify_contracts._schema import additional_names
from notify_contracts.catalog import Catalog


def fitting_payload(catalog: Catalog, files: Files, of_contract: OfContract) -> str | None:
    """Return the file of the payload that what was seen of a contract keeps, None where there is none.

    It declares all properties that were seen; of several it is the one that requires most. `files` are those of
    `catalog`.
    """
    objects = of_contract.payload.objects
    if objects is None or objects.values is not None or set(of_contract.payload.kinds) != {"object"}:
        return None
    rows = [row["payload"] for row in of_contract.sample if "payload" in row]
    found: list[tuple[int, str]] = []
    for file, content in files.items():
        if not file.startswith(f"{PAYLOADS}/") or not _declares(content, objects.properties):
            continue
        validator = catalog.schemas.validator(catalog.uri(file))
        if all(map(validator.is_valid, rows)):
            found.append((-len(content["required"]), file))
    return min(found)[1] if found else None


def _declares(content: Mapping[str, Any], names: Mapping[str, Any]) -> bool:
    return bool(content.get("required")) and not additional_names(content, names)
