"""Rationales of all three ways: endpoints, prompts, runs, calls and their money, checks, the sandbox endpoint.

Belongs here: every model call, and every rationale whoever wrote it.
Does not: freezing releases (curation), training (training_bridge).
"""
