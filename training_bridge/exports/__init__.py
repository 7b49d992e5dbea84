"""Releases in the formats that trainers read, one module a format, each with its reader.

Belongs here: canonical rows in, files out, and back; no database, no storage.
Does not: where a release lies or who asked for it (training_bridge.services.exports).
"""
