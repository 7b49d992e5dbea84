"""HTTP plumbing that every app's edge uses."""
