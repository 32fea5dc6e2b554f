"""What one worker does with one file."""

from notify_contracts._audit.packing import Packed
from notify_contracts._audit.sources import File
from notify_contracts._checking import Checking, Question, Summary
from notify_contracts.errors import CatalogError, NotifyContractsError


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
        for result in Checking(packed.catalog, question, None).results(recording):
            summary = result.summary or summary
    return summary
