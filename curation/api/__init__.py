"""The HTTP edge of curation."""
