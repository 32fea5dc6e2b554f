"""What a local file is known by, whatever its names."""

import os
from collections.abc import Callable
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple


class Known(NamedTuple):
    """What is known of the file at a path: `identity` is the same for all its names, `size` in bytes.

    `is_link` is true where the path only leads to another, `can_be_shared` where every process that opens it reads the
    same, or learns that it cannot be read. The size is None where there is nothing.
    """

    identity: object
    size: int | None = None
    is_link: bool = False
    can_be_shared: bool = True


def known(path: str, real_path: Callable[[str], str]) -> Known:
    """Return what is known of the file at an absolute path; `real_path` may remember folders, of which there are few.

    A file is known by where it really is; one that really is in several places, by hard links, by its number. Numbers
    alone are not trusted, for some file systems make them up.
    """
    folder, name = os.path.split(path)
    try:
        facts = os.lstat(path)
        is_link = S_ISLNK(facts.st_mode)
        if is_link:
            facts, real = os.stat(path), os.path.realpath(path)
        else:
            real = os.path.join(real_path(folder), name)
    except (OSError, ValueError):  # which is said when it is read
        return Known(path)
    identity = (facts.st_dev, facts.st_ino) if facts.st_nlink > 1 and S_ISREG(facts.st_mode) else real
    return Known(identity, facts.st_size, is_link, S_ISREG(facts.st_mode) or S_ISDIR(facts.st_mode))
