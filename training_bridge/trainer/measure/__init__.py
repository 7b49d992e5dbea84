"""What training costs: the overhead of mining, and a short real training on whatever machine this is.

Belongs here: measuring, on made-up questions and pictures. Does not: a claim about what is learnt.
"""
