"""The HTTP edge of training_bridge."""
