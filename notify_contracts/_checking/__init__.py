"""From bytes to verdicts, counted: by one process, or by several in `_checking.parallel`."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._checking.calling import require_done
    from notify_contracts._checking.checking import Checking, PartialResult, Work
    from notify_contracts._checking.collecting import without_collecting
    from notify_contracts._checking.coverage import Assertion, Coverage
    from notify_contracts._checking.extent import Extent
    from notify_contracts._checking.failing import Failing, is_of_schema
    from notify_contracts._checking.failures import broken, listed, named, unexpected
    from notify_contracts._checking.hiding import hidden
    from notify_contracts._checking.interchange import contract_values, summary_from, summary_values, violation_values
    from notify_contracts._checking.least import Least
    from notify_contracts._checking.opening import opened
    from notify_contracts._checking.period import Period, moment
    from notify_contracts._checking.places import GroupKey, group_name, group_of, in_events, place_name
    from notify_contracts._checking.selection import ABOUT_EVERYTHING, EVERYTHING, Question, Selection, check
    from notify_contracts._checking.status import Status
    from notify_contracts._checking.steps import MOST_OPEN, Values
    from notify_contracts._checking.summary import Example, Group, Summary
    from notify_contracts._checking.tally import Serving, Tally
    from notify_contracts._checking.timeline import WIDTHS, Timeline

__all__ = [
    "ABOUT_EVERYTHING",
    "EVERYTHING",
    "MOST_OPEN",
    "WIDTHS",
    "Assertion",
    "Checking",
    "Coverage",
    "Example",
    "Extent",
    "Failing",
    "Group",
    "GroupKey",
    "Least",
    "PartialResult",
    "Period",
    "Question",
    "Selection",
    "Serving",
    "Status",
    "Summary",
    "Tally",
    "Timeline",
    "Values",
    "Work",
    "broken",
    "check",
    "contract_values",
    "group_name",
    "group_of",
    "hidden",
    "in_events",
    "is_of_schema",
    "listed",
    "moment",
    "named",
    "opened",
    "place_name",
    "require_done",
    "summary_from",
    "summary_values",
    "unexpected",
    "violation_values",
    "without_collecting",
]
