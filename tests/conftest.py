"""Loads what the platform's tests share. Imports no Django: the trainer's tests run without it, elsewhere."""

pytest_plugins = ["tests.platform"]
