"""What one worker does with one file."""

from dataclasses import dataclass

from notify_contracts.audit.files import File
from notify_contracts.audit.packing import Packed
from notify_contracts.check import EVERYTHING, Selection
from notify_contracts.errors import CatalogError, NotifyContractsError
from notify_contracts.pieces import Checking
from notify_contracts.summary import Summary


@dataclass(frozen=True)
class Question:
    """What is asked of every file: which notifications, and whether unknown event types are allowed."""

    selection: Selection = EVERYTHING
    allow_unknown: bool = False


def summarised(file: File, packed: Packed, question: Question) -> Summary:
    """Return what all notifications of a file come to.

    Raise SourceError if it cannot be read, CatalogError where the catalog is at fault, ClusterError if this machine
    cannot be trusted to say the same as the others.
    """
    try:
        return _summary(file, packed, question)
    except CatalogError as error:
        failure: NotifyContractsError = packed.error(error)
    except NotifyContractsError as error:
        failure = type(error)(str(error))
    # Raised here it travels alone, without what led to it, which may hold credentials or be unable to travel.
    raise failure


def _summary(file: File, packed: Packed, question: Question) -> Summary:
    summary = Summary()
    with file.recording() as recording:
        for piece in Checking(packed.catalog, question.selection, question.allow_unknown, None).pieces(recording):
            summary = piece.summary or summary
    return summary
