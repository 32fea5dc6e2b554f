"""What packed and foreign files begin with, and what would unpack those that are not read here.

Sources: RFC 1952 (gzip), RFC 8878 (zstd), the formats' own specifications, and file(1)'s collection of beginnings.
"""

from dataclasses import dataclass

TAR = "tar"
ZIP = "zip"
UTF_16 = "UTF-16"
UTF_32 = "UTF-32"

_BEGINNINGS = {
    "gzip": (b"\x1f\x8b",),
    "bzip2": tuple(
        b"BZh%d%b" % (level, after) for level in range(1, 10) for after in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
    ),
    "xz": (b"\xfd7zXZ\0",),
    "lzma": (b"\x5d\0\0",),
    "zstd": (b"\x28\xb5\x2f\xfd", *(bytes((first,)) + b"\x2a\x4d\x18" for first in range(0x50, 0x60))),
    ZIP: (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04"),
    UTF_32: (b"\xff\xfe\0\0", b"\0\0\xfe\xff"),
    UTF_16: (b"\xff\xfe", b"\xfe\xff"),
}


@dataclass(frozen=True)
class Foreign:
    """A format that is not read here: what people call it, and the command that turns it into what is read."""

    name: str
    command: str


_FOREIGN = {
    b"\x04\x22\x4d\x18": Foreign("lz4", "lz4 -d"),
    b"\x02\x21\x4c\x18": Foreign("lz4", "lz4 -d"),
    b"\xff\x06\0\0sNaPpY": Foreign("snappy", "snzip -d"),
    b"\x1f\x9d": Foreign("what compress wrote", "gzip -d"),
    b"\x1f\x1e": Foreign("what pack wrote", "gzip -d"),
    b"LZIP\x01": Foreign("lzip", "lzip -d"),
    b"\x89LZO\0\r\n\x1a\n": Foreign("lzop", "lzop -d"),
    b"7z\xbc\xaf\x27\x1c": Foreign("a 7-Zip archive", "7z x"),
    b"Rar!\x1a\x07": Foreign("a RAR archive", "unrar x"),
    b"!<arch>\n": Foreign("an ar archive", "ar x"),
    b"-----BEGIN PGP MESSAGE-----": Foreign("encrypted with PGP", "gpg -d"),
    b"age-encryption.org/": Foreign("encrypted with age", "age -d"),
    b"Salted__": Foreign("encrypted with OpenSSL", "openssl enc -d"),
    b"LPKSHHRH": Foreign("a journal of systemd", "journalctl -o json --file"),
    b"SQLite format 3\0": Foreign("an SQLite database", "sqlite3 -json"),
    b"Obj\x01": Foreign("an Avro file", "avro-tools tojson"),
    b"PAR1\x15": Foreign("a Parquet file", "parquet cat"),
    b"\xd4\xc3\xb2\xa1": Foreign("a capture of packets", "tshark -T json -r"),
    b"\xa1\xb2\xc3\xd4": Foreign("a capture of packets", "tshark -T json -r"),
    b"{\0": Foreign("UTF-16 without a mark", "iconv -f UTF-16LE -t UTF-8"),
    b"[\0": Foreign("UTF-16 without a mark", "iconv -f UTF-16LE -t UTF-8"),
    b"\0{": Foreign("UTF-16 without a mark", "iconv -f UTF-16BE -t UTF-8"),
    b"\0[": Foreign("UTF-16 without a mark", "iconv -f UTF-16BE -t UTF-8"),
}
_FORMATS: dict[bytes, str | Foreign] = {
    beginning: name for name, beginnings in _BEGINNINGS.items() for beginning in beginnings
} | _FOREIGN
_LENGTHS = sorted({len(beginning) for beginning in _FORMATS}, reverse=True)
_FIRSTS = frozenset(beginning[0] for beginning in _FORMATS)
_AMBIGUOUS = frozenset(_BEGINNINGS[UTF_16])

_TAR, _TAR_AT = b"ustar", 257
_LONGEST_NAME = 100  # bytes of a member's, with which a tar archive begins


def recognised(beginning: bytes) -> str | Foreign | None:
    """Return what begins so, by its name where it is read here; None where it is not packed."""
    if beginning[_TAR_AT:].startswith(_TAR):
        return TAR
    if not beginning or beginning[0] not in _FIRSTS:
        return None
    found = (known for length in _LENGTHS if (known := _FORMATS.get(beginning[:length])) is not None)
    return next(found, None)


def may_be_packed(beginning: bytes) -> bool:
    """Whether more of what begins so may tell more of how it is packed."""
    if not beginning or (beginning[0] in _FIRSTS and any(known.startswith(beginning) for known in _FORMATS)):
        return beginning not in _FORMATS or beginning in _AMBIGUOUS
    if len(beginning) >= _TAR_AT + len(_TAR) or recognised(beginning):
        return False
    name = beginning[:_LONGEST_NAME]
    return name[:1] not in b"{[ \t\r\n" and b"\n" not in name
