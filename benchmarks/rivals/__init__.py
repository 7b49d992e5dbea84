"""The programs by which each system asks the same questions; each runs in its own environment, in a process of its own.

`python ask_with_….py QUESTIONS URL KEPT`: a line of QUESTIONS is {"place", "system", "text", "pictures"} (paths, the
original first), and KEPT gets the place of each question that has a readable rationale at the end. Run again after it
was killed, a program goes on from whatever its system keeps.
"""
