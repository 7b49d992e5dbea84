"""What an answer is worth: pure functions of the picked set, the gold set and the number of options.

Belongs here: the reward family and its gate. Does not: the trainer's calling convention (stages/rollouts.py), reading
text.
"""
