"""What `./loupe bench NAME` runs: one module a benchmark, one JSON line a figure on standard output.

Belongs here: measurements with databases of their own (`DATABASE_URL`, `BROKER_URL`, `STORAGE_URL` are set for them).
Does not: tests. A benchmark reports what it finds; it asserts only that it measured the right thing.
"""
