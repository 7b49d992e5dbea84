"""Reads: who may see which project, and who is in it."""
