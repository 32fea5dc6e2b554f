"""Contracts for event notifications."""
