"""A release: canonical rows, splits that keep families together, gates, frozen files.

Belongs here: what a release is. Does not: exports for trainers (training_bridge).
"""
