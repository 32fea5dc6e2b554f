"""The guide to fuzzing is run as it stands: its Python blocks make one file of tests, which pass."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.exhaustive

GUIDE = (Path(__file__).parent.parent / "docs" / "how-to" / "fuzz.md").read_text(encoding="utf-8")

FEW_EXAMPLES = """
from hypothesis import settings

settings.register_profile("few", max_examples=15, stateful_step_count=10, deadline=None)
settings.load_profile("few")
"""


def test_guide(pytester):
    """What a reader copies works: three tests, in the order of the guide."""
    pytester.makeconftest(FEW_EXAMPLES)
    pytester.makepyfile(test_guide="\n".join(re.findall(r"^```python\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)))
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")  # the profile must not reach our own tests
    result.assert_outcomes(passed=3)


def test_length():
    """The guide stays short."""
    assert len(GUIDE.splitlines()) <= 120
