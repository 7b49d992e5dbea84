"""Bringing samples in: sources, the manifest contract, landing rows by COPY.

Belongs here: everything between a source's lines and committed rows.
Does not: fetching pictures (catalog.ingestion), what upper apps add to a chunk (their absorbers).
"""
