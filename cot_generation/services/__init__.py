"""Writes of this app, one module per noun; callers import the module."""
