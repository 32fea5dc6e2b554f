"""By which forms events are read now, beside notifications as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes.form import EnvelopeForm

_FORMS: "ContextVar[tuple[EnvelopeForm, ...]]" = ContextVar("envelopes of other services", default=())
_End = object()

T = TypeVar("T")


@contextmanager
def reading_as(forms: "Sequence[EnvelopeForm]") -> Iterator[None]:
    """While the block runs, read events of these forms, too, as notifications."""
    token = _FORMS.set(tuple(dict.fromkeys((*_FORMS.get(), *forms))))
    try:
        yield
    finally:
        _FORMS.reset(token)


def forms_read() -> "tuple[EnvelopeForm, ...]":
    """Return the forms by which events are read now."""
    return _FORMS.get()


def keys_read() -> frozenset[str]:
    """Return the names by which the places of events that are read now are told in a text."""
    return frozenset().union(*(form.keys for form in _FORMS.get()))


def read_as(forms: "Sequence[EnvelopeForm]", found: Iterable[T]) -> Iterator[T]:
    """Yield what an iterable does, which reads events of these forms, too, whenever it is asked for the next."""
    each = iter(found)
    while True:
        with reading_as(forms):
            one = next(each, _End)
        if one is _End:
            return
        yield one  # type: ignore[misc]  # it is not the end


def event_seems_in(text: bytes | str, *, printed: bool = False) -> bool:
    """Whether an event of one of the forms that are read seems to stand in a text, as JSON or `printed` in any way.

    That is said also of what has its names in other letters.
    """
    forms = _FORMS.get()
    if not forms:
        return False
    said = text if isinstance(text, str) else text.decode("utf-8", "replace")
    if any(form.seems_in(said, printed=printed) for form in forms):
        return True
    return printed and any(form.names is not None and form.names.seem_in(said) for form in forms)


def is_event_otherwise(value: object, text: str) -> bool:
    """Whether a value, of which `text` is the JSON, has all of an event of one of the forms under other names."""
    known = [form.names for form in _FORMS.get() if form.names is not None]
    return any(names.seem_in(text) and names.are_in(value) for names in known)


def event_seems_printed_in(text: str) -> bool:
    """Whether an event of one of the forms that are read seems to stand in a text, printed as no JSON is."""
    return any(form.seems_printed_in(text) for form in _FORMS.get())


def told(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the envelope of a notification that an event is by one of the forms that are read; None for any other."""
    forms: Sequence[EnvelopeForm] = _FORMS.get()
    if len(forms) > 1:  # those of several services have names in common
        forms = sorted(forms, key=lambda form: form.likeness(event), reverse=True)
    for form in forms:
        if (envelope := form.read(event)) is not None:
            return envelope
    return None


def lacked_by(event: Mapping[str, Any]) -> list[str]:
    """Return the places, as JSON Pointers, that an object lacks of a form by which it tells an event type."""
    from notify_contracts.wire.envelopes.places import MISSING, path_of, value_at  # few catalogs state a form

    for form in _FORMS.get():
        if form.names_event_type(event):
            places = dict.fromkeys(place for name in form.templates for place in form.places_of(name))
            return [place for place in places if value_at(event, path_of(place)) is MISSING]
    return []


def has_body(event: Mapping[str, Any]) -> bool:
    """Whether something with a ``body`` is an event that has it there, and no message that has one as its body."""
    return any("body" in form.roots for form in _FORMS.get()) and told(event) is not None
