"""Recorded notifications: bytes in, notifications out, whatever the recording looks like."""

from notify_contracts.capture.parts import Part
from notify_contracts.capture.recording import STANDARD_INPUT, STANDARD_INPUT_NAME, Recording, is_file, source_name

__all__ = ["STANDARD_INPUT", "STANDARD_INPUT_NAME", "Part", "Recording", "is_file", "source_name"]
