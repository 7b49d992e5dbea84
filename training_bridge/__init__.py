"""From a release to a trained, measured model and back: exports, launchers, runs, evaluations, the return."""
