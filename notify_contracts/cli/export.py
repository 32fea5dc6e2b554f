"""``notify-contracts catalog export``: a catalog as AsyncAPI, JSON Schema, Markdown or HTML."""

import argparse
from contextlib import ExitStack
from errno import EACCES
from os import W_OK, X_OK, access, strerror
from pathlib import Path

from notify_contracts._export import FORMATS, Format, Selection, format_named
from notify_contracts._report import WholeFile
from notify_contracts._untrusted import printable, reason_of
from notify_contracts.catalog import shape_of_contracts
from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog, require_priority
from notify_contracts.cli.output import is_folder, opened_output, require_outside
from notify_contracts.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("--format", choices=tuple(FORMATS), required=True, help="as what; asyncapi is YAML")
    add_catalog_arguments(parser, several=False)
    parser.add_argument("--event", metavar="GLOB", default="*", help="only these event types: 'image.*'")
    parser.add_argument("--priority", metavar="PRIORITY", help="only this priority")
    parser.add_argument(
        "--output",
        metavar="FILE|DIR",
        help="one document (api.yaml), or a folder with a page per event type (docs/); what else is in it stays "
        "(default: one document to standard output)",
    )
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Write the documents."""
    catalog = chosen_catalog(options)
    require_priority(options.priority, catalog)
    selection = Selection(catalog, catalog.select(options.event, options.priority))
    if not selection.contracts:
        raise UsageError(
            f"no contract of {catalog.name} is selected; notify-contracts catalog list --catalog NAME lists them"
        )
    selection.require_usable()
    require_outside(options.output, (catalog,), ending="")
    chosen = format_named(_format_of(options.format, options.output))
    if is_folder(options.output, by_name=True):
        _write_pages(Path(options.output), chosen, selection)
        return 0
    with opened_output(options.output) as output:
        with shape_of_contracts(catalog.name):
            document = chosen.document(selection)
        output.write(document.encode())
    return 0


def _format_of(name: str, output: str | None) -> str:
    """Return the format that is meant: a file named for JSON is to hold JSON."""
    return "asyncapi-json" if name == "asyncapi" and output is not None and output.endswith(".json") else name


def _write_pages(folder: Path, chosen: Format, selection: Selection) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not access(folder, W_OK | X_OK):
            raise PermissionError(EACCES, strerror(EACCES))
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from None
    with shape_of_contracts(selection.catalog.name):
        pages = list(chosen.pages(selection))
    with ExitStack() as stack:
        files = []
        for page in pages:
            path = folder / page.name
            try:
                path.parent.mkdir(exist_ok=True)
                file = WholeFile(str(path))
                stack.callback(file.close)
                file.write(page.text.encode())
                file.complete()
            except (OSError, ValueError) as error:
                raise _unwritable(path, error) from None
            files.append((path, file))
        for path, file in files:  # when there was room for all of them
            try:
                file.put_in_place()
            except OSError as error:
                raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError | ValueError) -> UsageError:
    return UsageError(f"{printable(str(path))}: cannot be written: {reason_of(error)}")
