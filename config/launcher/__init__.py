"""What `./loupe` does: the environment, the services, the checks.

Belongs here: everything between an empty clone and running processes. Standard library only, until the virtual
environment exists; no Django ever.
Does not: what the processes do.
"""
