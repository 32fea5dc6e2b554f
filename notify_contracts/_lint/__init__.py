"""The lint of a catalog examines its shape, its references, its patterns, its examples and its cases."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._lint.fixing import fixed
    from notify_contracts._lint.lifecycles import faults_of_lifecycles
    from notify_contracts._lint.linter import lint
    from notify_contracts._lint.naming import Spelling
    from notify_contracts._lint.problem import Problem
    from notify_contracts._lint.rewriting import rewritten

__all__ = ["Problem", "Spelling", "faults_of_lifecycles", "fixed", "lint", "rewritten"]
