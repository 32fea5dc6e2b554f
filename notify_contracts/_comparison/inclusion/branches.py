"""Branches told apart: by the kind of the value, or by a property of which each of them has constants of its own."""

from collections.abc import Iterator, Sequence
from itertools import chain

from notify_contracts._comparison.inclusion.formulas import (
    FALSE,
    Formula,
    Has,
    Lacks,
    NotOneOf,
    OneOf,
    Properties,
    every,
    made,
    of_kinds,
    some,
)
from notify_contracts._comparison.inclusion.kinds import ALL_KINDS, OBJECT
from notify_contracts._comparison.inclusion.solving import parted
from notify_contracts._schema import alike


def apart(branches: Sequence[Formula]) -> tuple[list[Formula], Formula]:
    """Return what marks values that no branch but one can allow, branch by branch, and what marks all other values."""
    marks, left = [], ALL_KINDS
    for number, branch in enumerate(branches):
        own = branch.kinds
        for other in (*branches[:number], *branches[number + 1 :]):
            own &= ~other.kinds
        left &= ~own
        marks.append(of_kinds(own))
    objects = [number for number, branch in enumerate(branches) if branch.kinds & left & OBJECT]
    tagged = _tagged([branches[number] for number in objects])
    if tagged is None:
        return marks, of_kinds(left)
    name, constants = tagged
    is_object = of_kinds(OBJECT)
    for number, values in zip(objects, constants, strict=True):
        marks[number] = some((marks[number], every((is_object, made(Has(name, made(OneOf(values))))))))
    unknown = made(NotOneOf(tuple(chain.from_iterable(constants))))
    without = every((is_object, some((made(Lacks(name)), made(Has(name, unknown))))))
    return marks, some((of_kinds(left & ~OBJECT), without))


def _tagged(branches: Sequence[Formula]) -> tuple[str, list[tuple[object, ...]]] | None:
    """Return a name of which every branch demands constants that no other one allows, and those constants."""
    if len(branches) < 2:  # noqa: PLR2004 - nothing to tell apart
        return None
    of_each = [dict(_constants(branch)) for branch in branches]
    for name in of_each[0]:
        found = [constants[name] for constants in of_each if name in constants]
        keys = [alike(value) for values in found for value in values]
        if len(found) == len(branches) and len(keys) == len(set(keys)):
            return name, found
    return None


def _constants(branch: Formula) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the constants that an object must have to keep `branch`, by name."""
    rules = [each.rule for each in parted(frozenset((branch,))).literals]
    required = {rule.name for rule in rules if isinstance(rule, Has)}
    for rule in rules:
        for name, formula in rule.named if isinstance(rule, Properties) else ():
            listed = [each.rule.values for each in formula.all_of if isinstance(each.rule, OneOf)]
            if name in required and listed and formula is not FALSE:
                yield name, min(listed, key=len)
