"""What `./loupe` runs on one machine."""

from config.settings.base import *  # noqa: F403  (settings modules are layered by star import, as Django documents)
