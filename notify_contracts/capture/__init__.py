"""Recorded notifications: bytes in, notifications out, whatever the recording looks like."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.capture.dumps import companions
    from notify_contracts.capture.evidence import is_shaped
    from notify_contracts.capture.members import may_be_added, members_added
    from notify_contracts.capture.messages import from_value
    from notify_contracts.capture.parts import Part
    from notify_contracts.capture.recording import STANDARD_INPUT, STANDARD_INPUT_NAME, Recording, is_file, source_name
    from notify_contracts.capture.servicelog import parse_logged
    from notify_contracts.capture.ways import ReadingWay, reading_in, reading_way

__all__ = [
    "STANDARD_INPUT",
    "STANDARD_INPUT_NAME",
    "Part",
    "ReadingWay",
    "Recording",
    "companions",
    "from_value",
    "is_file",
    "is_shaped",
    "may_be_added",
    "members_added",
    "parse_logged",
    "reading_in",
    "reading_way",
    "source_name",
]
