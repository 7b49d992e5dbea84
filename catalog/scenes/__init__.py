"""Procedural product scenes with planted defects: a demo that convinces, tests that know the truth, a pool to train on.

Belongs here: drawing. `dataset.draw(seed, index, side)` is a pure function of its arguments.
Does not: manifests on disk beyond writing them (dataset.write), imports, opinions.

Parts (product bodies, grounds) are drawn once a process and composed many times: that is what makes twenty samples of
five pictures a second possible on two cores.
"""
