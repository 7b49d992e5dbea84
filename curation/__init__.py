"""Choosing and freezing: the explorer's projection, slices, families, audits, releases, economics.

Belongs here: which rows are good enough, and the frozen record of them.
Does not: anything that needs a GPU (training_bridge).
"""
