"""The human work: batches, pieces, assignments, drafts, annotations, consensus, review, adjudication.

Belongs here: who judges what next, what they said, and what follows for the question.
Does not: model calls (cot_generation), freezing anything (curation).
"""
