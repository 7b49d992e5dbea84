"""A project's contents: aspects, guidelines, samples, pictures, import, ingestion, scene synthesis.

Belongs here: what is to be judged and under which words.
Does not: anybody's opinion about a picture (annotation), model calls (cot_generation).
"""
