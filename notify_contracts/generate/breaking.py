"""Notifications broken on purpose, by hypothesis: each with the one violation that a checker must report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from notify_contracts.catalog import Catalog, Contract
from notify_contracts.generate._mutations import (
    Mutation,
    Mutator,
    address_mutations,
    body_mutations,
    delivery_mutations,
)
from notify_contracts.generate.valid import envelopes
from notify_contracts.model import Notification, Violation

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Content = TypeVar("Content")

Choose = Callable[[Sequence[Any]], Any]
_AHEAD = 4
"""How often is mostly chosen: a rule, a way to break it, what is put there; a rule may have no way."""

_MANY = 1 << 16
"""More than there are to choose from."""

_Break = Callable[[Mapping[str, Any], Choose], Mutation[Any] | None]


class Broken(NamedTuple, Generic[Content]):
    """Something broken in exactly one way: `content` gives `violation`, whose message is empty, and nothing else.

    `description` says in words what was done: ``payload.size is text``.
    """

    content: Content
    violation: Violation
    description: str


def broken(
    contract: Contract, *, without: Iterable[str] = (), ignores: Iterable[str] = ()
) -> "SearchStrategy[Broken[dict[str, Any]]]":
    """Return the strategy of envelopes that break exactly one rule of a contract.

    `without` names kinds of texts that are left out (`TEXT_KINDS`), but where they are what breaks the rule. `ignores`
    names rules that are left alone: by their keyword (``additionalProperties``) or their kind (``envelope``,
    ``payload``). Raise UsageError where hypothesis is missing, CatalogError for a contract that nothing keeps.
    """
    mutator, ignored = Mutator(contract), frozenset(ignores)
    return _broken_by(contract, without, lambda envelope, choose: mutator.mutation(envelope, choose, ignored))


def broken_example(contract: Contract, *, seed: int = 0, ignores: Iterable[str] = ()) -> Broken[dict[str, Any]] | None:
    """Return the contract's example with one rule broken, which `seed` chooses; None where none can be.

    `ignores` is that of `broken`.
    """
    choose = Random(seed).choice  # noqa: S311  # for tests, not for secrets
    mutation = Mutator(contract).mutation(contract.example(), choose, frozenset(ignores))
    return None if mutation is None else broken_in(mutation, choose)


def misaddressed(
    catalog: Catalog, contract: Contract, *, without: Iterable[str] = (), ignores: Iterable[str] = ()
) -> "SearchStrategy[Broken[dict[str, Any]]]":
    """Return the strategy of envelopes without a contract: of an unheard-of event type, or a pair that has none.

    Where `ignores` names all there is to break (``unknown-event``, ``no-contract``), the strategy is empty.
    """
    ignored = frozenset(ignores)

    def ways(envelope: Mapping[str, Any]) -> list[Mutation[dict[str, Any]]]:
        return [way for way in address_mutations(catalog, envelope) if way.keyword not in ignored]

    if not ways(contract.example()):
        from hypothesis.strategies import nothing

        return nothing()
    return _broken_by(contract, without, lambda envelope, choose: choose(ways(envelope)))


def misdelivered(
    catalog: Catalog, contract: Contract, *, without: Iterable[str] = ()
) -> "SearchStrategy[Broken[Notification]]":
    """Return the strategy of notifications under a routing key that contradicts their priority.

    Where routing keys do not name the priority, the strategy is empty.
    """
    if not delivery_mutations(catalog, contract.example()):
        from hypothesis.strategies import nothing

        return nothing()
    return _broken_by(contract, without, lambda envelope, choose: choose(delivery_mutations(catalog, envelope)))


def unreadable(contract: Contract, *, without: Iterable[str] = ()) -> "SearchStrategy[Broken[bytes]]":
    """Return the strategy of message bodies in which no notification can be found, for the transport is at fault."""
    return _broken_by(contract, without, lambda envelope, choose: choose(body_mutations(envelope)))


def _broken_by(contract: Contract, without: Iterable[str], one: _Break) -> "SearchStrategy[Broken[Any]]":
    whole = envelopes(contract, without=without)
    from hypothesis import reject
    from hypothesis.strategies import composite, integers, lists

    ahead = lists(integers(0, _MANY - 1), min_size=_AHEAD, max_size=_AHEAD)

    @composite
    def breaking(draw: "DrawFn") -> Broken[Any]:
        # What is drawn last, behind a large notification, is the simplest in four of ten: always the first rule.
        drawn = iter(draw(ahead))

        def choose(options: Sequence[Any]) -> Any:
            number = next(drawn, None)
            return options[draw(integers(0, len(options) - 1)) if number is None else number % len(options)]

        mutation = one(draw(whole), choose)
        return reject() if mutation is None else broken_in(mutation, choose)

    return breaking()


def broken_in(mutation: Mutation[Content], choose: Choose) -> Broken[Content]:
    """Return the broken content that one variant of a mutation makes, with its violation."""
    violation = Violation(mutation.pointer, mutation.keyword, "")
    return Broken(mutation.apply(choose(mutation.choices)), violation, mutation.description)
