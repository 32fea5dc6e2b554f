"""The catalogs of a session, each loaded once."""

from typing import TYPE_CHECKING

import pytest

from pytest_notify_contracts import options

if TYPE_CHECKING:
    from notify_contracts import Catalog

_LOADED: "pytest.StashKey[dict[tuple[str, ...], Catalog]]" = pytest.StashKey()


def catalog_named(config: pytest.Config, name: str | None = None) -> "Catalog":
    """Return the catalog of this name or folder, by default the session's, which may be several as one.

    Raise CatalogError if there is none, UsageError if one is given twice.

    A folder is relative to where the configuration file is, or else to the current one.
    """
    from notify_contracts import load
    from notify_contracts.catalog import builtin_names, joined_catalog

    chosen = (name,) if name else options.several(config, options.CATALOG)
    loaded = config.stash.setdefault(_LOADED, {})
    if chosen not in loaded:
        folders = [config.rootpath / each for each in chosen]
        builtin, engine = builtin_names(), options.chosen(config, options.ENGINE)
        where = [
            folder if each not in builtin and folder.is_dir() else each
            for each, folder in zip(chosen, folders, strict=True)
        ]
        loaded[chosen] = joined_catalog([load(each, engine=engine) for each in where])
    return loaded[chosen]
