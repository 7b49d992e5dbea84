"""Tests: real PostgreSQL and Valkey, cheap password hashes, nothing eager.

Static tools (mypy's Django plugin) import this module without any service running: then addresses that nothing
answers stand in, and a test that needs a database says so by failing to connect.
"""

import os

NOWHERE = "postgresql://nobody:nothing@127.0.0.1:1/nowhere"
os.environ.setdefault("DATABASE_URL", NOWHERE)
os.environ.setdefault("BROKER_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("SECRET_KEY", "a key for tests only, never for people")
os.environ.setdefault("ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")

from config.settings.base import *  # noqa: E402, F403  (the environment above must stand first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ACCOUNT_RATE_LIMITS = {}
