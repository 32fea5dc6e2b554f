"""What a change of the envelope moves in events: who reads those, not notifications, no longer finds it there."""

from collections.abc import Iterator

from notify_contracts._comparison.needs.model import Read
from notify_contracts._comparison.needs.paths import Name
from notify_contracts._schema import pointer_text
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog
from notify_contracts.model import ENVELOPE_ATTRIBUTES


def moved(read: Read, old: Catalog, new: Catalog) -> str:
    """Return in a phrase where events of two catalogs have what is read, nothing where they have it at one place."""
    if old.envelopes == new.envelopes:
        return ""
    places = ((_place(old, name), _place(new, name)) for name in dict.fromkeys(_names(read)))
    changes = ", ".join(f"{was} → {now}" for was, now in places if was != now)
    return printable(f"events have it elsewhere: {changes}") if changes else ""


def _names(read: Read) -> Iterator[str]:
    """Yield the members of a notification in which it is; all attributes where it may be anywhere."""
    for path in read.paths:
        first = path.steps[0] if path.steps else None
        is_of_names = first is None and read.form.keys() <= {"type", "required"}  # that only they must be there
        whole = read.form.get("required", ENVELOPE_ATTRIBUTES) if is_of_names else ENVELOPE_ATTRIBUTES
        yield from (first.key,) if isinstance(first, Name) else whole
    if not read.paths:
        yield from ENVELOPE_ATTRIBUTES


def _place(catalog: Catalog, name: str) -> str:
    """Return as the catalog states it where in an event a member of a notification is: ``{/data}``."""
    for form in catalog.envelopes:
        return form.templates.get(name) or "".join(f"{{{place}}}" for place in form.places_of(name))
    return f"{{{pointer_text((name,))}}}"
