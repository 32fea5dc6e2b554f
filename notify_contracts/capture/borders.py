"""Where a log may be cut, so that what belongs together stays together: behind a line after which nothing goes on."""

from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.capture.colours import uncoloured
from notify_contracts.capture.joining import GOES_ON, INSIDE, depth_at_end, depth_of
from notify_contracts.capture.members import built_in
from notify_contracts.capture.rows import is_row
from notify_contracts.capture.scanning import NAMED, in_log_line
from notify_contracts.capture.splitting import MOST_STREAMS, breaks_off, piece_of_line, piece_of_record
from notify_contracts.capture.spread import KEY, NEAR

_MOST_LOOKED_BACK = 1000  # lines
_MOST_OF_ROWS = 64 * 1024  # bytes
_NEAREST = 32  # lines before what may be no cut


def end_of_whole(block: bytes, known: int, *, is_line_start: bool, is_cut: bool) -> int:
    """Return where the last line in a block of a log ends behind which nothing goes on that began in it; 0 for none.

    None is asked for within the first `known` bytes. Where the block does not begin with a line, what goes on behind
    the line that it ends is not known. Lines of several streams may stand among each other: of each the last one tells,
    as far as it is one of the nearest. Where it is to be a cut, these are as many as can be looked at, no value is open
    there, and neither attributes on lines of their own nor rows of a dump stand before it.
    """
    end = _end(block, len(block), is_line_start=is_line_start, nearest=_MOST_LOOKED_BACK if is_cut else _NEAREST)
    while is_cut and end > known and (before := min(look(block, end) for look in _LOOKS)) < end:
        end = _end(block, before, is_line_start=is_line_start, nearest=_MOST_LOOKED_BACK)
    return end if end > known else 0


def _end(block: bytes, until: int, *, is_line_start: bool, nearest: int) -> int:
    after = block.rfind(b"\n", 0, until) + 1
    end, streams = 0, set[object]()
    for _ in range(_MOST_LOOKED_BACK):
        start = block.rfind(b"\n", 0, max(after - 1, 0)) + 1
        if after == 0 or (start == 0 and not is_line_start):
            break
        goes_on, stream = _goes_on(block[start : after - 1])
        if goes_on and stream not in streams:
            end, streams = 0, set()
        else:
            end = end or after
            if stream is None or len(streams) == MOST_STREAMS or block.count(b"\n", after, end) >= nearest:
                break
            streams.add(stream)
        after = start
    return end


def _before_value(block: bytes, end: int) -> int:
    """Return where the value begins that is open at `end`, its lines not indented, else `end`."""
    lines = _lines(block, _outside(block, end), end)
    if not any(line.endswith(GOES_ON) for _, line in lines):  # nearly always, and brackets are not counted soon
        return end
    lowest = 0  # to what the brackets come that lines behind open
    for start, line in reversed(lines):
        if line.endswith(GOES_ON) and depth_at_end(line) + lowest > 0:
            end = start
        lowest = min(0, depth_of(line) + lowest)
    return end


def _before_attributes(block: bytes, end: int) -> int:
    """Return where the first of the near lines before `end` begins that holds an attribute by itself, else `end`.

    Those within a value of several lines are not by themselves, unless it breaks off.
    """
    near = end
    for _ in range(NEAR + 1):
        near = block.rfind(b"\n", 0, max(near - 1, 0)) + 1
    if KEY.search(block, near, end) is None:
        return end
    depth, first = 0, end
    for start, line in _lines(block, _outside(block, near), end):
        is_inside = depth > 0 and line[:1] in INSIDE
        if not is_inside and first < end:
            return first
        depth = depth_of(line) + depth if is_inside else depth_at_end(line) if line.endswith(GOES_ON) else 0
        if is_inside and depth <= 0:
            first = end
        elif start >= near and first == end and _is_attribute(line):
            first = start
    return first


def _before_rows(block: bytes, end: int) -> int:
    """Return where the rows of a dump begin that stand before `end`, else `end`; of a long one, too."""
    begin = end
    while begin and end - begin < _MOST_OF_ROWS:
        start = block.rfind(b"\n", 0, begin - 1) + 1
        if not is_row(block[start:begin].removesuffix(b"\n")):
            return begin
        begin = start
    return end if begin else 0


_LOOKS = _before_value, _before_attributes, _before_rows


def _is_attribute(line: bytes) -> bool:
    return KEY.search(line) is not None and piece_of_line(line) is None and in_log_line(line) is NAMED


def _outside(block: bytes, end: int) -> int:
    """Return where the last line before `end` begins that may not go on with a value; or how far is looked back."""
    for _ in range(_MOST_LOOKED_BACK):
        end = block.rfind(b"\n", 0, max(end - 1, 0)) + 1
        if not end or block[end : end + 1] not in INSIDE:
            break
    return end


def _lines(block: bytes, start: int, end: int) -> list[tuple[int, bytes]]:
    """Return the lines from `start` to `end`, each with where it begins."""
    found = []
    for line in block[start:end].removesuffix(b"\n").split(b"\n"):
        found.append((start, uncoloured(line.removesuffix(b"\r"))))
        start += len(line) + 1
    return found


def _goes_on(line: bytes) -> tuple[bool, object]:
    """Return whether what a line holds may go on in a later one, and of which stream; None for the next of any."""
    line = uncoloured(line.removesuffix(b"\r"))
    if line[:1] in (b" ", b"\t") or line.endswith(GOES_ON):
        return True, None
    if (piece := piece_of_line(line)) is not None:
        return piece.has_more, piece.stream
    try:
        value = parse(line) if line[:1] == b"{" else None
    except NotJsonError:
        value = None
    if value is None:
        return breaks_off(in_log_line(line)), None
    piece = piece_of_record(value, built_in())
    if piece is None:
        return False, None
    return piece.has_more or (piece.may_lack_end and not str(piece.text).endswith("\n")), piece.stream
