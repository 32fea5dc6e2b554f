"""zstd, as this Python has it."""

import sys

import pytest

zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
