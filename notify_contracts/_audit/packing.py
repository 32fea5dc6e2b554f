"""What travels with its catalogs: their files go along, so that other machines need no folder of that name."""

import socket
from collections.abc import Mapping, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from pickle import Pickler, Unpickler
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from notify_contracts._base import release
from notify_contracts._untrusted import printable
from notify_contracts.catalog import CASES, Catalog, is_inside, joined_catalog, read_regular
from notify_contracts.errors import CatalogError, ClusterError

Folders = tuple[tuple[str, Mapping[str, bytes]], ...]


def files_of(catalog: Catalog) -> dict[str, bytes]:
    """Return the files of a catalog by their paths in it, but for its cases, which nothing is checked with."""
    root = catalog.root
    try:
        paths = {path.relative_to(root): path for path in root.rglob("*.json")}
        sent = {path.as_posix(): at for path, at in paths.items() if path.parts[0] != CASES}
        return {name: read_regular(at) for name, at in sent.items() if is_inside(root, name)}
    except OSError as error:
        raise CatalogError(f"{printable(str(error.filename))}: cannot be read: {error.strerror}") from None


def require_same_release(place: str, there: str | None, here: str) -> None:
    """Raise ClusterError if the release of this library on another machine, None for none, is not the one `here`."""
    if there != here:
        found = "is not installed" if there is None else f"is {there}"
        raise ClusterError(f"notify-contracts {found} on {place}: install {here} there, as it is here")


class Packed:
    """A catalog's files on the machine to which they were sent, unpacked there when the catalog is first asked for.

    `folders` are those of the catalogs that it is made of, each with its files by their paths in it.
    """

    def __init__(self, folders: Folders, engine: str, sent_by: str) -> None:
        self._sent = folders, engine, sent_by

    def __reduce__(self) -> tuple[type["Packed"], tuple[Folders, str, str]]:
        """Travel on to the next machine as it came, still packed: what was unpacked here is here only."""
        return Packed, self._sent

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog; raises ClusterError where another release of this library would check with it."""
        folders, engine, sent_by = self._sent
        require_same_release(socket.gethostname(), release(), sent_by)
        scratch = mkdtemp(prefix="notify-contracts-", dir=_scratch())
        finalize(self, rmtree, scratch, ignore_errors=True)
        roots = [Path(scratch, str(number), Path(sent).name) for number, (sent, _) in enumerate(folders)]
        for root, (_, files) in zip(roots, folders, strict=True):
            for name, content in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return joined_catalog([Catalog(root, engine) for root in roots])

    def error(self, error: CatalogError) -> CatalogError:
        """Return what is wrong with the catalog as it is to be said where it came from."""
        said = str(error)
        for member, (sent, _) in zip(self.catalog.members, self._sent[0], strict=True):
            said = said.replace(str(member.root), sent)
        return CatalogError(said)


def parts_of(catalog: Catalog) -> tuple[Folders, str, str]:
    """Return what a catalog is packed of."""
    folders = tuple((str(member.root), files_of(member)) for member in catalog.members)
    return folders, catalog.engine, release()


class PackedWork:
    """Some work on the machine to which it was sent: it is pickled, but for the catalogs that it holds."""

    def __init__(self, pickled: bytes, catalogs: Sequence[Packed]) -> None:
        self._sent = pickled, catalogs

    def __reduce__(self) -> tuple[type["PackedWork"], tuple[bytes, Sequence[Packed]]]:
        """Travel on to the next machine as it came."""
        return PackedWork, self._sent

    @cached_property
    def work(self) -> Any:
        """The work; raises ClusterError where another release of this library would do it."""
        pickled, catalogs = self._sent
        return _Unpacking(BytesIO(pickled), catalogs).load()

    def error(self, error: CatalogError) -> CatalogError:
        """Return what is wrong with one of the catalogs as it is to be said where it came from."""
        for catalog in self._sent[1]:
            error = catalog.error(error)
        return error


def parts_of_work(work: object) -> tuple[bytes, Sequence[Packed]]:
    """Return what some work is packed of."""
    stream = BytesIO()
    packing = _Packing(stream)
    packing.dump(work)
    return stream.getvalue(), packing.catalogs


class _Packing(Pickler):
    """Pickles what holds catalogs, and packs these in their order."""

    def __init__(self, stream: BytesIO) -> None:
        super().__init__(stream)
        self.catalogs: list[Packed] = []

    def persistent_id(self, value: object) -> int | None:
        """Return the number of a catalog, None for anything else."""
        if not isinstance(value, Catalog):
            return None
        self.catalogs.append(Packed(*parts_of(value)))
        return len(self.catalogs) - 1


class _Unpacking(Unpickler):
    def __init__(self, stream: BytesIO, catalogs: Sequence[Packed]) -> None:
        super().__init__(stream)
        self._catalogs = catalogs

    def persistent_load(self, number: Any) -> Catalog:
        """Return the catalog of this number."""
        catalog: Catalog = self._catalogs[number].catalog
        return catalog


def _scratch() -> str | None:
    """Return where Dask cleans up even after a worker that was killed, None outside of one."""
    from distributed import get_worker

    try:
        return str(get_worker().local_directory)
    except ValueError:
        return None
