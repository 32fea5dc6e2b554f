"""What stands in files, ours or a consumer's own, as consumers."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from notify_contracts._comparison.needs.files import YAML_SUFFIXES, files_of_needs, read_consumer
from notify_contracts._comparison.needs.model import Consumer
from notify_contracts._comparison.needs.reading.ceilometer import ceilometer, is_ceilometers
from notify_contracts._comparison.needs.reading.lined import read_lined
from notify_contracts._comparison.needs.reading.routing import is_routing, routed
from notify_contracts._comparison.needs.reading.wrong import WrongError
from notify_contracts._untrusted import printable
from notify_contracts.errors import SourceError

_NOBODYS = "no event definitions, meters or resources of Ceilometer, no routing of oslo.messaging; ours end in .json"


def read_consumers(named: Iterable[str]) -> tuple[Consumer, ...]:
    """Return the consumers that files tell of: ``*.json`` in our format, YAML of Ceilometer, or a routing file.

    A file counts once, whatever names it has. Ceilometer's files are one consumer together. Raise SourceError, saying
    where, for what cannot be used.
    """
    consumers: list[Consumer] = []
    of_ceilometer: list[tuple[str, Any]] = []
    try:
        for file in _each_once(named):
            if file.suffix not in YAML_SUFFIXES:
                consumers.append(read_consumer(file))
            elif is_ceilometers(content := read_lined(file)):
                of_ceilometer.append((file.name, content))
            elif is_routing(content):
                consumers += routed(content, file.name)
            else:
                raise SourceError(f"{printable(str(file))}: {_NOBODYS}")
        if of_ceilometer:
            consumers.append(ceilometer(of_ceilometer))
    except WrongError as error:
        raise SourceError(printable(str(error))) from None
    return tuple(consumers)


def _each_once(named: Iterable[str]) -> Iterable[Path]:
    files: dict[str, Path] = {}
    for name in named:
        for file in files_of_needs(name):
            files.setdefault(os.path.realpath(file), file)
    return files.values()
