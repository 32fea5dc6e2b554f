"""The sentences that the forms of a comparison share."""

from collections.abc import Iterator, Sequence

from notify_contracts._comparison import Direction, Finding, Kind, State
from notify_contracts._comparison.needs import Loss
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.needs.sentences import EFFECTS
from notify_contracts._report.shared_lines import counted
from notify_contracts._untrusted import printable
from notify_contracts.model import EXCHANGE, ROUTING_KEY, TOPIC

MOST_NAMED = 6
MOST_PLACES = 2
_MOST_LOSSES = 40
_NOTHING = "nothing differs"
_WAYS = (EXCHANGE, TOPIC, ROUTING_KEY)
_KINDS = {
    Kind.RENAMED: "renamed",
    Kind.EVENT_TYPE: "event type",
    Kind.RENAMED_EVENT_TYPE: "event type renamed",
    Kind.PRIORITY: "priority",
    Kind.TRANSPORT: "transport",
    Kind.LIFECYCLE: "lifecycle",
}


def headline(compared: Compared) -> str:
    """Return the result in a sentence."""
    comparison = compared.comparison
    said = []
    if comparison.findings:
        contracts = compared.count(State.BREAKING)
        of = f" in {counted(contracts, 'contract')}" if contracts else ""
        said.append(f"{counted(len(comparison.findings), 'break')}{of}")
        if left := len(comparison.findings) - len(compared.counting):
            said.append(f"{left:,} of them accepted or not asked about")
    if comparison.undecided:
        said.append(f"{counted(len(comparison.undecided), 'place')} undecided")
    if not said:
        words = ", other words" if comparison.reworded else ""
        said.append(f"Compatible both ways, proved for {counted(len(comparison.states), 'contract')}{words}")
        if not comparison.reworded:
            said.append(_NOTHING)
    if compared.is_version_too_low:
        said.append("the version is too low")
    if consumers := len({str(loss.consumer) for loss in compared.grave}):
        lose = "loses what it cannot" if consumers == 1 else "lose what they cannot"
        said.append(f"{counted(consumers, 'consumer')} {lose} do without")
    return "; ".join(said)


def title(finding: Finding) -> str:
    """Return what a finding is about: its kind, where it is no rule, and its place."""
    kind = _KINDS.get(finding.kind)
    places = finding.places
    shown = places[:MOST_PLACES] if len(places) > MOST_PLACES + 1 else places
    more = f" and {len(places) - len(shown)} more places" if len(shown) < len(places) else ""
    place = " and ".join(place or "(the whole)" for place in shown) + more
    return printable(place if kind is None else f"{kind} {place}")


def change(finding: Finding) -> str:
    """Return the change in a sentence."""
    return printable(finding.change)


def contracts(finding: Finding, most: int = MOST_NAMED) -> str:
    """Return which contracts a finding touches, the first of them by name."""
    ids = finding.contracts
    if finding.everywhere and len(ids) > 1:
        return f"all {len(ids):,} contracts that both have"
    if len(ids) <= most:
        return printable(", ".join(ids))
    return printable(f"{len(ids):,} contracts: {', '.join(ids[:most])}, …")


def shown_by(finding: Finding) -> str:
    """Return what shows a finding, in a phrase."""
    witness = finding.witness
    if witness is None:
        return (
            "lifecycles.json, and no single notification"
            if finding.kind is Kind.LIFECYCLE
            else "no notification, for none could be made"
        )
    if witness.steps:
        return printable(f"{' → '.join(witness.steps[-MOST_NAMED:])}: {witness.message}")
    way = ""
    if witness.delivery is not None:
        way = f" by exchange {witness.delivery.exchange}, routing key {witness.delivery.routing_key}"
    return printable(f"{witness.contract}{way}: {witness.message}")


def direction_line(compared: Compared, direction: Direction) -> str:
    """Return what is known in one direction, with the direction in words."""
    comparison = compared.comparison
    breaks = comparison.of(direction)
    open_ = [one for one in comparison.undecided if one.direction is direction]
    said = []
    if breaks:
        said.append(counted(len(breaks), "break"))
    if open_:
        said.append(f"{counted(len(open_), 'place')} undecided")
    if not said:
        proved = sum(states[direction] is State.PROVED for states in comparison.states.values())
        said.append(f"compatible, proved for {counted(proved, 'contract')}")
    return f"{direction.words}: {', '.join(said)}"


