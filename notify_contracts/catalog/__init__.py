"""Catalogs: folders of JSON Schemas, one file per event type, one contract per priority."""

from notify_contracts.catalog.builtin import DEFAULT_CATALOG, builtin_names, data_folder, load
from notify_contracts.catalog.cases import Case, cases_of, read_cases
from notify_contracts.catalog.catalog import Catalog
from notify_contracts.catalog.contract import Contract
from notify_contracts.catalog.fields import Field, Table, fields_of_payload, table_of, table_of_payload
from notify_contracts.catalog.folder import CASES, ENVELOPE, EVENTS, LIFECYCLES, MANIFEST, Folder
from notify_contracts.catalog.lifecycles import Lifecycle, Transition, lifecycles_of, read_lifecycles
from notify_contracts.catalog.schemas import Schemas, shape_of_contracts
from notify_contracts.catalog.transport import ANYWHERE, Transport

__all__ = [
    "ANYWHERE",
    "CASES",
    "DEFAULT_CATALOG",
    "ENVELOPE",
    "EVENTS",
    "LIFECYCLES",
    "MANIFEST",
    "Case",
    "Catalog",
    "Contract",
    "Field",
    "Folder",
    "Lifecycle",
    "Schemas",
    "Table",
    "Transition",
    "Transport",
    "builtin_names",
    "cases_of",
    "data_folder",
    "fields_of_payload",
    "lifecycles_of",
    "load",
    "read_cases",
    "read_lifecycles",
    "shape_of_contracts",
    "table_of",
    "table_of_payload",
]
