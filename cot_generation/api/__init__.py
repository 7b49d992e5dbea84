"""The HTTP edge of cot_generation."""
