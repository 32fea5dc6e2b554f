"""Contracts learned from recordings, each rule with its evidence."""
