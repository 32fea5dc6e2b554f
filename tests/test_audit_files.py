"""What an audit's sources mean: files, folders, globs and URLs; and how a catalog travels."""

import gzip
import json
import os
import pickle
import re
import shutil
import zipfile
from errno import EACCES

import pytest

from notify_contracts._audit.batches import batches
from notify_contracts._audit.packing import Packed, files_of, require_same_release
from notify_contracts._base import release
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
        (["archive/b.jsonl", "archive/../archive/b.jsonl"], ["archive/b.jsonl"]),
        (["**"], ["archive/2026/01/c.jsonl.gz", "archive/a.jsonl.gz", "archive/b.jsonl"]),
        (["**/**/c*"], ["archive/2026/01/c.jsonl.gz"]),
        (["arch*/**/0?/**"], ["archive/2026/01/c.jsonl.gz"]),
        (["archive/**/01/*"], ["archive/2026/01/c.jsonl.gz"]),
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


def _found(*sources):
    """Return the names of what is found, and what is said of it."""
    said = []
    return [file.name for file in audit.files(sources, said.append)], said


@pytest.mark.parametrize(
    "source", ["archive", "archive/**", "archive/**/*", "file://{}/archive/", "file://{}/archive/**"]
)
@pytest.mark.parametrize("loops", [1, 2])
def test_loops(source, loops, archive):
    """A link to a folder that holds it leads nowhere: each file is found once, however many such links there are."""
    for number in range(loops):
        (archive / "2026" / f"loop{number}").symlink_to("..")
    (archive / "up").symlink_to("../..")
    names, (said,) = _found(source.format(archive.parent))
    assert [name.removeprefix(f"file://{archive.parent}/") for name in names] == [
        "archive/2026/01/c.jsonl.gz", "archive/a.jsonl.gz", "archive/b.jsonl",
    ]  # fmt: skip
    assert said.startswith("left out, being the same under another name: ")
    assert said.count("archive/2026/loop") == loops


def test_links_to_folders(archive, tmp_path):
    """A link to a folder elsewhere is followed, one to a folder of the same archive adds nothing and is named."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "d.jsonl").write_bytes(LINE)
    (elsewhere / "back").symlink_to(archive)
    (archive / "other").symlink_to(elsewhere)
    (archive / "latest").symlink_to("2026")
    names, (said,) = _found("archive/**/*.jsonl*")
    assert names == ["archive/2026/01/c.jsonl.gz", "archive/a.jsonl.gz", "archive/b.jsonl", "archive/other/d.jsonl"]
    assert said == (
        "left out, being the same under another name: archive/latest is archive/2026, archive/other/back is archive"
    )


def test_links_to_files(archive):
    """A file of several names, links or hard links, is one file under its own name; a link to nowhere is a file."""
    (archive / "a").symlink_to("b.jsonl")
    (archive / "c").symlink_to("b.jsonl")
    (archive / "d").hardlink_to(archive / "b.jsonl")
    (archive / "e").symlink_to("nowhere")
    names, (said,) = _found("archive/*", "archive", str(archive / "b.jsonl"), "archive/c")
    assert names == ["archive/a.jsonl.gz", "archive/b.jsonl", "archive/e", "archive/2026/01/c.jsonl.gz"]
    told = "archive/a is archive/b.jsonl, archive/c is archive/b.jsonl, archive/d is archive/b.jsonl"
    assert said == f"left out, being the same under another name: {told}"


def test_many_names(archive):
    """Of many names that are left out, a few are told, and how many there are."""
    for number in range(20):
        (archive / f"\x1b{number:02}").symlink_to("b.jsonl")
    names, (said,) = _found("archive")
    assert len(names) == 3
    assert said.endswith(r"archive/\x1b04 is archive/b.jsonl and 15 more")


def test_the_same_name(archive):
    """Sources that overlap are no news: a file that is found again by its own name is one file, and nothing is said."""
    assert _found("archive", "archive/**", "./archive/b.jsonl", str(archive)) == (_names("archive"), [])


def test_what_is_no_file(archive):
    """A pipe in a folder is passed over, for reading it might not end; named in full, it is refused."""
    os.mkfifo(archive / "pipe")
    assert _names("archive") == _names("archive/**") == ["archive/2026/01/c.jsonl.gz", *_names("archive/*")]
    with pytest.raises(UsageError, match=r"^archive/pipe: is no file, and cannot be read by several"):
        audit.files(["archive/pipe"])


@pytest.mark.usefixtures("archive")
def test_closed_folder(monkeypatch):
    """A folder that cannot be looked into is said, for nobody knows what is missing."""
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("01"):
            raise PermissionError(EACCES, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)  # whoever runs the tests may be allowed everything
    with pytest.raises(SourceError, match=r"^archive/2026/01: cannot be looked into: Permission denied$"):
        audit.files(["archive"])


@pytest.mark.parametrize(
    ("sizes", "workers", "lengths"),
    [
        ([1] * 1000, 2, [62] * 16 + [8]),
        ([1] * 10_000, 2, [256] * 39 + [16]),
        ([1] * 1000, 0, [125] * 8),
        ([1] * 3, 2, [1, 1, 1]),
        ([3_000_000] * 64, 1, [1] * 64),
        ([1_000_000] * 64, 1, [4] * 16),
        ([None] * 64, 1, [1] * 64),
        ([1] * 30 + [10**12] + [1] * 33, 1, [8, 8, 8, 6, 1, 8, 8, 8, 8, 1]),
        ([], 1, []),
    ],
)
def test_batches(sizes, workers, lengths):
    """Small files travel together where every worker gets several batches; large and unknown ones travel alone."""
    files = [audit.File(str(number), str(number), "{}", size=size) for number, size in enumerate(sizes)]
    made = list(batches(files, workers))
    assert [len(places) for places in made] == lengths
    assert [place for places in made for place in places] == list(range(len(sizes)))


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
        ("file:///nothing/*.gz", SourceError, "file:///nothing/*.gz: there is no such file"),
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