def version_line(compared: Compared) -> str:
    """Return what is to be said of the version."""
    version = compared.comparison.version
    stated = f"version {version.new}"
    if version.least is None:
        return printable(f"{stated} was not judged: {version.why}")
    if version.is_honest:
        return printable(f"{stated} is honest after {version.old}: {version.least} is the least, for {version.why}")
    return printable(f"{stated} is too low after {version.old}: {version.least} is the least, for {version.why}")


def totals(compared: Compared) -> str:
    """Return a line of counts."""
    comparison = compared.comparison
    states = (
        f"{compared.count(State.PROVED)} compatible both ways",
        f"{compared.count(State.BREAKING)} breaking",
        f"{compared.count(State.UNDECIDED)} undecided",
    )
    return f"{counted(len(comparison.states), 'contract')}: {', '.join(states)}"


def further_lines(compared: Compared) -> Iterator[str]:
    """Yield what became of the notifications of the recordings, and what consumers lose."""
    yield from _fallen_lines(compared)
    losses = compared.losses
    if losses is None:
        return
    if not losses:
        differs = any(one.keyword in _WAYS for one in compared.comparison.findings)
        heard = " of what it hears; whether it still hears it is not asked about, for the transport differs"
        yield f"needs: no consumer loses anything{heard if differs else ''}"
    gravest_first = sorted(losses, key=lambda loss: not compared.is_grave(loss))
    yield from (loss_line(loss) for loss in gravest_first[:_MOST_LOSSES])
    if len(losses) > _MOST_LOSSES:
        yield f"needs: and {len(losses) - _MOST_LOSSES:,} losses more: --format json has them"


def loss_line(loss: Loss) -> str:
    """Return what a consumer loses, in a line."""
    reads = [read.told(read.purpose) for read in loss.reads]
    what = ", ".join(reads[:MOST_NAMED]) + (", …" if len(reads) > MOST_NAMED else "")
    of = ", ".join(loss.contracts[:MOST_NAMED]) + (", …" if len(loss.contracts) > MOST_NAMED else "")
    change_ = f"{'new' if loss.was is None else loss.was.value} → {'never' if loss.now is None else loss.now.value}"
    effect = "" if loss.effect is None else f"; {EFFECTS[loss.effect]}"
    return printable(f"needs: {loss.consumer} loses {what} of {of}: {change_}, {loss.reason}{effect}")


def _fallen_lines(compared: Compared) -> Iterator[str]:
    fallen = compared.fallen
    if fallen is None:
        return
    yield f"recording: {counted(fallen.notifications, 'notification')}"
    for direction, (accepting, refusing) in _SIDES.items():
        summary = fallen.fallen[direction]
        down = summary.notifications - summary.conforming
        yield f"{down:,} of {fallen.accepted[direction]:,} that {accepting} accepts would fall by {refusing}"


_SIDES = {Direction.OLD_SENT: ("OLD", "NEW"), Direction.NEW_SENDS: ("NEW", "OLD")}


def seen_line(compared: Compared, finding: Finding) -> str:
    """Return how often a recording has what a finding is about, and where first; nothing where it has not."""
    seen = compared.seen(finding)
    return (
        "" if seen is None else ", ".join(filter(None, (f"{counted(seen.count, 'time')} in the recording", seen.first)))
    )


def words_lines(compared: Compared, most: int) -> Sequence[str]:
    """Return what changed only in words, a line for each file."""
    ones = compared.comparison.reworded
    lines = [printable(f"{one.file}: {one.what}") for one in ones[:most]]
    return [*lines, f"and {len(ones) - most:,} more: --format json has them"] if len(ones) > most else lines


def undecided_line(compared: Compared, number: int) -> str:
    """Return one place that is not decided, in a line."""
    one = compared.comparison.undecided[number]
    of = ", ".join(one.contracts[:MOST_NAMED]) + (", …" if len(one.contracts) > MOST_NAMED else "")
    place = " ".join(filter(None, (one.place or "(the whole)", f"of {of}" if of else "")))
    return printable(f"{place}: {one.reason}; tried {counted(one.tried, 'value')}")
