"""The HTTP edge of the demo."""
