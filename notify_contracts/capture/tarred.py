"""The files of a tar archive, one after the other as they come, in constant memory.

Sources: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block"; GNU tar's long names. The standard
library reads the header blocks; it would keep all of what they say, and of a name as much as its header asks for.
"""

import re
import tarfile
from collections.abc import Iterator

from notify_contracts.capture.lines import ByteStream
from notify_contracts.capture.member import Limited, Refused, is_hidden
from notify_contracts.capture.reader import Reader, UnreadError

_BLOCK = tarfile.BLOCKSIZE
_MOST_SAID = 1 << 20
"""Bytes that are read of what is said about a member before it: the longest path has 4,096."""

_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_EMPTY = (tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE)
_HOLES = "it has files with holes: unpack it with `tar -x`"
_DIGITS = 20  # of 2**64
_RECORD = re.compile(rb"[0-9]+ (path|size|GNU\.sparse\.[a-z]+)=([^\n]*)\n")


def members_of_tar(reader: Reader) -> Iterator[tuple[str, ByteStream]]:
    """Yield the names and contents of the files in a tar archive, but for hidden ones; links lead to others in it.

    Raise `UnreadError` where it is damaged or cut off.
    """
    said: dict[bytes, bytes] = {}
    is_over = False
    while block := reader.exactly(_BLOCK):
        is_over = not block.strip(b"\0")  # further archives may follow
        if is_over:
            continue
        member = _header(block)
        size = _size(said, member)
        content = Limited(reader, size, -size % _BLOCK, "tar")
        if member.type == tarfile.GNUTYPE_LONGNAME:
            said[b"path"] = content.read(min(size, _MOST_SAID)).rstrip(b"\0")
        elif member.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            said |= dict(_RECORD.findall(content.read(min(size, _MOST_SAID))))
        elif member.type != tarfile.GNUTYPE_LONGLINK:
            name = said[b"path"].decode("utf-8", "surrogateescape") if b"path" in said else member.name
            has_holes = any(key.startswith(b"GNU.sparse") for key in said)
            said = {}
            if member.type in _FILES and not is_hidden(name):
                yield name, Refused(UnreadError(f"cannot be read: {_HOLES}")) if has_holes else content
        content.skip()
    if not is_over:
        raise UnreadError("its tar data is cut off; get the whole of it")


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        why = "cut off" if len(block) < _BLOCK else f"damaged ({error})"
        raise UnreadError(f"its tar data is {why}; get the whole of it") from None
    if header.type == tarfile.GNUTYPE_SPARSE:
        raise UnreadError(f"cannot be read on: {_HOLES}")
    return header


def _size(said: dict[bytes, bytes], member: tarfile.TarInfo) -> int:
    text = said.get(b"size", b"")
    size = int(text) if text.isdigit() and len(text) < _DIGITS else member.size
    if size < 0:
        raise UnreadError("its tar data is damaged (a size is negative); get the whole of it")
    return 0 if member.type in _EMPTY else size
