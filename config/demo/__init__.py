"""Fills the demo project by the same services people use, so that the whole loop can be clicked through.

Belongs here: what the demo contains, in which order it comes about.
Does not: any shortcut that writes another app's tables.
"""
