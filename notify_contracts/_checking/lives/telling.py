"""The joints of the sentence that a finding says of a life, by which a report takes it apart again to draw it.

A report may be made of reports, so the sentence is all that there is of a life.
"""

from typing import NamedTuple

WHILE, SINCE, AT = " while ", " since ", " at "
MISSING, EXPECTED = "; missing before it: ", "; expected "


class Told(NamedTuple):
    """What a finding says of a life, each part empty where it is not said.

    `step` is the wrong one and what is wrong with it, `states` those that the life was in, `since` the step that
    brought it there and `place` where that is; `missing` should have come before, and `expected` could have come.
    """

    step: str
    states: str
    since: str
    place: str
    missing: str
    expected: str


def told_of(message: str) -> Told | None:
    """Take a finding's message apart; return None where names in it make that ambiguous, or it says of no state."""
    # Names of states are quoted, and may have the words of the joints in them.
    before, after = f'{WHILE}"', f'"{SINCE}'
    if any(message.count(joint) > 1 for joint in (before, after, MISSING, EXPECTED)):
        return None
    said, _, expected = message.partition(EXPECTED)
    said, _, missing = said.partition(MISSING)
    said, _, state = said.partition(before)
    states, _, brought = state.partition(after)
    since, end, place = brought.partition(f"){AT}")  # what is told of a step may have the joint in it, too
    since, _, place = (f"{since})", AT, place) if end and "(" in since else brought.partition(AT)
    if not (place or missing):
        return None
    return Told(said.rpartition(": ")[2], states and f'"{states}"', since, place, missing, expected)
