"""Reads: what somebody may work on, what was said, and where each question stands."""
