"""Catalogs: folders of JSON Schemas, one file per event type, one contract per priority."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.catalog.beginning import new_catalog
    from notify_contracts.catalog.builtin import DEFAULT_CATALOG, builtin_names, load
    from notify_contracts.catalog.cases import Case, cases_of, read_cases
    from notify_contracts.catalog.catalog import Catalog, is_meant
    from notify_contracts.catalog.contract import Contract
    from notify_contracts.catalog.data_names import Numbered, without_data
    from notify_contracts.catalog.fields import Field, Table, fields_of_payload, table_of, table_of_payload
    from notify_contracts.catalog.folder import (
        CASES,
        ENVELOPE,
        EVENTS,
        LIFECYCLES,
        MANIFEST,
        NOT_ENCODED,
        PRIORITY,
        Folder,
        is_inside,
        read_regular,
    )
    from notify_contracts.catalog.joined import joined_catalog
    from notify_contracts.catalog.leftovers import mistakes_in_event
    from notify_contracts.catalog.lifecycle_names import wrong_names
    from notify_contracts.catalog.lifecycle_places import FieldPlace, empty_places, field_places
    from notify_contracts.catalog.lifecycles import (
        Lifecycle,
        Transition,
        followed_lifecycles,
        lifecycles_of,
        read_in_two_ways,
        read_lifecycles,
    )
    from notify_contracts.catalog.packaged import data_folder
    from notify_contracts.catalog.routing import contradicting_routing_key
    from notify_contracts.catalog.schemas import Schemas, shape_of_contracts
    from notify_contracts.catalog.shape import SCHEMAS, kind_of, misshapen, schema_of_files
    from notify_contracts.catalog.transport import ANYWHERE, Transport, first_way

__all__ = [
    "ANYWHERE",
    "CASES",
    "DEFAULT_CATALOG",
    "ENVELOPE",
    "EVENTS",
    "LIFECYCLES",
    "MANIFEST",
    "NOT_ENCODED",
    "PRIORITY",
    "SCHEMAS",
    "Case",
    "Catalog",
    "Contract",
    "Field",
    "FieldPlace",
    "Folder",
    "Lifecycle",
    "Numbered",
    "Schemas",
    "Table",
    "Transition",
    "Transport",
    "builtin_names",
    "cases_of",
    "contradicting_routing_key",
    "data_folder",
    "empty_places",
    "field_places",
    "fields_of_payload",
    "first_way",
    "followed_lifecycles",
    "is_inside",
    "is_meant",
    "joined_catalog",
    "kind_of",
    "lifecycles_of",
    "load",
    "misshapen",
    "mistakes_in_event",
    "new_catalog",
    "read_cases",
    "read_in_two_ways",
    "read_lifecycles",
    "read_regular",
    "schema_of_files",
    "shape_of_contracts",
    "table_of",
    "table_of_payload",
    "without_data",
    "wrong_names",
]
