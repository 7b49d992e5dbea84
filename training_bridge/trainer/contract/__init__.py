"""The run folder: what goes in, what comes out, and the exact shape of every line.

Belongs here: schemas with their validation, paths, atomic writes, numbered segments. Plain Python, no torch.
Does not: what is done with the rows (stages), how a prompt is worded (prompts).
"""
