"""Writes: one function per thing that can happen to a batch, a piece, a turn or a question."""
