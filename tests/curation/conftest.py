"""What runs of rationales need, for tests of what is made of them here."""

from tests.cot_generation.conftest import make_endpoint, make_world, provider, work_off

__all__ = ["make_endpoint", "make_world", "provider", "work_off"]
