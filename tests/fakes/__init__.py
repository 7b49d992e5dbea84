"""Stand-ins that behave: slow, refusing, cut off in the middle. We never mock our own functions."""
