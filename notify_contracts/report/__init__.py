"""Verdicts for readers: one outcome, several forms."""
