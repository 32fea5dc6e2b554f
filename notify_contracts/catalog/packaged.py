"""Where the data is that comes with the library."""

from pathlib import Path


def data_folder() -> Path:
    """Return the folder of the built-in catalogs: the packaged one, else the checkout's.

    Never the other way round: beside an installed package a folder of that name may be somebody else's.
    """
    package = Path(__file__).parent.parent
    packaged = package / "contracts"
    return packaged if packaged.is_dir() else package.parent / "contracts"


def is_packaged(root: Path) -> bool:
    """Whether the catalog in the folder `root` comes with the library: its shape is not looked at, it was linted."""
    return root.parent == data_folder()
