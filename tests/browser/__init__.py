"""What people do, in a real Chromium against the real processes."""
