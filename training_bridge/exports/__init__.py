"""Releases in the formats that trainers read, one module a format, each with its reader."""
