"""A test of a consumer made of a function that handles one notification."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notify_contracts._checking import require_done
from notify_contracts.catalog import DEFAULT_CATALOG, Catalog, load
from notify_contracts.errors import UsageError
from notify_contracts.fuzzing.failures import FOLDER, Reporter
from notify_contracts.fuzzing.judging import Handle, Judges, Rejections
from notify_contracts.fuzzing.rerun import rerun_command
from notify_contracts.fuzzing.trials import FORMS, Form, first_trials, trials

if TYPE_CHECKING:
    from hypothesis import settings as Settings  # noqa: N812 - the parameter has its name

DEADLINE = 2.0
"""Seconds that handling one notification may take."""


def fuzz_consumer(  # noqa: PLR0913  # what a consumer is, each by its name
    catalog: Catalog | str | Path = DEFAULT_CATALOG,
    event: str = "*",
    priority: str | None = None,
    *,
    rejected_by: type[Exception] | tuple[type[Exception], ...] = (),
    dead_lettered: Callable[[Any], object] | None = None,
    form: Form = "envelope",
    ignores: Sequence[str] = (),
    without: Iterable[str] = (),
    deadline: float = DEADLINE,
    settings: "Settings | None" = None,
    folder: str | Path = FOLDER,
) -> Callable[[Handle], Callable[..., None]]:
    """Return a decorator that makes a test of a function that handles one notification, its first argument.

    The test is hypothesis': it gives the function notifications of the contracts that `event` (a glob) and `priority`
    select, and asks that every valid one is handled, every broken one rejected and the next valid one handled all the
    same, none changed and each done within `deadline` seconds. Further arguments are pytest fixtures. Of several
    contracts each has its example given first, whole and broken, for hypothesis' choice may pass over some.

    * `rejected_by`: the exceptions by which the function rejects. `dead_lettered(notification)`, asked after each that
      raised nothing: whether it was put aside. At least one of them must be there.
    * `form`: ``"envelope"`` (a dict, with the envelope in which the service sends), or a message body (bytes) of
      oslo.messaging's format ``"1.0"`` or ``"2.0"``.
    * `ignores`: what need not be rejected, by keyword (``additionalProperties``) or kind (``envelope``, ``payload``,
      ``unknown-event``, ``no-contract``, ``unreadable``). `without`: kinds of texts that are left out (`TEXT_KINDS`).
    * `settings`: hypothesis' own, such as ``settings(max_examples=500)``; its deadline is left to ours.
    * `folder`: where the notification that made the function fail is written.

    The test raises `ConsumerFailedError`. Raise UsageError for arguments that make no sense together.
    """
    rejections = Rejections(rejected_by, dead_lettered)
    _require_sense(rejections, form, ignores)
    held_against = catalog if isinstance(catalog, Catalog) else load(catalog)
    contracts = held_against.selected(event, priority)
    strategy = trials(held_against, contracts, form, without, ignores)
    firsts = [*first_trials(held_against, contracts, form, ignores)]

    def decorated(function: Handle) -> Callable[..., None]:
        from hypothesis import example, given
        from hypothesis import settings as of_hypothesis

        name = _notification_argument(function)
        title = getattr(function, "__qualname__", "consumer")
        reporter = Reporter(title, held_against, Path(folder), lambda: rerun_command(made))
        judges = Judges(rejections, deadline, reporter)

        @wraps(function)
        def test(*this: Any, **arguments: Any) -> None:
            __tracebackhide__ = True
            trial = arguments.pop(name)

            def handle(notification: Any) -> None:
                __tracebackhide__ = True
                require_done(function(*this, **arguments, **{name: notification}))

            judges.of((*this, *arguments.values())).judge(handle, trial)

        for first in reversed(firsts):
            example(**{name: first})(test)
        chosen = of_hypothesis(settings, deadline=None, print_blob=True)
        made: Callable[..., None] = chosen(given(**{name: strategy})(test))
        return made

    return decorated


_NEVER_RUN: Mapping[Callable[[object], bool], str] = {
    inspect.iscoroutinefunction: "a coroutine",
    inspect.isgeneratorfunction: "a generator",
    inspect.isasyncgenfunction: "an asynchronous generator",
}


def _require_sense(rejections: Rejections, form: str, ignores: Sequence[str]) -> None:
    if rejections.by == () and rejections.dead_lettered is None:
        raise UsageError("how does the consumer reject? give rejected_by=ItsError, or dead_lettered=a function")
    if form not in FORMS:
        raise UsageError(f"there is no form {form!r}; choose from {', '.join(FORMS)}")
    if isinstance(ignores, str):
        raise UsageError(f'ignores is a list of names: write ("{ignores}",)')


def _notification_argument(function: Handle) -> str:
    """Return the name of the argument that takes the notification: the first one, but for a method's own."""
    for is_one, kind in _NEVER_RUN.items():
        if is_one(function):
            raise UsageError(f"{function.__qualname__} is {kind} function: wrap it in one that runs it to its end")
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    if not names:
        raise UsageError(f"{function.__qualname__} takes no notification: give it an argument")
    return names[0]
