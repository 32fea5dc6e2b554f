"""Which release of the library this is."""

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "notify-contracts"


def release() -> str:
    """Return the version of the installed distribution, ``(not installed)`` where there is only its code."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "(not installed)"
