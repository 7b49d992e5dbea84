"""One log line per change of state: a dotted constant, ids as fields, no prompts, images, answers or secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping

import structlog


def configure(options: Mapping[str, object]) -> None:
    """Send structlog and the standard library's loggers to standard error as JSON lines (plain text on a terminal)."""
    level = logging.getLevelNamesMapping().get(str(options["level"]), logging.INFO)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx2", "httpcore2", "boto3", "botocore", "PIL", "openai", "kombu", "amqp", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
