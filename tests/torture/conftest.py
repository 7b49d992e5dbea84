"""Torture tests use the worlds of the app they torture."""

from tests.cot_generation.conftest import make_endpoint, make_world, provider

__all__ = ["make_endpoint", "make_world", "provider"]
