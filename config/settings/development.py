"""What `./loupe` runs on one machine."""

from config.settings.base import *  # noqa: F403  (settings modules are layered by star import, as Django documents)

WHITENOISE_AUTOREFRESH = True  # else pages that are built again while the site runs stay unknown to it
