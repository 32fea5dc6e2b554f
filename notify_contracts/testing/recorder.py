"""The recorder: the notifications of one test, in the order they came, and the assertions about them."""

from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Any, overload

from notify_contracts._base import renamed
from notify_contracts._checking import Coverage, Selection, broken, unexpected
from notify_contracts.catalog import Catalog, load
from notify_contracts.emitting import Emitted, Lost, Undelivered
from notify_contracts.errors import DeliveryError, NotifyContractsError, UsageError
from notify_contracts.model import Notification, Unreadable, Verdict
from notify_contracts.testing.children import hear_children
from notify_contracts.testing.lives import Life, LivesFollowed
from notify_contracts.testing.problems import Problem, losing, tell
from notify_contracts.testing.reading import notification_by
from notify_contracts.testing.searching import Content, described, in_order, require_sense, selected, written
from notify_contracts.testing.sources import Source, deafness
from notify_contracts.testing.strictness import Strictness, strictness_named

Search = Callable[[Sequence[Content]], list[Notification]]


class Recorder(Sequence[Content]):
    """The recorded notifications, oldest first; equal to any sequence that compares equal item by item.

    Events are named by their type or a glob of types (``image.*``), and by a priority, or None for all.
    An assertion that fails raises `ArrivalError` or `ContractViolatedError`, both an `AssertionError`. An event that no
    contract of the catalog has is a `UsageError` where the recorder is strict: the assertion could never fail, or
    never hold. `source` is what it is given to record, if it is one of `listening`'s. Safe to record to from several
    threads.

    What `verify` finds of event types that match a glob in `ignored` is not judged, but counted by its coverage; a
    verdict that `is_known` fails nothing.
    """

    def __init__(
        self,
        catalog: Catalog | None = None,
        strictness: str = Strictness.STRICT,
        source: Source | None = None,
    ) -> None:
        self.catalog = load() if catalog is None else catalog
        self.strictness = strictness_named(strictness)
        self.coverage = Coverage(self.catalog.name)
        self.ignored: tuple[str, ...] = ()
        self.is_known: Callable[[Verdict], bool] = lambda _verdict: False
        self._lives: LivesFollowed | None = None
        self._source = source
        self._is_known_deaf = False
        self._recorded: list[Content] = []
        self._undelivered: list[str] = []
        self._lost: dict[int, Lost] = {}
        self._checked: list[Verdict] = []
        self._verified = 0
        self._examples: dict[str, Sequence[Mapping[str, Any]]] = {}
        self._lock = RLock()

    # What was recorded

    def record(self, thing: object) -> Content:
        """Record what `notify_contracts.testing.notification_in` finds in `thing`, and return it."""
        __tracebackhide__ = True
        content = notification_by(self.catalog, thing)
        self.take(content)
        self._judged(self._recorded)
        return content

    def take(self, emitted: Emitted) -> None:
        """Record what an emitter sends; of what was not delivered, that `verify` will say so."""
        with self._lock:
            if isinstance(emitted, Undelivered):
                self._undelivered.append(str(emitted))
            elif isinstance(emitted, Lost):
                self._lost[len(self._recorded)] = emitted
                self._recorded.append(self.catalog.told(emitted.notification))
            else:
                self._recorded.append(self.catalog.told(emitted) if isinstance(emitted, Notification) else emitted)

    def follow_lives(self, strictness: str = Strictness.STRICT) -> None:
        """Have `verify` follow lives, too, as strictly as that; raise UsageError where none are stated."""
        self._lives = LivesFollowed(self.catalog, strictness_named(strictness))

    def ignore_violations(self) -> None:
        """Check nothing from now on."""
        self.strictness, self._lives = Strictness.OFF, None

    def clear(self) -> None:
        """Check the recorded notifications, then forget them."""
        __tracebackhide__ = True
        self.verify()
        self._drop(len(self._arrived()) if self.strictness == Strictness.OFF else self._verified)

    def forget(self) -> None:
        """Forget the recorded notifications, and what was not delivered, unchecked."""
        self._drop(len(self._arrived()))
        self._undelivered.clear()

    def _drop(self, count: int) -> None:
        with self._lock:
            if self._lives is not None:
                self._lives.drop(self._recorded, count)
            del self._recorded[:count], self._checked[:count]
            self._lost = {number - count: lost for number, lost in self._lost.items() if number >= count}
            self._verified = max(0, self._verified - count)

    @overload
    def __getitem__(self, index: int) -> Content: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Content]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._judged(self._arrived())[index]

    def __len__(self) -> int:
        return len(self._arrived())

    def __eq__(self, other: object) -> bool:
        return list(self._arrived()) == (list(other) if isinstance(other, Recorder) else other)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __getattr__(self, name: str) -> Any:
        return renamed(self, name)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._recorded)}>"

    @property
    def event_types(self) -> list[Any]:
        """The event type of every notification, in order."""
        return [content.event_type for content in self._arrived() if isinstance(content, Notification)]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on everything recorded, in order; each is found once."""
        self._check(self._arrived())
        return tuple(self._checked)

    def _check(self, recorded: Sequence[Content]) -> None:
        with self._lock:
            for number in range(len(self._checked), len(recorded)):
                verdict = self._verdict(recorded[number])
                self._checked.append(losing(verdict, self._lost[number]) if number in self._lost else verdict)

    def _judged(self, recorded: Sequence[Content]) -> Sequence[Content]:
        """Return what was recorded; what is wrong with it is found before anybody gets it, who may change it."""
        with self._lock:
            if self.strictness != Strictness.OFF:
                self._check(recorded)
            if self._lives is not None:
                self._lives.take(recorded)
        return recorded

    @property
    def undelivered(self) -> tuple[str, ...]:
        """What was not delivered, in a line each, and `verify` has not said yet; however strict the recorder is."""
        self._arrived()
        return tuple(self._undelivered)

    # Assertions

    def life(self, lifecycle: str, *identity: object) -> Life:
        """Return what was recorded of one resource, as ``life("image", id)``; its ``str()`` is a line for each.

        Several fields that tell it apart go in the order of its lifecycle; raise UsageError where there are fewer or
        more, or where the lifecycle does not exist. What was not recorded is ``()``.
        """
        __tracebackhide__ = True
        return (self._lives or LivesFollowed(self.catalog)).life(self._judged(self._arrived()), lifecycle, identity)

    def one(self, event: str, priority: str | None = None) -> Notification:
        """Return the only notification of `event`; there must be exactly one."""
        __tracebackhide__ = True
        found = self._find("one", event, priority)
        if len(found) != 1:
            count = f"{len(found):,}" if found else "none"
            raise self._unexpected(f"expected one {described(event, priority)}, found {count}")
        return found[0]

    def all(self, event: str = "*", priority: str | None = None) -> list[Notification]:
        """Return every notification of `event`, in order; there must be at least one."""
        __tracebackhide__ = True
        found = self._find("all", event, priority)
        if not found:
            raise self._unexpected(f"expected at least one {described(event, priority)}, found none")
        return found

    def none(self, event: str = "*", priority: str | None = None) -> None:
        """Assert that there is no notification of `event`."""
        __tracebackhide__ = True
        require_sense((event,), priority, self.catalog, self.strictness)
        found = selected(self._arrived(), event, priority)
        self._note("none", event, priority, found)
        if found:
            raise self._unexpected(f"expected no {described(event, priority)}, found {len(found):,}")

    def sequence(self, *events: str, priority: str | None = None) -> list[Notification]:
        """Return the first notifications that are of these events in this order; others may stand between them."""
        __tracebackhide__ = True
        require_sense(events, priority, self.catalog, self.strictness)
        found = self._look(
            lambda arrived: in_order(self._judged(arrived), events, priority), lambda found: len(found) == len(events)
        )
        for number, event in enumerate(events):
            self._note("sequence", event, priority, found[number : number + 1])
        if len(found) < len(events):
            after = f" after {', '.join(events[: len(found)])}" if found else ""
            missing = described(events[len(found)], priority)
            raise self._unexpected(f"expected the sequence {', '.join(events)}: found no {missing}{after}")
        return found

    def assert_conforms(self, thing: object) -> Notification:
        """Return the notification in `thing`, which must keep its contract; it need not have been recorded."""
        __tracebackhide__ = True
        verdict = self._verdict(notification_by(self.catalog, thing))
        self._see(verdict)
        if isinstance(verdict.content, Unreadable) or self._is_new(verdict):
            raise broken(self.catalog, [verdict])
        return verdict.content

    def verify(self) -> None:
        """Assert that everything recorded keeps its contract and was delivered; what failed once is not said again."""
        __tracebackhide__ = True
        problems: list[Problem] = []
        if self.strictness != Strictness.OFF:
            problems.append((self._problem(), self.strictness))
        if self._lives is not None:
            problems.append((self._lives.problem(self._arrived(), self._fails), self._lives.strictness))
        tell(problems)

    def _problem(self) -> NotifyContractsError | None:
        """Return what is wrong with what was recorded and not verified before, beyond its lives."""
        verdicts = self.verdicts
        with self._lock:
            unseen = verdicts[self._verified :]
            self._verified += len(unseen)
            undelivered, self._undelivered = self._undelivered, []
        fresh = [verdict for verdict in unseen if not self._ignores(verdict)]
        for verdict in fresh:
            self._see(verdict)
        wrong = [verdict for verdict in fresh if self._is_new(verdict)]
        if wrong:
            return broken(self.catalog, wrong, self._arrived())
        if undelivered:
            return DeliveryError(undelivered[0])
        if (deaf := deafness(self._source, has_heard=bool(self._recorded))) is not None and not self._is_known_deaf:
            self._is_known_deaf = True
            return UsageError(f"{'not all' if self._recorded else 'nothing'} could be recorded: {deaf}")
        return None

    def _fails(self, verdict: Verdict) -> bool:
        return not self._ignores(verdict) and self._is_new(verdict)

    # What a recorder that must fetch what it records does differently

    def _arrived(self) -> Sequence[Content]:
        hear_children()
        return self._recorded

    def _look(self, search: Search, is_enough: Callable[[list[Notification]], bool]) -> list[Notification]:
        del is_enough  # what is not there yet will not come while we look
        return search(self._arrived())

    # How assertions are made

    def _find(self, assertion: str, event: str, priority: str | None) -> list[Notification]:
        __tracebackhide__ = True
        require_sense((event,), priority, self.catalog, self.strictness)
        found = self._look(lambda arrived: selected(self._judged(arrived), event, priority), bool)
        self._note(assertion, event, priority, found)
        return found

    def _note(self, assertion: str, event: str, priority: str | None, found: Sequence[Notification]) -> None:
        selected = {contract.id for contract in self.catalog.select(event, priority)}
        about = selected & {f"{match.event_type}-{match.priority}" for match in found} or selected
        self.coverage.note(f"{assertion}({written(event, priority)})", sorted(about))

    def _see(self, verdict: Verdict) -> None:
        if verdict.contract is not None and verdict.contract not in self._examples:
            self._examples = {contract.id: contract.examples for contract in self.catalog.contracts}
        self.coverage.see(verdict, self._examples.get(verdict.contract or "", ()), self.catalog)

    def _ignores(self, verdict: Verdict) -> bool:
        glob = Selection(ignored=self.ignored).ignoring(verdict.content)
        if glob is not None:
            self.coverage.summary.ignored[glob] += 1
        return glob is not None

    def _is_new(self, verdict: Verdict) -> bool:
        return not verdict.conforms and not self.is_known(verdict)

    def _verdict(self, content: Content) -> Verdict:
        return self.catalog.check(content, allow_unknown=self.strictness == Strictness.KNOWN)

    def _unexpected(self, expected: str) -> Exception:
        deaf = deafness(self._source, has_heard=bool(self._recorded))
        self._is_known_deaf = deaf is not None
        return unexpected(f"{expected}; {deaf}" if deaf else expected, self._arrived())
