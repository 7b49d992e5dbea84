"""The arithmetic of a workflow trial: drawing questions to ways, when to stop, what follows. Pure functions."""
