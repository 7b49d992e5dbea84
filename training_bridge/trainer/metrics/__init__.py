"""How good a set of answers is, beside what chance and constants reach, with intervals.

Belongs here: scores, trivial policies, intervals, paired tests, the report. Numpy, no torch.
Does not: making answers (stages/evaluate.py).
"""
