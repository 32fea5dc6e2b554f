"""Recordings that are compressed, in archives, or in another encoding are read as what is in them."""

import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import tracemalloc
import zipfile
from functools import partial

import pytest

from notify_contracts.capture import Recording
from notify_contracts.capture.compressed import DECOMPRESSORS
from notify_contracts.capture.formats import _BEGINNINGS, FOREIGN
from notify_contracts.catalog import load
from notify_contracts.errors import DamagedError
from tests.zstd import zstd

MIB = 1 << 20
EVENTS = ("image.create", "image.upload", "task.failure")
NOTIFICATIONS = [load("glance-emitted").contract(event, "INFO").example() for event in EVENTS]
LINES = "".join(json.dumps(value) + "\n" for value in NOTIFICATIONS).encode()
ARRAY = json.dumps(NOTIFICATIONS, indent=1).encode()
LOG = b"starting\n" + b"".join(
    b"1 INFO oslo.messaging.notification.a [-] " + line for line in LINES.splitlines(keepends=True)
)


class OneWay(io.RawIOBase):
    """A stream that gives `step` bytes at a time and cannot go back, as a pipe."""

    def __init__(self, content, step=1 << 20):
        self._content = io.BytesIO(content)
        self._step = step

    def readable(self):
        """Say that it can be read from."""
        return True

    def readinto(self, buffer):
        """Fill at most `step` bytes."""
        return self._content.readinto(memoryview(buffer)[: self._step])


