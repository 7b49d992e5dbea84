"""The HTTP edge of annotation."""
