"""Lifecycles of very many states: what a step takes does not grow with them."""

import sys

from notify_contracts._checking.lives.automaton import UNKNOWN, Machine
from notify_contracts._checking.lives.ways import Way
from notify_contracts.catalog import Lifecycle, Transition


def _line(count):
    """Return a lifecycle of so many states in a row, told by as many event types."""
    ways = [Transition(f"a.e{number}", "INFO", f"s{number + 1}", {"id": "/payload/id"}, {}) for number in range(count)]
    states = {f"s{number}": (way,) for number, way in enumerate(ways)} | {f"s{count}": ()}
    return Lifecycle("thing", ("id",), "s0", states, frozenset(), frozenset(), frozenset({f"s{count}"}))


def _calls(function, *arguments):
    """Return how many calls it takes."""
    calls = [0]

    def count(_frame, event, _argument):
        calls[0] += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        function(*arguments)
    finally:
        sys.setprofile(None)
    return calls[0]


def _asked(count):
    lifecycle = _line(count)
    machine = Machine(lifecycle)
    number = machine.number("a.e20-INFO", [UNKNOWN for _ in machine.told])
    yield _calls(Way, 0, machine, lifecycle.states["s20"][0], ())
    yield _calls(machine.anywhere_after, number)
    yield _calls(machine.missing_before, machine.start.configs, number)


def test_steps_in_a_line_of_states():
    """What a step out of order may be takes as many calls among thirty states as among three hundred."""
    assert list(_asked(30)) == list(_asked(300))