def zipped(members, compression=zipfile.ZIP_DEFLATED, stream=None):
    """Return a zip archive of members by their names; written to a `stream` that cannot go back, sizes follow."""
    written = io.BytesIO()
    with zipfile.ZipFile(stream(written) if stream else written, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def tarred(members, form=tarfile.PAX_FORMAT):
    """Return a tar archive of members by their names."""
    with tarfile.open(fileobj=(written := io.BytesIO()), mode="w", format=form) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


class Forward(io.RawIOBase):
    """What can be written to and does not go back."""

    def __init__(self, stream):
        self._stream = stream

    def writable(self):
        """Say that it can be written to."""
        return True

    def write(self, block):
        """Write."""
        return self._stream.write(block)


def found(content, step=1 << 20):
    """Return the envelopes in a stream with their places, how many lines were skipped, and what was wrong."""
    envelopes, problem = [], None
    with Recording("-", OneWay(content, step)) as recording:
        try:
            for item, place in recording:
                envelopes.append((getattr(item, "envelope", item), place.source, place.number, place.unit))
        except DamagedError as error:
            problem = str(error)
    return envelopes, recording.skipped, problem


PACKED = {
    "gzip": gzip.compress,
    "gzip, two members with zeros between and behind": lambda content: (
        gzip.compress(content[:99]) + bytes(7) + gzip.compress(content[99:]) + bytes(512)
    ),
    "bzip2": bz2.compress,
    "bzip2, two streams": lambda content: bz2.compress(content[:99]) + bz2.compress(content[99:]),
    "xz": lzma.compress,
    "xz, two streams": lambda content: lzma.compress(content[:99]) + bytes(8) + lzma.compress(content[99:]),
    "lzma": lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
    "zstd": zstd.compress,
    "zstd, two frames after one to skip": lambda content: (
        b"\x50\x2a\x4d\x18\x03\0\0\0abc" + zstd.compress(content[:99]) + zstd.compress(content[99:])
    ),
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "UTF-16 of the other order": lambda content: b"\xfe\xff" + content.decode().encode("utf-16-be"),
    "UTF-32": lambda content: content.decode().encode("utf-32"),
    "UTF-16 in gzip": lambda content: gzip.compress(content.decode().encode("utf-16")),
    "gzip in xz": lambda content: lzma.compress(gzip.compress(content)),
}
ARCHIVES = {
    "tar": tarred,
    "GNU tar": lambda members: tarred(members, tarfile.GNU_FORMAT),
    "ustar": lambda members: tarred(members, tarfile.USTAR_FORMAT),
    "tar.gz": lambda members: gzip.compress(tarred(members)),
    "tar.zst": lambda members: zstd.compress(tarred(members)),
    "zip": zipped,
    "zip, stored": lambda members: zipped(members, zipfile.ZIP_STORED),
    "zip, bzip2": lambda members: zipped(members, zipfile.ZIP_BZIP2),
    "zip, sizes behind": lambda members: zipped(members, stream=Forward),
    "zip in tar.bz2": lambda members: bz2.compress(tarred({"inner": zipped(members)})),
}


@pytest.mark.parametrize("step", [1, 1000, 1 << 20])
@pytest.mark.parametrize("content", [LINES, ARRAY, LOG], ids=["lines", "array", "log"])
@pytest.mark.parametrize("packed", PACKED)
def test_packed(packed, content, step):
    """However it is compressed or encoded, a recording is what it is plain, with the same places."""
    assert found(PACKED[packed](content), step) == found(content)


@pytest.mark.parametrize("step", [7, 1 << 20])
@pytest.mark.parametrize("kind", ARCHIVES)
def test_archive(kind, step):
    """The recordings in an archive are read in its order, each by its own name and places, whatever is packed in it."""
    members = {"2026/a.jsonl": LINES, "b.log.gz": gzip.compress(LOG), "c.json": ARRAY, "empty": b"", "d": LINES}
    name = "standard input::inner" if kind.startswith("zip in") else "standard input"
    envelopes, skipped, problem = found(ARCHIVES[kind](members), step)
    assert (skipped, problem) == (1, None)
    assert [envelope for envelope, *_ in envelopes] == NOTIFICATIONS * 4
    assert [place for _, *place in envelopes[::3]] == [
        [f"{name}::2026/a.jsonl", 1, "line"],
        [f"{name}::b.log.gz", 2, "line"],
        [f"{name}::c.json", 1, "item"],
        [f"{name}::d", 1, "line"],
    ]


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_and_what_is_no_file(form, tmp_path):
    """In a tar archive a name may be long; folders, links and hidden files are none of the recordings in it."""
    folder = tmp_path / ("x" * 90) / ("ü" * 60)
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(LINES)
    (folder / ".hidden").write_bytes(LINES)
    (folder / "link").symlink_to("a.jsonl")
    (folder / "same").hardlink_to(folder / "a.jsonl")
    with tarfile.open(tmp_path / "all.tar", "w", format=form) as archive:
        archive.add(tmp_path / ("x" * 90), "./" + "x" * 90)
    envelopes, _, problem = found((tmp_path / "all.tar").read_bytes())
    assert problem is None
    assert [envelope for envelope, *_ in envelopes] == NOTIFICATIONS
    assert envelopes[0][1].startswith(f"standard input::./{'x' * 90}/{'ü' * 60}/")


CUT_OFF = {kind: partial(pack, LINES * 300) for kind, pack in PACKED.items() if "in" not in kind and "UTF" not in kind}
CUT_OFF |= {kind: partial(pack, {"a": LINES * 200, "b": LINES * 200}) for kind, pack in ARCHIVES.items()}


@pytest.mark.parametrize("kind", CUT_OFF)
def test_cut_off(kind):
    """Where it is cut off, what comes before is read, nothing more is found, and what is wrong is said once."""
    content = CUT_OFF[kind]()
    content = content.rstrip(b"\0") if kind in ARCHIVES else content
    for length in (len(content) // 2, len(content) - 1):
        envelopes, _, problem = found(content[:length])
        assert all(envelope in NOTIFICATIONS for envelope, *_ in envelopes)
        assert problem.startswith("standard input")
        assert "cut off; get the whole of it" in problem
        assert problem.count("cut off") == 1


def test_one_bad_member_among_good_ones():
    """What cannot be read in an archive stops nothing else, and is named with the command that unpacks it."""
    members = {"a": LINES, "b.7z": b"7z\xbc\xaf\x27\x1c....", "c.gz": gzip.compress(LINES)[:-9], "d": LINES}
    for pack in (tarred, zipped):
        envelopes, _, problem = found(pack(members))
        assert [envelope for envelope, *_ in envelopes] == NOTIFICATIONS * 3
        assert problem == (
            "standard input::b.7z: cannot be read: it is a 7-Zip archive: use what `7z x` makes of it; "
            "standard input::c.gz: its gzip data is cut off; get the whole of it"
        )


def test_many_bad_members():
    """Of many that cannot be read, the first five are named and the others counted."""
    problem = found(tarred({f"{number}.7z": b"7z\xbc\xaf\x27\x1c" for number in range(1005)}))[2]
    assert problem.count("it is a 7-Zip archive") == 5
    assert problem.endswith("; and 1,000 more")


@pytest.mark.parametrize("kind", FOREIGN)
def test_foreign(kind):
    """What is not read here is told by what it is, and by the command that makes something of it which is."""
    for beginning in _BEGINNINGS[kind]:
        envelopes, skipped, problem = found(beginning + bytes(100))
        assert (envelopes, skipped) == ([], 0)
        assert problem == f"standard input: cannot be read: it is {kind}: use what `{FOREIGN[kind]}` makes of it"


def test_encrypted_member():
    """A member that is encrypted is named; the others are read."""
    content = bytearray(zipped({"a": LINES, "b": LINES}, zipfile.ZIP_STORED))
    content[6] |= 1
    envelopes, _, problem = found(bytes(content))
    assert {place for _, place, *_ in envelopes} == {"standard input::b"}
    assert problem == "standard input::a: cannot be read: it is encrypted: unpack it with `unzip -P`"


def test_wrong_checksum():
    """A member whose content is not what its checksum says is a problem; the others are read."""
    content = zipped({"a": LINES, "b": LINES}, zipfile.ZIP_STORED)
    envelopes, _, problem = found(content.replace(b"message_id", b"message_di", 1))
    assert {place for _, place, *_ in envelopes} == {"standard input::a", "standard input::b"}
    assert "standard input::a: its zip data is damaged" in problem


def test_no_zstd(monkeypatch):
    """Where Python has no zstd, the error says which extra brings it."""
    monkeypatch.setitem(sys.modules, "compression.zstd", None)
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    *_, problem = found(zstd.compress(LINES))
    assert "pip install 'notify-contracts[zstd]'" in problem


def test_layers():
    """What is packed in itself again and again is given up, not followed to no end."""
    content = LINES
    for _ in range(6):
        content = gzip.compress(content)
    assert "packed more than 5 times over" in found(content)[2]


@pytest.mark.parametrize("kind", DECOMPRESSORS)
def test_bomb(kind):
    """A few bytes that unpack to many take constant memory, and so do a great many archives of nothing."""
    pack = {"xz": lzma.compress, "lzma": PACKED["lzma"]}.get(kind) or PACKED[kind]
    bomb, nothing = pack((b" " * 65535 + b"\n") * 200), pack(b"")
    many = [] if kind == "lzma" else [pack(LINES) + nothing * 300]  # of which there is one in a file
    for content in (bomb, *many):
        tracemalloc.start()
        found(content)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 10 * MIB  # of which xz has a dictionary of 8


def test_greedy_window():
    """What would take more memory than anybody's decompressor allows is refused in a line."""
    options = {zstd.CompressionParameter.window_log: 30, zstd.CompressionParameter.enable_long_distance_matching: 1}
    compressor = zstd.ZstdCompressor(options=options)
    content = compressor.compress(LINES) + compressor.flush()
    assert "takes more than 128 MiB of memory" in found(content)[2]
