"""The envelope in which events of another form stand, as the command line names it."""

import argparse
from pathlib import Path

from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.catalog import Catalog, read_regular
from notify_contracts.errors import UsageError
from notify_contracts.wire.envelopes import EnvelopeForm, known_forms


def add_envelope_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--envelope``."""
    parser.add_argument(
        "--envelope",
        metavar="NAME|FILE",
        help=f"the events have another envelope than notifications: {', '.join(known_forms())}, or a JSON file that "
        'says where each attribute stands, such as {"event_type": "{/type}", "priority": "INFO", "payload": "{/data}"}',
    )


def require_sent_as_it_is(catalog: Catalog, instead: str) -> None:
    """Raise UsageError, saying what to do `instead`, where the service sends what the reference emitter does not."""
    if catalog.envelopes:
        reason = f"{catalog.name} is of events with another envelope, which the reference emitter does not send"
        raise UsageError(f"{reason}: {instead}")


def chosen_envelopes(options: argparse.Namespace) -> tuple[EnvelopeForm, ...]:
    """Return the form that is named, if one is; raise UsageError for one that there is not, or that is wrong."""
    if options.envelope is None:
        return ()
    return (known_forms().get(options.envelope) or _stated(options.envelope),)


def _stated(path: str) -> EnvelopeForm:
    where = f"--envelope {printable(path)}"
    try:
        return EnvelopeForm.stated(parse(read_regular(Path(path))))
    except FileNotFoundError:
        names = ", ".join(known_forms())
        raise UsageError(f"{where}: there is no such file, and of names there are {names}") from None
    except OSError as error:
        raise UsageError(f"{where}: cannot be read: {error.strerror}") from None
    except NotJsonError as error:
        raise UsageError(f"{where}: is not JSON: {error}") from None
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from None
