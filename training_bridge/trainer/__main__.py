"""`python -m training_bridge.trainer`."""

import sys

from training_bridge.trainer.cli import main

sys.exit(main())
