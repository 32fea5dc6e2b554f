"""Why a file cannot be opened."""


def reason_of(error: OSError | ValueError) -> str:
    """Return what is wrong, without the file's name; a ValueError is for a name that no file can have."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else "no file has such a name"
