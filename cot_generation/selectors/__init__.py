"""Reads of this app, one module per noun. Replies are frozen dataclasses; nothing here writes."""
