"""The forms that have a name, because many services write their events so: a table, ``known.json``.

Sources: CloudEvents 1.0.2, section "Context Attributes"; Amazon EventBridge, "Events" in its user guide; Azure Event
Grid, "Event Grid event schema"; Stripe API, "The Event object".
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from notify_contracts._untrusted import parse
from notify_contracts.wire.envelopes.form import EnvelopeForm


@cache
def known_forms() -> Mapping[str, EnvelopeForm]:
    """Return the forms that have a name, by it."""
    table = parse(Path(__file__).with_name("known.json").read_bytes())
    return {name: EnvelopeForm.stated(stated) for name, stated in table.items()}
