"""A lifecycle as a machine: what a life may be by now, and which notification leads where."""

from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from notify_contracts.catalog import Lifecycle, Transition

_LONGEST_GAP = 8
_MOST_OTHERS, _LONGEST_OTHER = 256, 256  # values that no transition names, and are told apart
OTHER = "(something else)"
"""Stands for a value that the lifecycle does not name, where it is none that can be told from others like it."""

UNKNOWN = "(unknown)"
"""Stands for a value that a life may have or not: nothing told it yet, or a transition may give it any."""


class Config(NamedTuple):
    """A state, and what the fields are in it that transitions give values, each as a text, in the order of `told`."""

    state: str
    values: tuple[str, ...]


class Symbol(NamedTuple):
    """A kind of step: the notification's contract, and what those fields are in it, as far as it has them."""

    contract: str
    values: tuple[str, ...]


class State(dict[int, "State | None"]):
    """What a life may be by now: configurations of one of which it is. Maps a symbol's number to what comes then.

    None where nothing of that kind may come. `is_over` says that the life has ended in any case,
    `names` are the states of the lifecycle that it may be.
    """

    __slots__ = ("configs", "is_over", "machine", "names")

    def __init__(self, machine: "Machine", configs: frozenset[Config]) -> None:
        super().__init__()
        self.machine = machine
        self.configs = configs
        self.is_over = all(config.state in machine.lifecycle.ends for config in configs)
        self.names = sorted({config.state for config in configs})

    def __missing__(self, number: int) -> "State | None":
        following = self.machine.after(self.configs, number)
        self[number] = state = self.machine.state(following) if following else None
        return state


def as_text(value: Any) -> str:
    """Return a value as machines compare it: true is not 1, and 1.0 is. What is nested very deeply is `OTHER`."""
    if type(value) is str:  # nearly always
        return f"str {value!r}"
    try:
        return _text(value)
    except RecursionError:
        return OTHER


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name!r}: {_text(value[name])}' for name in sorted(value))}}}"
    return f"{type(value).__name__} {value!r}"


