"""A trial of a consumer is a valid notification, or a broken one between two valid ones."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal, get_args

from notify_contracts._untrusted import dump
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.generate import Broken, broken, broken_example, check_kinds, envelopes, misaddressed, unreadable
from notify_contracts.model import UNREADABLE, Notification
from notify_contracts.wire import encode

try:
    from hypothesis import strategies as st
except ImportError:
    raise ImportError("fuzzing a consumer needs hypothesis: pip install 'notify-contracts[fuzz]'") from None

Form = Literal["envelope", "1.0", "2.0"]
FORMS: tuple[Form, ...] = get_args(Form)

Given = dict[str, Any] | bytes
"""The argument of a consumer: an envelope, or a message body of one of oslo.messaging's formats."""

_Finds = Callable[[], Broken[Any] | None]

_ANOTHER_ID = "5f0f0f0f-0000-4000-8000-{:012x}"


class Trial:
    """`whole` keeps `contract`; `broken`, if there is one, is handled between it and the same with another id.

    Not a dataclass: hypothesis would print all of it, the contract included. What is `broken` may take time to find.
    One that `is_first` is chosen by nobody, and given before all others.
    """

    def __init__(
        self, form: Form, contract: Contract, whole: dict[str, Any], broken: _Finds, *, is_first: bool = False
    ) -> None:
        self.form = form
        self.contract = contract
        self.whole = whole
        self.is_first = is_first
        self._find_broken = broken

    @cached_property
    def broken(self) -> Broken[Any] | None:
        """The broken notification."""
        return self._find_broken()

    def __repr__(self) -> str:
        return f"<{self.contract.id}{f', {self.broken.description}' if self.broken else ''}>"

    @property
    def key(self) -> bytes:
        """A key that equal trials share."""
        return repr((self.form, self.contract.id, self.whole, self.broken)).encode(errors="backslashreplace")

    def given(self, content: Any) -> Given:
        """Return a copy of `content` in the form that the consumer takes."""
        if isinstance(content, bytes):
            return content
        if self.form == "envelope":
            return deepcopy({**self.contract.schemas.folder.sent(content)})
        unique = sha256(dump(content)).hexdigest()[:32]  # the transport's own, which must differ, and not by chance
        return encode(Notification(content, {"_unique_id": unique}), self.form)

    @property
    def following(self) -> dict[str, Any]:
        """The valid notification under another id, if its contract allows it: some consumers handle none twice."""
        other = {**self.whole, "message_id": _ANOTHER_ID.format(int(sha256(dump(self.whole)).hexdigest()[:12], 16))}
        return other if self.contract.is_kept_by(other) else self.whole


def first_trials(
    catalog: Catalog, contracts: Sequence[Contract], form: Form, ignores: Sequence[str]
) -> Iterator[Trial]:
    """Yield a trial with an example of each of several contracts, of which hypothesis' choice may pass over some."""

    def finds(contract: Contract, seed: int) -> _Finds:
        def find() -> Broken[Any] | None:
            fault = broken_example(contract, seed=seed, ignores=ignores)
            return fault if fault is not None and _can_be_rejected(catalog, form, fault) else None

        return find

    for number, contract in enumerate(contracts if len(contracts) > 1 else ()):
        yield Trial(form, contract, contract.example(), finds(contract, number), is_first=True)


def trials(
    catalog: Catalog, contracts: Sequence[Contract], form: Form, without: Iterable[str], ignores: Sequence[str]
) -> st.SearchStrategy[Trial]:
    """Return the strategy of trials with notifications of these contracts: half of them valid, half broken."""
    without = check_kinds(without)
    whole = [_trials(form, each, st.none(), without) for each in contracts]
    broken = [_trials(form, each, _faults(catalog, each, form, without, ignores), without) for each in contracts]
    return st.one_of(whole) | st.one_of(broken)


@st.composite
def _trials(
    draw: st.DrawFn,
    form: Form,
    contract: Contract,
    faults: st.SearchStrategy[Broken[Any] | None],
    without: Sequence[str],
) -> Trial:
    fault = draw(faults)  # first: what is drawn behind a large notification is mostly the simplest
    return Trial(form, contract, draw(envelopes(contract, without=without)), lambda: fault)


def _faults(
    catalog: Catalog, contract: Contract, form: Form, without: tuple[str, ...], ignores: Sequence[str]
) -> st.SearchStrategy[Broken[Any]]:
    """Return the strategy of what breaks a rule, mostly; the address and the body have few ways to be broken."""
    rules = broken(contract, without=without, ignores=ignores)
    others: st.SearchStrategy[Broken[Any]] = misaddressed(catalog, contract, without=without, ignores=ignores)
    if form != "envelope" and UNREADABLE not in ignores:
        others = others | unreadable(contract, without=without)
    faults = rules if others.is_empty else st.sampled_from((rules, rules, rules, others)).flatmap(lambda each: each)
    return faults.filter(lambda fault: _can_be_rejected(catalog, form, fault)) if catalog.envelopes else faults


def _can_be_rejected(catalog: Catalog, form: Form, fault: Broken[Any]) -> bool:
    """Whether the consumer is given what is broken: what is the same in all events does not stand in them."""
    return form != "envelope" or not catalog.envelopes or not catalog.accepts(catalog.sent(fault.content))
