"""A trial of a consumer is a valid notification, or a broken one between two valid ones."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from hashlib import sha256
from typing import Any, Literal, get_args

from notify_contracts._untrusted import dump
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.generate import Broken, broken, check_kinds, envelopes, misaddressed, unreadable
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

_ANOTHER_ID = "5f0f0f0f-0000-4000-8000-{:012x}"


class Trial:
    """`whole` keeps `contract`; `broken`, if there is one, is handled between it and the same with another id.

    Not a dataclass: hypothesis would print all of it, the contract included.
    """

    def __init__(self, form: Form, contract: Contract, whole: dict[str, Any], broken: Broken[Any] | None) -> None:
        self.form = form
        self.contract = contract
        self.whole = whole
        self.broken = broken

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
    return Trial(form, contract, draw(envelopes(contract, without=without)), fault)


def _faults(
    catalog: Catalog, contract: Contract, form: Form, without: tuple[str, ...], ignores: Sequence[str]
) -> st.SearchStrategy[Broken[Any]]:
    """Return the strategy of what breaks a rule, mostly; the address and the body have few ways to be broken."""
    rules = broken(contract, without=without, ignores=ignores)
    others: st.SearchStrategy[Broken[Any]] = misaddressed(catalog, contract, without=without, ignores=ignores)
    if form != "envelope" and UNREADABLE not in ignores:
        others = others | unreadable(contract, without=without)
    faults = rules if others.is_empty else st.sampled_from((rules, rules, rules, others)).flatmap(lambda each: each)
    if not catalog.envelopes or form != "envelope":
        return faults
    # What is the same in all events does not stand in them: nobody can reject it.
    return faults.filter(lambda fault: not catalog.accepts(catalog.sent(fault.content)))
