"""Benchmarks that must find what was planted for them, and nothing where nothing was."""
