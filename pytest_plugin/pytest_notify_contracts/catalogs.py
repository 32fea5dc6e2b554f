"""The catalogs of a session, each loaded once."""

from typing import TYPE_CHECKING

import pytest

from pytest_notify_contracts import options

if TYPE_CHECKING:
    from notify_contracts import Catalog

_LOADED: "pytest.StashKey[dict[str, Catalog]]" = pytest.StashKey()


def catalog_named(config: pytest.Config, name: str | None = None) -> "Catalog":
    """Return the catalog of this name or folder, by default the session's; raise CatalogError if there is none.

    A folder is relative to where the configuration file is, or else to the current one.
    """
    from notify_contracts import load
    from notify_contracts.catalog import builtin_names

    chosen = name or options.chosen(config, options.CATALOG)
    loaded = config.stash.setdefault(_LOADED, {})
    if chosen not in loaded:
        folder = config.rootpath / chosen
        where = folder if chosen not in builtin_names() and folder.is_dir() else chosen
        loaded[chosen] = load(where, engine=options.chosen(config, options.ENGINE))
    return loaded[chosen]
