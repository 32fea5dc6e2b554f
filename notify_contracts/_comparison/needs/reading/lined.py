"""YAML files of consumers, as their own reader (YAML 1.1) reads them, with the line of each mapping."""

from pathlib import Path
from typing import Any

from notify_contracts._untrusted import printable, reading_yaml
from notify_contracts.catalog import read_regular
from notify_contracts.errors import SourceError

_MOST_BYTES = 1024 * 1024


class Lined(dict[Any, Any]):
    """A mapping that knows the line at which it stands in its file, which counts from 1."""

    line: int = 1


def read_lined(file: Path) -> Any:
    """Return what a YAML file holds, its mappings as `Lined`; raise SourceError, saying where, if it cannot be read.

    An alias is the same object as its anchor, so a few lines that stand for billions take no room: walk with care.
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the one in C is ten times as fast
        """Makes no objects but plain ones."""

        def construct_yaml_map(self, node: yaml.MappingNode) -> Any:
            """Construct a mapping in two steps, as its own constructor does."""
            made = Lined()
            made.line = node.start_mark.line + 1
            yield made
            made.update(self.construct_mapping(node))

    Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_yaml_map)
    shown = printable(str(file))
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise SourceError(f"{shown}: is larger than 1 MiB: take some out")
        content = read_regular(file)
    except OSError as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{shown}: cannot be read: {error.strerror or error}") from None
    with reading_yaml(shown):
        return yaml.load(content, Loader)  # noqa: S506  # it is a SafeLoader
