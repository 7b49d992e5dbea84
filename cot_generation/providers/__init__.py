"""Talking to model servers: the only package that imports a provider's SDK, and only when a call is made.

Belongs here: one request out, one answer back, every trouble on the way turned into a value.
Does not: what a trouble means for money and for trying again (endings.py), tables.
"""
