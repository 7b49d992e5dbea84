"""Where a training run's process is started: this machine first; the run folder is the same for each.

Belongs here: starting, watching and stopping a process by its folder. Plain Python, no Django.
Does not: what becomes of the run's row (training_bridge.services).
"""
