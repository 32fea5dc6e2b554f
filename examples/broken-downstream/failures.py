"""Run the tests, every one of which fails, and write what each says to expected/, with ids and times left out."""

import re
import sys
from pathlib import Path

import pytest

VARYING = (
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{6})?(Z|\+\d\d:\d\d)?"), "<time>"),
    (re.compile(r"(?m)^(\S+\.py):\d+:"), r"\1:"),
)


class Failures:
    """What failed, by the name of its test."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a failure as pytest shows it, with the sections below it."""
        if report.failed:
            sections = [f"--- {title} ---\n{content}" for title, content in report.sections]
            text = "\n".join([report.longreprtext, *sections])
            for pattern, replacement in VARYING:
                text = pattern.sub(replacement, text)
            self.texts[report.nodeid.rpartition("::test_")[2]] = f"{text.strip()}\n"


def main() -> int:
    """Write the files, and return the status of the tests, which is 1."""
    failures = Failures()
    status = pytest.main([*sys.argv[1:]], plugins=[failures])
    for name, text in failures.texts.items():
        Path("expected", f"{name}.txt").write_text(text, encoding="utf-8")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
