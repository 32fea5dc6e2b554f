"""``notify-contracts catalog schema``: what to give to an editor that is to know the files of a catalog."""

import argparse
from typing import Any

from notify_contracts._comparison.needs import NEEDS_SCHEMA
from notify_contracts.catalog import schema_of_files
from notify_contracts.cli.standard_output import show_json

FILES = {
    "catalog": "manifest",
    "event": "event",
    "payload": "document",
    "values": "document",
    "notification": "document",
    "cases": "cases",
    "lifecycles": "lifecycles",
    "needs": "needs",
}
_WITHOUT_SCHEMA = {"catalog": "*/catalog.json", "cases": "*/cases/*.json", "lifecycles": "*/lifecycles.json"}
"""The files that do not name a schema themselves, and where they stand."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--of", choices=tuple(FILES), default="event", help="of which file (default: event)")
    which.add_argument(
        "--settings",
        action="store_true",
        help="of all of them, as the settings of VS Code, whose server for JSON other editors run, too",
    )
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Print the JSON Schema, or the settings that hold all of them."""
    document = _settings() if options.settings else schema_of_files(FILES[options.of])
    show_json(document)
    return 0


def _settings() -> dict[str, Any]:
    """Return the settings; where a file names its ``$schema`` the server heeds that alone, so that is what is told."""
    event, document = schema_of_files("event"), schema_of_files("document")
    is_event = {"properties": {"$id": {"pattern": "/events/[^/]+$"}}, "required": ["$id"]}
    schema = {
        "$schema": event["$schema"],
        "if": is_event,
        "then": {"$ref": event["$ref"]},
        "else": {"$ref": document["$ref"]},
        "$defs": event["$defs"],
    }
    named: list[dict[str, Any]] = [{"url": event["$schema"], "schema": schema}]
    others = [
        {
            "fileMatch": [files],
            "url": f"https://notify-contracts.invalid/{kind}.schema.json",
            "schema": schema_of_files(FILES[kind]),
        }
        for kind, files in _WITHOUT_SCHEMA.items()
    ]
    needs = {"fileMatch": ["*/needs/*.json"], "url": NEEDS_SCHEMA, "schema": schema_of_files("needs")}
    return {"json.schemas": [*named, *others, needs]}
