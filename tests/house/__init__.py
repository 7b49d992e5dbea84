"""Promises of the house itself: borders, documentation that matches the code, locks, the launcher."""
