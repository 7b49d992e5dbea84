"""The stages of a run. Each takes the model of the stage before it and leaves its own in the run folder."""
