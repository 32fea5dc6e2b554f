"""What packed and foreign files begin with, and what would unpack those that are not read here.

Sources: RFC 1952 (gzip), RFC 8878 (zstd), the formats' own specifications, and file(1)'s collection of beginnings.
"""

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
    "lz4": (b"\x04\x22\x4d\x18", b"\x02\x21\x4c\x18"),
    "snappy": (b"\xff\x06\0\0sNaPpY",),
    "what compress wrote": (b"\x1f\x9d",),
    "what pack wrote": (b"\x1f\x1e",),
    "lzip": (b"LZIP\x01",),
    "lzop": (b"\x89LZO\0\r\n\x1a\n",),
    "a 7-Zip archive": (b"7z\xbc\xaf\x27\x1c",),
    "a RAR archive": (b"Rar!\x1a\x07",),
    "an ar archive": (b"!<arch>\n",),
    "encrypted with PGP": (b"-----BEGIN PGP MESSAGE-----",),
    "encrypted with age": (b"age-encryption.org/",),
    "encrypted with OpenSSL": (b"Salted__",),
    "a journal of systemd": (b"LPKSHHRH",),
    "an SQLite database": (b"SQLite format 3\0",),
    "an Avro file": (b"Obj\x01",),
    "a Parquet file": (b"PAR1\x15",),
    "a capture of packets": (
        b"\xd4\xc3\xb2\xa1",
        b"\xa1\xb2\xc3\xd4",
        b"\x4d\x3c\xb2\xa1",
        b"\xa1\xb2\x3c\x4d",
        b"\x0a\x0d\x0d\x0a",
    ),
    "UTF-16LE without a mark": (b"{\0", b"[\0"),
    "UTF-16BE without a mark": (b"\0{", b"\0["),
}
FOREIGN = {
    "lz4": "lz4 -d",
    "snappy": "snzip -d",
    "what compress wrote": "gzip -d",
    "what pack wrote": "gzip -d",
    "lzip": "lzip -d",
    "lzop": "lzop -d",
    "a 7-Zip archive": "7z x",
    "a RAR archive": "unrar x",
    "an ar archive": "ar x",
    "encrypted with PGP": "gpg -d",
    "encrypted with age": "age -d",
    "encrypted with OpenSSL": "openssl enc -d",
    "a journal of systemd": "journalctl -o json --file",
    "an SQLite database": "sqlite3 -json",
    "an Avro file": "avro-tools tojson",
    "a Parquet file": "parquet cat",
    "a capture of packets": "tshark -T json -r",
    "UTF-16LE without a mark": "iconv -f UTF-16LE -t UTF-8",
    "UTF-16BE without a mark": "iconv -f UTF-16BE -t UTF-8",
}
"""The command that turns what is not read here into what is, by the name of the format."""

_FORMATS = {beginning: name for name, beginnings in _BEGINNINGS.items() for beginning in beginnings}
_LENGTHS = sorted({len(beginning) for beginning in _FORMATS}, reverse=True)
_FIRSTS = frozenset(beginning[0] for beginning in _FORMATS)
_AMBIGUOUS = frozenset(_BEGINNINGS[UTF_16])

_TAR, _TAR_AT = b"ustar", 257
_LONGEST_NAME = 100  # bytes of a member's, with which a tar archive begins


def recognised(beginning: bytes) -> str | None:
    """Return the name of the format that begins so, None where it is a recording itself."""
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
