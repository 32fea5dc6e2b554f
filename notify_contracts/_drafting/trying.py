"""A catalog of files that are in no folder of their own: as long as they are tried."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from notify_contracts._drafting.documents import Files, Texts, put
from notify_contracts.catalog import Catalog


@contextmanager
def tried(files: Files, name: str = "catalog") -> Iterator[Catalog]:
    """Give a catalog of these files, in a folder of that name that is there as long as it is tried."""
    with texts_tried({file: json.dumps(content) for file, content in files.items()}, name) as catalog:
        yield catalog


@contextmanager
def texts_tried(texts: Texts, name: str) -> Iterator[Catalog]:
    """Give a catalog of files with these texts, as `tried` does."""
    with TemporaryDirectory(prefix="notify-contracts-try-") as folder:
        root = Path(folder, name or "catalog")
        put(texts, root)
        yield Catalog(root)
