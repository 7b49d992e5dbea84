"""Pictures on their way in: fetched, checked, decoded in a limited child, turned once, hashed, stored once.

Belongs here: everything between a sample's sources and its Picture rows.
Does not: rows of the manifest (catalog.imports).
"""
