"""What every app builds on: refusals, API plumbing, work that is not lost, the outbox.

Belongs here: mechanisms without a domain word.
Does not: anything that knows what a sample is.
"""
