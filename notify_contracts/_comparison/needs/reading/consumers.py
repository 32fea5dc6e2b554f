"""What stands in files, ours or a consumer's own, as consumers."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from notify_contracts._comparison.needs.files import files_of_needs, read_consumer
from notify_contracts._comparison.needs.model import Consumer
from notify_contracts._comparison.needs.reading.ceilometer import ceilometer, is_ceilometers
from notify_contracts._comparison.needs.reading.lined import read_lined
from notify_contracts._comparison.needs.reading.wrong import WrongError
from notify_contracts._untrusted import printable
from notify_contracts.errors import SourceError

_YAML = (".yaml", ".yml")


def read_consumers(named: Iterable[str]) -> tuple[Consumer, ...]:
    """Return the consumers that files tell of: ``*.json`` in our format, or a consumer's own YAML.

    Ceilometer's files are one consumer together. Raise SourceError, saying where, for what cannot be used.
    """
    consumers: list[Consumer] = []
    of_ceilometer: list[tuple[str, Any]] = []
    for name in named:
        for file in files_of_needs(name):
            if file.suffix in _YAML:
                of_ceilometer.append((file.name, _content(file)))
            else:
                consumers.append(read_consumer(file))
    if of_ceilometer:
        try:
            consumers.append(ceilometer(of_ceilometer))
        except WrongError as error:
            raise SourceError(printable(str(error))) from None
    return tuple(consumers)


def _content(file: Path) -> Any:
    content = read_lined(file)
    if not is_ceilometers(content):
        shown = printable(str(file))
        raise SourceError(f"{shown}: neither event definitions, meters nor resources of Ceilometer; ours end in .json")
    return content
