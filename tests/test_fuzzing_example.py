"""examples/fuzzing: a consumer that looks right, and what fuzzing finds in it."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.exhaustive

EXAMPLE = Path(__file__).parent.parent / "examples" / "fuzzing"

MENDED = {
    "name": (
        'image["name"].strip()[0].upper() if image["name"] else "?"',
        '(image["name"] or "").strip()[:1].upper() or "?"',
    ),
    "tags": (
        '        image["tags"].sort()\n        self.images[image["id"]] = label, image["tags"],',
        '        self.images[image["id"]] = label, sorted(image["tags"]),',
    ),
    "time": (
        "return datetime.strptime(timestamp, form)",
        "return datetime.fromisoformat(timestamp.upper())",
    ),
}
"""What is wrong in the consumer, and what is right."""


@pytest.fixture
def shelf(downstream, monkeypatch):
    """Give a function that runs the example's tests with all but one of its mistakes mended."""
    monkeypatch.setattr("hypothesis.core.global_force_seed", None)  # the seed is that of the tests inside, not of ours

    def run(mistake=None):
        text = (EXAMPLE / "shelf.py").read_text()
        for wrong, right in (MENDED[name] for name in MENDED if name != mistake):
            assert wrong in text
            text = text.replace(wrong, right)
        downstream.path.joinpath("shelf.py").write_text(text)
        tests = (EXAMPLE / "test_shelf.py").read_text()
        # Where nothing is wrong, all of them are tried: a quarter will do.
        tests = tests if mistake else tests.replace("max_examples=800", "max_examples=200")
        downstream.path.joinpath("test_shelf.py").write_text(tests)
        return downstream.runpytest("-Wdefault", "-p", "hypothesispytest", "--hypothesis-seed=1")

    return run


@pytest.mark.parametrize(
    ("mistake", "said", "shown"),
    [
        ("name", "a notification that keeps its contract was not handled: IndexError", r'"name": "\s*(\\[^"]+)?"'),
        ("tags", "a notification that keeps its contract was changed by the consumer", r'"tags": \['),
        ("time", "a notification that keeps its contract was not handled: ValueError", r'"timestamp": "[^."]+"'),
    ],
)
def test_each_mistake_is_found(shelf, mistake, said, shown):
    """The examples pass; fuzzing finds the mistake, and shows the smallest notification that makes it."""
    result = shelf(mistake)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines([f"E*ConsumerFailedError: image.create-INFO: {said}*", "E*to run it again: pytest *"])
    notification = result.stdout.str().partition("ConsumerFailedError: ")[2].partition("to look at it")[0]
    assert re.search(shown, notification)
    assert '"properties": {}' in notification
    assert len(notification.splitlines()) < 40


def test_mended(shelf):
    """The consumer without its mistakes passes."""
    shelf().assert_outcomes(passed=4)
