"""``notify-contracts catalog``: begin, learn, compare, list, show, export, lint and measure contracts."""

import argparse
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

_ACTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "list": ("notify_contracts.cli.list", "the built-in catalogs, or the contracts of one"),
        "show": ("notify_contracts.cli.show", "what an event type promises, field by field, with an example"),
        "lint": ("notify_contracts.cli.lint", "whether a catalog is sound and behaves as its examples and cases say"),
        "init": ("notify_contracts.cli.init", "make a folder with which a catalog begins"),
        "infer": ("notify_contracts.cli.infer", "learn contracts from recordings, each rule with its evidence"),
        "drift": ("notify_contracts.cli.drift", "where a catalog and what really comes differ"),
        "diff": ("notify_contracts.cli.diff", "whom a change breaks, each break with a notification that shows it"),
        "export": ("notify_contracts.cli.export", "write a catalog down as documents"),
        "schema": ("notify_contracts.cli.schema", "the JSON Schema of a catalog's files, for an editor"),
        "import": ("notify_contracts.cli.imports", "make a catalog of what says already what a service sends"),
        "strength": ("notify_contracts.cli.strength", "which share of blind changes the contracts catch"),
    }
)
"""Action → its module, and what it is for. Only the one that the command line names is imported."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=type(parser))
    words = getattr(parser, "words", None)
    for name, (module, purpose) in _ACTIONS.items():
        action = actions.add_parser(name, help=purpose)
        if words is None or name in words:
            import_module(module).add_arguments(action)


def run(options: argparse.Namespace) -> int:
    """Run the action that the command line names."""
    status: int = options.act(options)
    return status
