"""The project's frame: settings, environment, routes, Celery, and config.base, which every app builds on."""
