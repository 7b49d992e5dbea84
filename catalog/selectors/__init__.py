"""Reads: what upper apps may know about a project's contents."""
