"""Reads: the explorer, overviews, audits, releases."""
