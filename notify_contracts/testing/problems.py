"""What is wrong with what was recorded, beyond its contract, and how it is said."""

import warnings
from collections.abc import Sequence
from dataclasses import replace

from notify_contracts._schema import pointer_text
from notify_contracts.emitting import Lost
from notify_contracts.errors import ContractViolatedError, ContractViolatedWarning, NotifyContractsError
from notify_contracts.model import LOST, Verdict, Violation
from notify_contracts.testing.strictness import Strictness

Problem = tuple[NotifyContractsError | None, str]
"""What is wrong, if anything is, and how strictly that is taken."""


def tell(problems: Sequence[Problem]) -> None:
    """Raise the problems that there are, as one error, or warn of those that are to be warned of."""
    __tracebackhide__ = True
    raised = []
    for problem, strictness in problems:
        if problem is not None and strictness == Strictness.WARN:
            warnings.warn(str(problem), ContractViolatedWarning, stacklevel=4)
        elif problem is not None:
            raised.append(problem)
    if len(raised) > 1:
        violations = tuple(one for problem in raised for one in getattr(problem, "violations", ()))
        raise ContractViolatedError("\n".join(map(str, raised)), violations)
    if raised:
        raise raised[0]


def losing(verdict: Verdict, lost: Lost) -> Verdict:
    """Return the verdict with what is lost; what stands in the lost value's place is not held against its contract."""
    place = pointer_text(lost.place)
    broken = Violation(place, LOST, f"{lost.reason}: nobody gets the notification", verdict.contract)
    others = (found for found in verdict.violations if found.pointer != place)
    return replace(verdict, violations=(broken, *others))
