"""A model endpoint of our own that needs no model: for the demo, the tests and the first hour with Loupe.

Belongs here: a process of its own that speaks `/v1/models` and `/v1/chat/completions` and answers at a chosen skill.
Does not: anything the platform imports at run time. No Django, no database; it knows only the headers it is sent.
"""