class Machine:
    """The machine of a lifecycle. Its states are made when they are needed, and are few."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self.lifecycle = lifecycle
        ways = [way for each in lifecycle.states.values() for way in each]
        self.told = tuple(sorted({field for way in ways for field in way.values}))
        self.values = {field: [way.values[field] for way in ways if field in way.values] for field in self.told}
        self.named = {field: {as_text(value): value for value in values} for field, values in self.values.items()}
        self.changeable = frozenset(field for way in ways for field in way.changes)
        self.has_one_life = lifecycle.within is None and not any(
            way.before or (state in lifecycle.ends and way.to not in lifecycle.ends)
            for state, each in lifecycle.states.items()
            for way in each
        )
        """Whether an identity is that of one life only, which never gets another and is not followed by another."""
        self._leaving: dict[str, dict[str, list[Transition]]] = {}
        for state, each in lifecycle.states.items():
            for way in each:
                self._leaving.setdefault(contract_of(way), {}).setdefault(state, []).append(way)
        self._others: set[str] = set()
        self.symbols: list[Symbol] = []
        self._numbers: dict[Symbol, int] = {}
        self._states: dict[frozenset[Config], State] = {}
        self._nothing = nothing = tuple(UNKNOWN for _ in self.told)
        self.start = self.state(frozenset({Config(lifecycle.start, nothing)}))
        ends = lifecycle.ends or {lifecycle.start}
        self.over = self.state(frozenset(Config(state, nothing) for state in ends))

    def alike(self, contract: str) -> Iterator[Transition]:
        """Return the transitions with a notification of this contract."""
        return chain.from_iterable(self._leaving[contract].values())

    def number(self, contract: str, values: Sequence[str]) -> int:
        """Return the number of a symbol."""
        symbol = Symbol(contract, tuple(values))
        if symbol not in self._numbers:
            self._numbers[symbol] = len(self.symbols)
            self.symbols.append(symbol)
        return self._numbers[symbol]

    def canonical(self, field: str, value: Any) -> str:
        """Return a value of a field as symbols have it."""
        text = as_text(value)
        if text in self.named[field] or text in self._others:
            return text
        if len(self._others) >= _MOST_OTHERS or len(text) > _LONGEST_OTHER:
            return OTHER
        self._others.add(text)
        return text

    @property
    def is_crowded(self) -> bool:
        """Whether it has met half of the values that it can tell apart though no transition names them."""
        return len(self._others) > _MOST_OTHERS // 2

    def state(self, configs: frozenset[Config]) -> State:
        """Return the one state of these configurations."""
        if configs not in self._states:
            self._states[configs] = State(self, configs)
        return self._states[configs]

    def after(self, configs: Iterable[Config], number: int) -> frozenset[Config]:
        """Return what may be after a step of this kind, nothing where none may come."""
        return frozenset(following for _, _, following in self._steps(configs, number))

    def changing(self, configs: Iterable[Config], number: int) -> frozenset[str]:
        """Return the fields that a step of this kind may change."""
        return frozenset(field for _, way, _ in self._steps(configs, number) for field in (*way.changes, *way.values))

    def begins_anew(self, configs: Iterable[Config], number: int) -> bool:
        """Whether a step of this kind may be the first of another life of the same identity."""
        ends, steps = self.lifecycle.ends, self._steps(configs, number)
        return any(config.state in ends and following.state not in ends for config, _, following in steps)

    def _steps(self, configs: Iterable[Config], number: int) -> Iterator[tuple[Config, Transition, Config]]:
        """Yield what a step of this kind may be, between what is before and after it."""
        contract, values = self.symbols[number]
        leaving = self._leaving[contract]
        for config in configs:
            for way in leaving.get(config.state, ()):
                if following := self._taken(config, way, values):
                    yield config, way, following

    def anywhere_after(self, number: int) -> State | None:
        """Return what may be after a step of this kind whatever was before, None where no life has such a step.

        That a life is over, and this was still under way, is thought of only where nothing else can be.
        """
        states = self._leaving[self.symbols[number].contract]
        following = self.after((Config(state, self._nothing) for state in states), number)
        alive = frozenset(config for config in following if config.state not in self.lifecycle.ends)
        return self.state(alive or following) if following else None

    def missing_before(self, configs: Iterable[Config], number: int) -> tuple[tuple[Transition, ...], State] | None:
        """Return the fewest transitions that lead to where a step of this kind may come, and all that may be after it.

        None where nothing leads there. A way through the end of the life is taken only if there is no other, and to
        another life: that it is over, and this was still under way, is not thought of for what nobody told.
        """
        found = self._missing_before(configs, number, self.lifecycle.ends)
        if found is None:
            found = self._missing_before(configs, number, ())
            return None if found is None or found[1].is_over else found
        return found

    def _missing_before(
        self, configs: Iterable[Config], number: int, shunned: Container[str]
    ) -> tuple[tuple[Transition, ...], State] | None:
        waiting: deque[tuple[Config, tuple[Transition, ...]]] = deque((config, ()) for config in sorted(configs))
        known = set(configs)
        found: tuple[Transition, ...] | None = None
        following: set[Config] = set()
        while waiting:
            config, way = waiting.popleft()
            if way and (then := self.after((config,), number)):
                found = found or way
                following |= then
            if len(way) < _LONGEST_GAP:
                for transition in self.lifecycle.states[config.state]:
                    reached = self._taken(config, transition, None)
                    if reached is not None and reached not in known and reached.state not in shunned:
                        known.add(reached)
                        waiting.append((reached, (*way, transition)))
        return None if found is None else (found, self.state(frozenset(following)))

    def possible(self, configs: Iterable[Config]) -> Iterator[Transition]:
        """Yield the transitions that may come, each once."""
        seen = set()
        for config in sorted(configs):
            for way in self.lifecycle.states[config.state]:
                kind = described(way)
                if kind not in seen and self._taken(config, way, None) is not None:
                    seen.add(kind)
                    yield way

    def _taken(self, config: Config, way: Transition, told: Sequence[str] | None) -> Config | None:
        """Return what is after a transition with these values, None where they cannot be its; `told` None: any."""
        values, ends = [], self.lifecycle.ends
        is_another = config.state in ends and way.to not in ends  # life, of which nothing is known
        for index, field in enumerate(self.told):
            seen = told[index] if told is not None and field in way.fields else UNKNOWN
            if field in way.values:
                value = as_text(way.values[field])
            else:
                value = UNKNOWN if is_another or field in way.changes else config.values[index]
            if UNKNOWN not in (seen, value) and seen != value:
                return None
            values.append(seen if value == UNKNOWN else value)
        return Config(way.to, tuple(values))


def contract_of(way: Transition) -> str:
    """Return the id of the contract of a transition's notifications."""
    return f"{way.event_type}-{way.priority}"


def described(way: Transition) -> str:
    """Return a transition as messages name it: ``image.update (status "saving")``."""
    priority = "" if way.priority == "INFO" else f" {way.priority}"
    return f"{way.event_type}{priority}{described_values(way.values)}"


def described_values(values: Mapping[str, Any]) -> str:
    """Return values as messages name them."""
    told = ", ".join(f'{field} "{value}"' for field, value in values.items() if isinstance(value, str))
    return f" ({told})" if told else ""
