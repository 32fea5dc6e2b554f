"""Catalogs: folders of JSON Schemas, one file per event type, one contract per priority."""

from notify_contracts.catalog.builtin import DEFAULT_CATALOG, builtin_names, data_folder, load
from notify_contracts.catalog.cases import Case, cases_of, read_cases
from notify_contracts.catalog.catalog import Catalog
from notify_contracts.catalog.contract import Contract, shape_of_contracts
from notify_contracts.catalog.folder import CASES, ENVELOPE, EVENTS, LIFECYCLES, MANIFEST, Folder
from notify_contracts.catalog.lifecycles import Lifecycle, Transition, lifecycles_of, read_lifecycles

__all__ = [
    "CASES",
    "DEFAULT_CATALOG",
    "ENVELOPE",
    "EVENTS",
    "LIFECYCLES",
    "MANIFEST",
    "Case",
    "Catalog",
    "Contract",
    "Folder",
    "Lifecycle",
    "Transition",
    "builtin_names",
    "cases_of",
    "data_folder",
    "lifecycles_of",
    "load",
    "read_cases",
    "read_lifecycles",
    "shape_of_contracts",
]
