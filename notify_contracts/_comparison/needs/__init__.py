"""What consumers need, and whether contracts give it."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._comparison.needs.answers import Answer, Answered, Held, Missing
    from notify_contracts._comparison.needs.applying import NEEDED, Applied, Failing, Lack
    from notify_contracts._comparison.needs.composing import composed, form_of, path_of, type_of
    from notify_contracts._comparison.needs.drafting import Drafted, Drafting, drafted_consumer
    from notify_contracts._comparison.needs.files import NEEDS_SCHEMA, files_of_needs, read_consumer, written_consumer
    from notify_contracts._comparison.needs.judging import SECONDS, Conditions, conditions, held
    from notify_contracts._comparison.needs.losing import Loss, losses
    from notify_contracts._comparison.needs.matching import Matching, Pattern
    from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Origin, Read
    from notify_contracts._comparison.needs.moving import moved
    from notify_contracts._comparison.needs.paths import Index, Items, Name, Path, PathError, of_names, path
    from notify_contracts._comparison.needs.sharing import Shares, Sharing, read_key

__all__ = [
    "NEEDED",
    "NEEDS_SCHEMA",
    "SECONDS",
    "Answer",
    "Answered",
    "Applied",
    "Conditions",
    "Consumer",
    "Drafted",
    "Drafting",
    "Effect",
    "Failing",
    "Held",
    "Index",
    "Items",
    "Lack",
    "Loss",
    "Matching",
    "Missing",
    "Name",
    "Need",
    "Origin",
    "Path",
    "PathError",
    "Pattern",
    "Read",
    "Shares",
    "Sharing",
    "composed",
    "conditions",
    "drafted_consumer",
    "files_of_needs",
    "form_of",
    "held",
    "losses",
    "moved",
    "of_names",
    "path",
    "path_of",
    "read_consumer",
    "read_key",
    "type_of",
    "written_consumer",
]
