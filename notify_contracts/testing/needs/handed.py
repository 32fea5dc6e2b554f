"""What a consumer is handed: a notification as it is, or the event of one, with another envelope."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from notify_contracts.testing.needs.evidence import Kind, Steps, Way
from notify_contracts.testing.needs.noted import ABSENT, Tell, noted, plain

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm

_ADDRESS = ("event_type", "priority")
"""What says of which kind it is: of that kind none is without."""

_ID = "message_id"


class Handed(NamedTuple):
    """What is handed to a consumer, of which kind it is, and in which form; its places are told as a notification's."""

    content: Mapping[str, Any]
    kind: Kind
    form: "EnvelopeForm | None" = None

    def place(self, steps: Steps) -> Steps | None:
        """Return where in a notification stands what is at a place here; None for what only leads to several places."""
        if self.form is None:
            return steps
        moved = self._moved
        for path in sorted(moved, key=len, reverse=True):
            if steps[: len(path)] == path:
                return (moved[path], *steps[len(path) :])
        if steps and any(path[: len(steps)] == steps for path in moved):
            return None
        return (f"{steps[0]}_", *steps[1:]) if steps and steps[0] in self.form.templates else steps

    def noted(self, content: Mapping[str, Any], tell: Tell) -> Any:
        """Return a copy of such content that notes how it is read, and tells it of the places of a notification."""

        def told(steps: Steps, way: Way, value: Any) -> None:
            if (place := self.place(steps)) is not None:
                tell(place, way, value)
            elif way is Way.WHOLE:
                for attribute in self._below(steps):
                    tell((attribute,), way, ABSENT)

        return noted(plain(dict(content)), (), told)

    def is_address(self, steps: Steps) -> bool:
        """Whether a place says of which kind it is, or something in it does."""
        return any(path[: len(steps)] == steps for name in _ADDRESS for path in self._paths(name))

    @property
    def id_at(self) -> Steps | None:
        """The place of its id; None where that is in several, or in none."""
        paths = self._paths(_ID)
        return paths[0] if len(paths) == 1 else None

    @property
    def _moved(self) -> Mapping[Steps, str]:
        sources = () if self.form is None else self.form.sources
        return {source.paths[0]: source.attribute for source in sources if source.is_moved}

    def _paths(self, attribute: str) -> tuple[Steps, ...]:
        if self.form is None:
            return ((attribute,),)
        return next((source.paths for source in self.form.sources if source.attribute == attribute), ())

    def _below(self, steps: Steps) -> Iterator[str]:
        return (attribute for path, attribute in self._moved.items() if path[: len(steps)] == steps)


def handed(content: Mapping[str, Any], forms: "Iterable[EnvelopeForm]") -> Handed:
    """Return what is handed to a consumer, which is a notification unless it is an event of one of these forms."""
    content = plain(content if isinstance(content, dict) else dict(content))
    for form in sorted(forms, key=lambda form: form.likeness(content), reverse=True):
        if (envelope := form.read(content)) is not None:
            return Handed(content, _kind(envelope), form)
    return Handed(content, _kind(content))


def _kind(envelope: Mapping[str, Any]) -> Kind:
    event_type, priority = map(envelope.get, _ADDRESS)
    return str(event_type or ""), str(priority or "")
