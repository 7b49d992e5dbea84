"""The HTTP edge of accounts."""
