"""What an audit's sources mean: files, folders, globs and URLs; and how a catalog travels."""

import gzip
import json
import pickle
import re
import shutil
import zipfile

import pytest

from notify_contracts._audit.packing import Packed, files_of, require_same_release
from notify_contracts._release import release
from notify_contracts.catalog import load
from notify_contracts.errors import CatalogError, ClusterError, SourceError, UsageError

fsspec = pytest.importorskip("fsspec")
audit = pytest.importorskip("notify_contracts._audit")

LINE = json.dumps(load("glance-emitted").contract("image.upload", "INFO").example()).encode()


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Make a folder of recordings, hidden files and folders, and go to where it is."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.jsonl", "a.jsonl.gz", "2026/01/c.jsonl.gz", ".hidden", "2026/.part/d.jsonl.gz"):
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(LINE) if name.endswith("gz") else LINE)
    return tmp_path / "archive"


def _names(*sources):
    return [file.name for file in audit.files(sources)]


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["archive"], ["archive/2026/01/c.jsonl.gz", "archive/a.jsonl.gz", "archive/b.jsonl"]),
        (["archive/"], ["archive/2026/01/c.jsonl.gz", "archive/a.jsonl.gz", "archive/b.jsonl"]),
        (["./archive/*.gz"], ["./archive/a.jsonl.gz"]),
        (["archive/**/*.gz"], ["archive/2026/01/c.jsonl.gz", "archive/a.jsonl.gz"]),
        (["archive/*"], ["archive/a.jsonl.gz", "archive/b.jsonl"]),
        (["archive/b.jsonl", "archive/*"], ["archive/b.jsonl", "archive/a.jsonl.gz"]),
        (["archive/b.jsonl", "archive/../archive/b.jsonl"], ["archive/b.jsonl", "archive/../archive/b.jsonl"]),
        (["missing.gz"], ["missing.gz"]),
        (["archive/.hidden"], ["archive/.hidden"]),
    ],
)
@pytest.mark.usefixtures("archive")
def test_local(sources, names):
    """Local sources mean what a shell makes of them, sorted, and no file twice."""
    assert _names(*sources) == names


def test_glob_that_is_a_name(archive):
    """A file that exists is that file, whatever its name looks like."""
    (archive / "[1]*.gz").write_bytes(LINE)
    assert _names("archive/[1]*.gz") == ["archive/[1]*.gz"]


@pytest.mark.parametrize("folder", ["file://{}/", "file://{}/**/*[lz]"])
def test_urls(folder, archive):
    """A URL's folder and glob mean the same files."""
    found = [name.removeprefix(f"file://{archive}/") for name in _names(folder.format(archive))]
    assert found == ["2026/01/c.jsonl.gz", "a.jsonl.gz", "b.jsonl"]


def test_memory():
    """Any file system of fsspec will do, and what is found there can be read."""
    fsspec.filesystem("memory").pipe("/months/one.jsonl.gz", gzip.compress(LINE))
    (file,) = audit.files(["memory://months/*.gz"])
    with file.recording() as recording:
        ((notification, location),) = recording
    assert (notification, str(location)) == (json.loads(LINE), "memory:///months/one.jsonl.gz, line 1")


def test_chained(archive):
    """What is in an archive file is reached as fsspec chains URLs."""
    with zipfile.ZipFile(archive / "months.zip", "w") as months:
        months.writestr("one.jsonl", LINE)
    (file,) = audit.files([f"zip://*.jsonl::file://{archive}/months.zip"])
    with file.recording() as recording:
        assert [content for content, _ in recording] == [json.loads(LINE)]


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        ("nothing*", SourceError, "nothing*: there is no such file"),
        ("empty", SourceError, "empty: there is no such file"),
        ("-", UsageError, "standard input cannot be read by several machines: give it to check"),
        ("nowhere://x/*", SourceError, "nowhere://x/*: cannot be looked into: Protocol not known: nowhere"),
        ("memory://nothing/", SourceError, "memory://nothing/: cannot be looked into: No such file or directory"),
        ("file:///nothing/*.gz", SourceError, "file:///nothing/*.gz: cannot be looked into: No such file or directory"),
        ("ftp://u:geheim@127.0.0.1:1/", SourceError, "ftp://u:***@127.0.0.1:1/: cannot be looked into: "),
    ],
)
def test_errors(source, error, said, archive):
    """What cannot be found is said in a line, before any work begins, and without credentials."""
    (archive.parent / "empty").mkdir()
    with pytest.raises(error) as raised:
        audit.files([source])
    assert str(raised.value).startswith(said)
    assert str(raised.value).isprintable()
    assert "geheim" not in str(raised.value)


def test_missing_package(monkeypatch):
    """Where the package for a protocol is missing, the line names it."""
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    with pytest.raises(UsageError, match=r"^s3://bucket/\*: Install s3fs to access S3, here and on the workers$"):
        audit.files(["s3://bucket/*"])


def test_nothing_to_log(archive):
    """A file shows no more than its name to whatever logs it."""
    (file,) = audit.files([f"file://user:geheim@{archive}/b.jsonl"])
    assert "geheim" not in repr(file)


def test_packed_catalog(parcels_copy):
    """A catalog travels as its files: it says the same where the folder is not, under the same name."""
    catalog = load(parcels_copy)
    packed = Packed(((str(catalog.root), files_of(catalog)),), catalog.engine, release())
    shutil.rmtree(parcels_copy)
    broken = {"event_type": "parcel.lost", "priority": "INFO"}
    assert packed.catalog.check(broken) == load(packed.catalog.root).check(broken)
    assert packed.catalog.name == "parcels"
    assert len(packed.catalog.contracts) > 0


def test_packed_again(catalog_of):
    """A catalog that was unpacked on one machine is unpacked anew on the next, and goes with what unpacked it."""
    catalog = catalog_of("glance-emitted")
    first = Packed(((str(catalog.root), files_of(catalog)),), catalog.engine, release())
    here = first.catalog.root
    second = pickle.loads(pickle.dumps(first))
    assert second.catalog.root != here
    del first
    assert not here.exists()
    assert len(second.catalog.contracts) == len(catalog.contracts)


def test_packed_error(parcels_copy):
    """What is wrong with a catalog is said of the folder that it came from."""
    catalog = load(parcels_copy)
    packed = Packed(((str(catalog.root), files_of(catalog)),), catalog.engine, release())
    there = CatalogError(f"{packed.catalog.root}/notification.json: is not JSON")
    assert str(packed.error(there)) == f"{parcels_copy}/notification.json: is not JSON"


@pytest.mark.parametrize(("there", "said"), [(None, "is not installed"), ("9.9", "is 9.9")])
def test_release(there, said):
    """Two releases do not check one archive."""
    with pytest.raises(ClusterError, match=re.escape(f"notify-contracts {said} on host: install 1.0 there")):
        require_same_release("host", there, "1.0")
    require_same_release("host", "1.0", "1.0")


def test_packed_for_another_release(catalog_of):
    """A catalog is not unpacked where another release would check with it."""
    catalog = catalog_of("glance-emitted")
    with pytest.raises(ClusterError, match=r"install 0\.0 there"):
        _ = Packed(((str(catalog.root), files_of(catalog)),), catalog.engine, "0.0").catalog
