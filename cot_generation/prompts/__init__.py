"""What models are asked, as data and how it becomes a request.

Belongs here: the texts every new project starts with (defaults.py), filling a text in (rendering.py).
Does not: storing versions (services.prompts), sending (providers/). Pure: no table is read here.
"""
