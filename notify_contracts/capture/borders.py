"""Where a log may be cut, so that what belongs together stays together: behind a line after which nothing goes on."""

from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.capture.colours import uncoloured
from notify_contracts.capture.joining import GOES_ON, INSIDE, depth_at_end, depth_of
from notify_contracts.capture.members import built_in
from notify_contracts.capture.scanning import NAMED, in_log_line
from notify_contracts.capture.splitting import MOST_STREAMS, breaks_off, piece_of_line, piece_of_record
from notify_contracts.capture.spread import KEY, NEAR

_MOST_LOOKED_BACK = 1000  # lines
_NEAREST = 32  # lines before what may be no cut


def end_of_whole(block: bytes, *, is_line_start: bool, is_cut: bool) -> int:
    """Return where the last line in a block of a log ends behind which nothing goes on that began in it; 0 for none.

    Where the block does not begin with a line, what goes on behind the line that it ends is not known. Lines of several
    streams may stand among each other: of each the last one tells, as far as it is one of the nearest. Where it is to
    be a cut, these are as many as can be looked at, no value is open there, and no attributes stand before it on lines
    of their own.
    """
    end = _end(block, is_line_start=is_line_start, nearest=_MOST_LOOKED_BACK if is_cut else _NEAREST)
    while is_cut and end and (before := min(_before_value(block, end), _before_attributes(block, end))) < end:
        end = _end(block[:before], is_line_start=is_line_start, nearest=_MOST_LOOKED_BACK)
    return end


def _end(block: bytes, *, is_line_start: bool, nearest: int) -> int:
    after = block.rfind(b"\n") + 1
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
    lines, start = list[tuple[int, bytes]](), end  # the last of them first
    while start and len(lines) < _MOST_LOOKED_BACK:
        start, after = block.rfind(b"\n", 0, max(start - 1, 0)) + 1, start
        lines.append((start, uncoloured(block[start : after - 1])))
        if lines[-1][1][:1] not in INSIDE:
            break
    while lines and not lines[-1][1].endswith(GOES_ON):  # nearly always all: brackets are counted where one is open
        lines.pop()
    lowest = 0  # to what the brackets come that lines behind open
    for start, line in lines:
        if line.endswith(GOES_ON) and depth_at_end(line) + lowest > 0:
            end = start
        lowest = min(0, depth_of(line) + lowest)
    return end


def _before_attributes(block: bytes, end: int) -> int:
    """Return where the first of the near lines before `end` begins that holds an attribute by itself, else `end`."""
    start = end
    for _ in range(NEAR + 1):
        start = block.rfind(b"\n", 0, max(start - 1, 0)) + 1
        if not start:
            break
    for match in KEY.finditer(block, start, end):
        begin = block.rfind(b"\n", 0, match.start()) + 1
        line = block[begin : block.find(b"\n", match.end())]
        if piece_of_line(line) is None and in_log_line(line) is NAMED:
            return begin
    return end


def _goes_on(line: bytes) -> tuple[bool, object]:
    """Return whether what a line holds may go on in a later one, and of which stream; None for the next of any."""
    line = uncoloured(line)
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
