"""Where a training run is started: this machine first; the run folder is the same for each."""
