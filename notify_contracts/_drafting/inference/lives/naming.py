"""What the states and the forms of notifications in a lifecycle are called, after what happened."""

from collections import Counter
from collections.abc import Iterable, Sequence

from notify_contracts._base import free
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.lives.identifying import Pointers
from notify_contracts._drafting.inference.lives.steps import Steps, heard

START = "unheard of"
_MOST_NAMED = 3  # notifications that name a state


def names_of(kind: str, groups: Iterable[Sequence[Pair]], steps: Steps) -> dict[Pair, str]:
    """Return the name of the state after each notification: what happened."""
    names: dict[Pair, str] = {}
    taken = {START}
    for group in groups:
        often = sorted(group, key=lambda pair: (-heard(steps, pair), pair))
        said = " or ".join(happened(kind, pair, group) for pair in often[:_MOST_NAMED])
        name = free(f"{said} or other" if len(group) > _MOST_NAMED else said, taken)
        taken.add(name)
        names |= dict.fromkeys(group, name)
    return names


def happened(kind: str, pair: Pair, group: Sequence[Pair]) -> str:
    """Return the words of an event type that its kind does not have, and the priority where there are several."""
    event_type, priority = pair
    said = event_type
    for word in kind.split("-"):
        before, found, after = said.partition(word)
        said = after if found and not before.strip("._-:/") else said
    said = said.strip("._-:/ ") or event_type
    others = [other for other in group if other != pair and other[0] == event_type]
    return f"{said} ({priority})" if others or priority not in ("INFO", "SAMPLE") else said


def forms_of(kind: str, pointers: Iterable[Pointers]) -> dict[Pointers, str]:
    """Return what the form of notifications is called that have the fields of the identity at these places."""
    named: dict[str, Pointers] = {}
    for places, _ in Counter(pointers).most_common():
        named[free(form_name(kind, places) if named else kind, named)] = places
    return {places: name for name, places in named.items()}


def form_name(kind: str, places: Pointers) -> str:
    """Return what a form of notifications is called that is not the usual one of its kind."""
    return f"{kind} by {' and '.join(pointer.rpartition('/')[2] for _, pointer in places)}"
