"""Whole lives, not only single notifications: whether they go as a catalog's lifecycles state."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._checking.lives.automaton import as_text
    from notify_contracts._checking.lives.judging import Judging
    from notify_contracts._checking.lives.lives import How, Lives
    from notify_contracts._checking.lives.stepping import Stepping
    from notify_contracts._checking.lives.telling import Told, told_of
    from notify_contracts._checking.lives.unfollowed import what_nobody_follows
    from notify_contracts._checking.lives.ways import Read

__all__ = ["How", "Judging", "Lives", "Read", "Stepping", "Told", "as_text", "told_of", "what_nobody_follows"]
