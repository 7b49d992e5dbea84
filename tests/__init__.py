"""Tests mirror the apps; `builders` make the smallest valid thing, `fakes` misbehave on purpose."""
