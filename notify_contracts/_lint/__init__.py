"""The lint of a catalog examines its shape, its references, its patterns, its examples and its cases."""

from notify_contracts._lint.linter import Problem, lint

__all__ = ["Problem", "lint"]
