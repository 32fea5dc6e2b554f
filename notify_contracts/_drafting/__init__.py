"""Catalogs that nobody wrote: drafted from recordings, or from what else describes notifications."""
